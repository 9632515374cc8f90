import ArgumentParser
import ReelModel
import ReelPipeline

struct Forget: ReelgateCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget", abstract: "Remove runs from the journal, with their copies.",
        discussion: """
            A run that is not finished may still have a render or a paid prompt at the backend; once it is forgotten, \
            nothing here knows of it. The files that were delivered stay.
            """)

    @Argument(help: ArgumentHelp("Ids of runs, as `reelgate jobs` lists them.", valueName: "run"))
    var runs: [String] = []

    @Flag(help: "All that are finished.")
    var finished = false

    func validate() throws {
        if runs.isEmpty && !finished { throw ValidationError("Name the runs to forget, or give --finished.") }
    }

    func carryOut() async throws -> ExitStatus {
        let settings = try Settings.load()
        let journal = try settings.journal()
        var ids = runs
        if finished { ids += try journal.runs().filter { $0.status != .unfinished }.map(\.id) }
        for id in ids {
            guard try journal.run(id) != nil else {
                throw Failure(
                    .usage, subject: id, problem: "there is no run of that id", remedy: "`reelgate jobs` lists them")
            }
            guard let folder = try RunFolder(run: id, stateFolder: settings.stateFolder) else {
                throw Failure(
                    .interrupted, subject: id, problem: "another process is at work on this run",
                    remedy: "Wait for it, or end it, and forget it then")
            }
            try journal.forget(id)
            folder.clear()
            Terminal.shared.note("Forgotten: \(id)")
        }
        return .allPass
    }
}
