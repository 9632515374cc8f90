public import ReelModel

/// One JSON document, indented; `Schema/reelgate.report-1.schema.json` describes it.
public enum JSONFormat: ReportFormat {
    public static let name = "json"
    public static let fileExtensions = ["json"]

    public static func bytes(of report: Report, style: ReportStyle) -> [UInt8] {
        json(report).bytes(indent: 2) + [UInt8(ascii: "\n")]
    }

    /// The document as a value.
    public static func json(_ report: Report) -> JSON {
        var members: [JSON.Member] = [
            .init("schema", .string(Report.schema)),
            .init("tool", json(report.tool)),
            .init("files", .array(report.files.map(FileJSON.json))),
        ]
        // Where one file was fitted, its outcome also stands where a reader of a single fit looks for it.
        let fits = report.files.compactMap(\.fit)
        if fits.count == 1, let fit = fits.first { members.append(.init("fit", FileJSON.json(fit))) }
        if let run = report.run { members.append(.init("run", json(run))) }
        return .object(members)
    }

    /// Why something could not be done, as a value.
    public static func json(_ failure: Failure) -> JSON { FileJSON.json(failure) }

    static func json(_ tool: Report.Tool) -> JSON {
        let libraries = tool.libraries.sorted { $0.key < $1.key }
        return [
            "version": .string(tool.version),
            "libraries": .object(libraries.map { JSON.Member($0.key, .string($0.value)) }),
        ]
    }

    static func json(_ run: RunReport) -> JSON {
        [
            "id": .string(run.id), "session": .text(run.session), "render": .text(run.render),
            "uploads": .array(run.uploads.map(JSON.string)), "output": .text(run.output), "summary": .text(run.summary),
        ]
    }
}

/// The JSON Schema (draft 2020-12) that a report of this format is valid under.
public enum ReportSchema {
    /// The schema's text.
    public static var text: String {
        String(decoding: PackageResources.reelgate_report_1_schema_json, as: UTF8.self)
    }
}
