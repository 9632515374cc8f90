import ArgumentParser
import ReelModel
import ReelPipeline

struct Export: ReelgateCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Render a session's timeline, download the MP4, and verify it.")

    @OptionGroup var backend: BackendOptions
    @OptionGroup var polling: PollOptions
    @OptionGroup var sessions: SessionOptions
    @OptionGroup var destination: DestinationOption
    @OptionGroup var report: ReportOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("The MP4 to make.", valueName: "out.mp4"))
    var output: String

    @Flag(help: "Let a risk fail a file too.")
    var strict = false

    func validate() throws {
        if sessions.isNew { throw ValidationError("A new session has nothing to export.") }
    }

    func carryOut() async throws -> ExitStatus {
        let settings = try polling.settings()
        try report.prepare()
        let target = Paths.absolute(output)
        try Paths.requireWritableFolder(of: target)
        let name = backend.backend ?? settings.backend
        guard let session = try sessions.session ?? settings.journal().lastSession(backend: name) else {
            throw Failure(
                .usage, subject: name, problem: "there is no session yet on this backend",
                remedy: "Open one with `reelgate upload FILE`, or name one with --session")
        }
        let order = RunOrder(
            inputs: [], prompt: nil, output: target, backend: name,
            exportProfile: try destination.resolved(otherwise: "nemo-export"),
            session: session, pollInterval: settings.pollInterval, strict: strict)
        return try await RunSession(settings: settings, report: report).start(order)
    }
}
