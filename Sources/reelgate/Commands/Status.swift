import ArgumentParser
import ReelModel
import ReelRemote

struct Status: ReelgateCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show a session's tracks.")

    @OptionGroup var backend: BackendOptions
    @OptionGroup var sessions: SessionOptions

    @Flag(help: "Say too where the project can be taken over in a browser.")
    var link = false

    @Option(help: "text or json.")
    var format = PageFormat.text

    func validate() throws {
        if sessions.isNew { throw ValidationError("A new session has nothing to show.") }
    }

    func carryOut() async throws -> ExitStatus {
        let step = StepSession(settings: try Settings.load(), backend: backend, options: sessions)
        let session = try step.id()
        let wantsLink = link
        let (state, link) = try await step.with {
            (try await $0.state(session: session), wantsLink ? try await $0.claimAddress(session: session) : nil)
        }
        let summary = state.draft?.summary ?? "The timeline is empty."
        Terminal.shared.page(
            [
                "schema": "reelgate.status/1", "session": .string(session), "summary": .string(summary),
                "draft": state.draft?.json ?? .null, "video_infos": state.videoInfos,
                "generated_media": state.generatedMedia, "link": link.map(JSON.string) ?? .null,
            ],
            "\(summary)\n" + (link.map { "Take it over in a browser: \($0)\n" } ?? ""), format)
        return .allPass
    }
}
