import ArgumentParser
import ReelModel
import ReelPipeline

struct Upload: ReelgateCommand {
    static let configuration = CommandConfiguration(
        commandName: "upload",
        abstract:
            "Take files through gate 1 and send them to a session; of those that would be refused, a copy that passes.")

    @OptionGroup var inputs: InputArguments
    @OptionGroup var backend: BackendOptions
    @OptionGroup var sessions: SessionOptions
    @OptionGroup var destination: DestinationOption
    @OptionGroup var report: ReportOptions

    func carryOut() async throws -> ExitStatus {
        let settings = try Settings.load()
        try report.prepare()
        let name = backend.backend ?? settings.backend
        let last = sessions.isNew ? nil : try settings.journal().lastSession(backend: name)
        let order = RunOrder(
            inputs: try inputs.expanded().map(Paths.absolute), prompt: nil, output: nil, backend: name,
            uploadProfile: try destination.resolved(otherwise: "nemo-upload"), session: sessions.session ?? last,
            language: settings.language,
            mayReopen: sessions.session == nil)
        return try await RunSession(settings: settings, report: report).start(order)
    }
}
