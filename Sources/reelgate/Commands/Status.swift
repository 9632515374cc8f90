import ArgumentParser
import ReelModel
import ReelRemote

struct Status: ReelgateCommand {
    static let configuration = CommandConfiguration(abstract: "Show a session's tracks.")

    @OptionGroup var backend: BackendOptions
    @OptionGroup var sessions: SessionOptions

    @Option(help: "text or json.")
    var format = PageFormat.text

    func validate() throws {
        if sessions.isNew { throw ValidationError("A new session has nothing to show.") }
    }

    func carryOut() async throws -> ExitStatus {
        let step = StepSession(settings: try Settings.load(), backend: backend, options: sessions)
        let session = try step.id()
        let state = try await step.with { try await $0.state(session: session) }
        let summary = state.draft?.summary ?? "The timeline is empty."
        Terminal.shared.page(
            [
                "schema": "reelgate.status/1", "session": .string(session), "summary": .string(summary),
                "draft": state.draft?.json ?? .null, "video_infos": state.videoInfos,
                "generated_media": state.generatedMedia,
            ],
            "\(summary)\n", format)
        return .allPass
    }
}
