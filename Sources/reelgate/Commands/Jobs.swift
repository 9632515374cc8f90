import ArgumentParser
import ReelModel
import ReelPipeline

struct Jobs: ReelgateCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "List the runs that are not finished.")

    @Flag(help: "List the finished ones too.")
    var all = false

    @Option(help: "text or json.")
    var format = PageFormat.text

    func carryOut() async throws -> ExitStatus {
        let settings = try Settings.load()
        let runs = try settings.journal().runs().filter { all || $0.status == .unfinished }
        let rows = try runs.map { ($0, isAtWork: try RunFolder.isTaken(run: $0.id, stateFolder: settings.stateFolder)) }
        let json: JSON = [
            "schema": "reelgate.jobs/1", "jobs": .array(rows.map { Self.json($0.0, isAtWork: $0.isAtWork) }),
        ]
        let text =
            rows.isEmpty
            ? "Nothing is unfinished.\n"
            : rows.map { Self.line($0.0, isAtWork: $0.isAtWork) + "\n" }.joined()
        Terminal.shared.page(json, text, format)
        return .allPass
    }

    private static func json(_ run: RunRecord, isAtWork: Bool) -> JSON {
        [
            "id": .string(run.id), "status": .string(isAtWork ? "running" : run.status.rawValue),
            "backend": .string(run.backend), "created": JSON(run.created),
            "prompt": run.order.prompt.map(JSON.string) ?? .null,
            "inputs": .array(run.order.inputs.map(JSON.string)), "output": run.order.output.map(JSON.string) ?? .null,
        ]
    }

    private static func line(_ run: RunRecord, isAtWork: Bool) -> String {
        let status = isAtWork ? "running" : run.status.rawValue
        let words = run.order.prompt.map { "\"\($0)\"" }
        return [run.id, status, run.backend, run.order.output, words].compactMap { $0 }.joined(separator: "  ")
    }
}

struct Resume: ReelgateCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Pick up what is unfinished: one run, or all of them.",
        discussion: "What may have reached the backend is asked about, and never sent twice.")

    @Argument(help: ArgumentHelp("A run's id, as `reelgate jobs` lists it.", valueName: "run"))
    var run: String?

    @OptionGroup var report: ReportOptions

    func carryOut() async throws -> ExitStatus {
        let settings = try Settings.load()
        try report.prepare()
        let journal = try settings.journal()
        let session = RunSession(settings: settings, report: report)
        if let run {
            guard let record = try journal.run(run) else {
                throw Failure(
                    .usage, subject: run, problem: "there is no run of that id", remedy: "`reelgate jobs` lists them")
            }
            guard record.status == .unfinished else {
                Terminal.shared.note("\(run) is finished already\(record.order.output.map { ": \($0)" } ?? "")")
                return .allPass
            }
            return try await session.resume(record)
        }
        var worst = ExitStatus.allPass
        for record in try journal.runs() where record.status == .unfinished {
            do {
                worst = max(worst, try await session.resume(record))
            } catch let failure as Failure {
                // One that cannot go on keeps no other from it.
                Terminal.shared.note("reelgate: \(failure)")
                worst = max(worst, ExitStatus(failure))
            }
        }
        return worst
    }
}
