import ArgumentParser
import Foundation
import ReelModel
import ReelPipeline
import ReelReport
import Synchronization

struct Batch: ReelgateCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "Carry out many runs, one a line of JSON; a batch that was stopped goes on where it was.",
        discussion: """
            A line is an object: {"files": ["a.jpg", "b.mp4"], "prompt": "…", "output": "out.mp4"}, and, where wanted, \
            "id", "profile", "language", "strict", "session", or "project": lines of one project share a session and \
            follow one another. Relative paths begin at the folder of the batch. The results are lines of JSON too, \
            one a line as it ends. A line that is done is not done again by another call, and nothing is sent or paid \
            for twice.
            """)

    @Argument(help: ArgumentHelp("The batch: a file of JSON Lines, or - for standard input.", valueName: "jobs.jsonl"))
    var batch: String

    @Option(help: ArgumentHelp("Runs at once.", valueName: "n"))
    var jobs = 4

    @OptionGroup var backend: BackendOptions
    @OptionGroup var polling: PollOptions
    @OptionGroup var destination: DestinationOption

    @Flag(help: "Begin lines anew that failed.")
    var retryFailed = false

    @Flag(help: "Begin all lines anew that have ended.")
    var again = false

    func validate() throws {
        if !(1...256).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 256.") }
    }

    func carryOut() async throws -> ExitStatus {
        let settings = try polling.settings()
        let name = backend.backend ?? settings.backend
        let place = batch == "-" ? "-" : Paths.absolute(batch)
        let parsed = BatchLine.parse(
            try text(),
            BatchLine.Defaults(
                backend: name, exportProfile: try destination.resolved(otherwise: "nemo-export"),
                language: settings.language,
                pollInterval: settings.pollInterval,
                folder: batch == "-"
                    ? FileManager.default.currentDirectoryPath : (place as NSString).deletingLastPathComponent,
                batch: place))
        guard let lock = try RunFolder(run: "batch-" + Self.digest(place + name), stateFolder: settings.stateFolder)
        else {
            throw Failure(
                .interrupted, subject: batch, problem: "another process is at work on this batch",
                remedy: "Wait for it, or end it and run the batch again")
        }
        defer { lock.clear() }
        let worst = Mutex(ExitStatus.allPass)
        var lines: [BatchLine] = []
        for (number, line) in parsed {
            switch line {
            case .success(let line): lines.append(line)
            case .failure(let failure):
                worst.withLock { $0 = max($0, ExitStatus(failure)) }
                Self.write(["line": JSON(number), "status": "invalid", "error": JSONFormat.json(failure)])
            }
        }
        let chosen = lines
        let options = BatchRunner.Options(jobs: jobs, retriesFailed: retryFailed, again: again)
        let journal = try settings.journal()
        let media = Media.service()
        let addresses = try settings.transport(allowsPlainHTTP: true)
        if !chosen.isEmpty {
            try await BackendConnection.with(name, settings, media: media) { connection in
                let runner = Runner(
                    client: connection.client, media: media, transport: addresses, journal: journal,
                    stateFolder: settings.stateFolder,
                    observe: { _ in })
                await BatchRunner(runner: runner, journal: journal).carryOut(chosen, options) { line, outcome in
                    let status = Self.tell(line, outcome)
                    worst.withLock { $0 = max($0, status) }
                }
            }
        }
        return worst.withLock { $0 }
    }

    private func text() throws -> String {
        do {
            let data =
                batch == "-"
                ? FileHandle.standardInput.readDataToEndOfFile() : try Data(contentsOf: URL(filePath: batch))
            return String(decoding: data, as: UTF8.self)
        } catch {
            throw Failure(
                .usage, subject: batch, problem: "it cannot be read", remedy: "Give a file of JSON Lines",
                cause: error.localizedDescription)
        }
    }

    /// Writes a line's result, and says how it ended.
    private static func tell(_ line: BatchLine, _ outcome: BatchRunner.Outcome) -> ExitStatus {
        var members: [JSON.Member] = [.init("line", JSON(line.number)), .init("id", line.id.map(JSON.string) ?? .null)]
        let label = "line \(line.number)" + (line.id.map { " (\($0))" } ?? "")
        defer { write(.object(members)) }
        switch outcome {
        case .ran(let result):
            let status = ExitStatus(result.files)
            members += [
                .init("status", .string(status == .allPass ? "pass" : "fail")), .init("earlier", false),
                .init(
                    "report",
                    JSONFormat.json(
                        Report(
                            tool: Report.Tool(version: Version.text, libraries: [:]), files: result.files,
                            run: result.report))),
            ]
            Terminal.shared.note("\(status == .allPass ? "✓" : "✗") \(label) \(result.report.output ?? "")")
            return status
        case .earlier(let record):
            let verdicts = record.report?["verdicts"]?.elements?.compactMap(\.text) ?? []
            let isPass = record.status == .done && verdicts.allSatisfy { $0 == Verdict.pass.rawValue }
            members += [
                .init("status", .string(isPass ? "pass" : "fail")), .init("earlier", true),
                .init("run", .string(record.id)), .init("output", record.report?["output"] ?? .null),
            ]
            return isPass ? .allPass : .fileFails
        case .failed(let failure):
            members += [
                .init("status", .string(failure.kind == .interrupted ? "interrupted" : "failed")),
                .init("earlier", false), .init("error", JSONFormat.json(failure)),
            ]
            Terminal.shared.note("✗ \(label): \(failure)")
            return ExitStatus(failure)
        }
    }

    private static func write(_ json: JSON) {
        let head: [JSON.Member] = [.init("schema", "reelgate.batch/1")]
        Terminal.shared.result(JSON.object(head + (json.members ?? [])).bytes() + [UInt8(ascii: "\n")])
    }

    /// A short name for a long one (FNV-1a, 64 bits).
    private static func digest(_ text: String) -> String {
        let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
