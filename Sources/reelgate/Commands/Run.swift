import ArgumentParser
import Foundation
import ReelModel
import ReelPipeline
import ReelRemote

struct Run: ReelgateCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "The whole job: gate 1, fit, upload, prompt, export, download, gate 2.",
        discussion: """
            Inputs that pass are uploaded as they are; of the others a copy that passes is made. The MP4 is held against \
            what the timeline ordered. A run that is interrupted is in the journal: `reelgate resume` continues it, and \
            nothing is sent or paid for twice.
            """)

    @OptionGroup var inputs: InputArguments
    @OptionGroup var backendOptions: BackendOptions
    @OptionGroup var polling: PollOptions
    @OptionGroup var sessions: SessionOptions
    @OptionGroup var destination: DestinationOption
    @OptionGroup var report: ReportOptions

    @Option(help: ArgumentHelp("What to make. Short and specific works best.", valueName: "text"))
    var prompt: String

    @Option(name: .shortAndLong, help: ArgumentHelp("The MP4 to make.", valueName: "out.mp4"))
    var output: String

    @Option(help: ArgumentHelp("The language to be answered in, as an IETF tag.", valueName: "tag"))
    var language: String?

    @Flag(help: "Let a risk fail a file too.")
    var strict = false

    func validate() throws {
        if prompt.allSatisfy(\.isWhitespace) { throw ValidationError("The prompt is empty.") }
    }

    func carryOut() async throws -> ExitStatus {
        let settings = try polling.settings()
        try report.prepare()
        let target = Paths.absolute(output)
        try Paths.requireWritableFolder(of: target)
        let order = RunOrder(
            inputs: try inputs.expanded().map(Paths.absolute), prompt: prompt, output: target,
            backend: backendOptions.backend ?? settings.backend,
            exportProfile: try destination.resolved(otherwise: "nemo-export"),
            session: sessions.session, language: language ?? settings.language,
            pollInterval: settings.pollInterval, strict: strict)
        if let hint = PromptAdvice.hint(for: prompt) { Terminal.shared.note(hint) }
        return try await RunSession(settings: settings, report: report).start(order)
    }
}
