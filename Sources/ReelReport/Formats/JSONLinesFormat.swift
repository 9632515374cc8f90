public import ReelModel

/// One line of JSON for each file as it comes, and a last one with the sum, for streams and logs.
public enum JSONLinesFormat: ReportFormat {
    public static let name = "jsonl"
    public static let fileExtensions = ["jsonl", "ndjson"]

    public static func bytes(of report: Report, style: ReportStyle) -> [UInt8] {
        report.files.flatMap(line) + summary(of: report)
    }

    /// The line of one file, which can be written before the others are known.
    public static func line(_ file: FileReport) -> [UInt8] {
        line("file", FileJSON.json(file).members ?? [])
    }

    /// The last line.
    public static func summary(of report: Report) -> [UInt8] {
        let tally = Tally(report.files)
        var members: [JSON.Member] = [
            .init("tool", JSONFormat.json(report.tool)),
            .init("files", JSON(report.files.count)),
            .init("pass", JSON(tally.passed)),
            .init("fail", JSON(tally.failed)),
            .init("unreadable", JSON(tally.unreadable)),
        ]
        if let run = report.run { members.append(.init("run", JSONFormat.json(run))) }
        return line("summary", members)
    }

    private static func line(_ type: String, _ members: [JSON.Member]) -> [UInt8] {
        let head: [JSON.Member] = [.init("schema", .string(Report.schema)), .init("type", .string(type))]
        return JSON.object(head + members).bytes() + [UInt8(ascii: "\n")]
    }
}
