import ArgumentParser
import ReelModel
import ReelRemote

struct Credits: ReelgateCommand {
    static let configuration = CommandConfiguration(
        commandName: "credits", abstract: "Say how many credits there are.")

    @OptionGroup var backend: BackendOptions

    @Option(help: "text or json.")
    var format = PageFormat.text

    func carryOut() async throws -> ExitStatus {
        let step = StepSession(settings: try Settings.load(), backend: backend, options: SessionOptions())
        let credits = try await step.with { try await $0.credits() }
        Terminal.shared.page(
            [
                "schema": "reelgate.credits/1", "available": JSON(credits.available), "frozen": JSON(credits.frozen),
                "total": JSON(credits.total),
            ],
            "Credits: \(credits.available) available, \(credits.frozen) frozen, \(credits.total) in all\n", format)
        return .allPass
    }
}
