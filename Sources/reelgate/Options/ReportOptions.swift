import ArgumentParser
import Foundation
import ReelModel
import ReelReport

/// How the result is written, and where else.
struct ReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How to write the result: \(ReportFormats.names.joined(separator: ", ")).", valueName: "name"))
    var format = "text"

    @Option(
        help: ArgumentHelp("Write the report to this file too, in the format that its ending means.", valueName: "file")
    )
    var report: String?

    func validate() throws {
        if ReportFormats.named(format) == nil {
            throw ValidationError(
                "There is no format \"\(format)\"; choose one of \(ReportFormats.names.joined(separator: ", ")).")
        }
        if let report, ReportFormats.forFile(report) == nil {
            let endings = ReportFormats.all.flatMap { $0.fileExtensions }.map { ".\($0)" }
            throw ValidationError(
                "The ending of \(report) means no format; use one of \(endings.joined(separator: ", ")).")
        }
    }

    /// Makes sure, before the long work, that the report can be written where it is wanted.
    func prepare() throws {
        guard let report else { return }
        let folder = (report as NSString).deletingLastPathComponent
        guard FileManager.default.isWritableFile(atPath: folder.isEmpty ? "." : folder) else {
            throw Failure(
                .usage, subject: report, problem: "the report cannot be written there",
                remedy: "Give a folder that exists and is writable")
        }
    }

    /// Writes what there is to say of a file before the others are known: a line of JSON; other formats wait for all.
    func write(_ file: FileReport) {
        if isOfLines { Terminal.shared.result(JSONLinesFormat.line(file)) }
    }

    private var isOfLines: Bool { format == JSONLinesFormat.name }

    /// - Parameter isBegun: whether each of its files has been written.
    func write(_ whole: Report, isBegun: Bool = false) throws {
        let terminal = Terminal.shared
        if isBegun, isOfLines {
            terminal.result(JSONLinesFormat.summary(of: whole))
        } else if let chosen = ReportFormats.named(format) {
            terminal.result(chosen.bytes(of: whole, style: ReportStyle(color: terminal.colorsResults)))
        }
        guard let report, let chosen = ReportFormats.forFile(report) else { return }
        do {
            try Data(chosen.bytes(of: whole, style: ReportStyle())).write(to: URL(filePath: report), options: .atomic)
        } catch {
            throw Failure(
                .notDone, subject: report, problem: "the report cannot be written", remedy: "Check the disk",
                cause: error.localizedDescription)
        }
    }
}
