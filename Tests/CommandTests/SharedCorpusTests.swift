import Foundation
import ReelModel
import ReelTestSupport
import Testing

/// Public files that nobody here made, through the built command, against the table of what is said of each. Cancelled
/// where they are absent. `REELGATE_RECORD=1` writes the table anew, keeps its remarks, and fails, so that nothing is
/// recorded unseen.
struct SharedCorpusTests {
    /// `file | verdict | ids of the rules that fire, but for notes; with ? those that could not be judged | remark`.
    struct Row: Equatable {
        var file: String
        var verdict: String
        var ids: String
        var remark = ""

        func isJudged(as other: Row) -> Bool { verdict == other.verdict && ids == other.ids }
    }

    static let table = Places.fixtures.appending(path: "shared-corpus.txt")

    @Test func `every file gets the verdict and the findings of the table`() throws {
        guard let corpus = Places.shared("corpus") else { try Test.cancel("the shared corpus is not on this machine") }
        let found = try judged(corpus)
        let expected = try rows()
        if ProcessInfo.processInfo.environment["REELGATE_RECORD"] != nil {
            try record(found, keeping: expected)
            Issue.record("the table was written; read its changes and run again without REELGATE_RECORD")
            return
        }
        #expect(found.map(\.file) == expected.map(\.file))
        for (found, expected) in zip(found, expected) where found.file == expected.file {
            #expect(
                found.isJudged(as: expected),
                "\(found.file): \(found.verdict) \(found.ids), and the table says \(expected.verdict) \(expected.ids)")
        }
    }

    /// What breaks the rule of its name is flagged, or the table says why not.
    @Test func `what is malformed on purpose is flagged, or has a remark that says why not`() throws {
        for row in try rows() where Self.isMalformed(row.file) && row.verdict == "pass" && row.ids.isEmpty {
            #expect(!row.remark.isEmpty, "\(row.file)")
        }
    }

    /// By the names that their makers gave them.
    private static func isMalformed(_ file: String) -> Bool {
        if file.hasPrefix("matroska/") { return !file.contains("__Correct__") }
        let words = ["corrupt", "invalid", "zero_", "out_of_range", "no_timescale", "bad", "panic", "fuzz"]
        return words.contains { file.contains($0) }
    }

    // MARK: The table

    private func rows() throws -> [Row] {
        try String(contentsOf: Self.table, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            let cells = $0.split(separator: "|", maxSplits: 3, omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            try #require(cells.count == 4, "\($0)")
            return Row(file: cells[0], verdict: cells[1], ids: cells[2], remark: cells[3])
        }
    }

    private func record(_ found: [Row], keeping old: [Row]) throws {
        let heading = try String(contentsOf: Self.table, encoding: .utf8).split(separator: "\n").prefix {
            $0.hasPrefix("#")
        }
        let lines = found.map { row in
            let remark = old.first { $0.file == row.file }?.remark ?? ""
            return "\(row.file) | \(row.verdict) | \(row.ids) | \(remark)"
        }
        try ((heading.map(String.init) + lines).joined(separator: "\n") + "\n")
            .write(to: Self.table, atomically: true, encoding: .utf8)
    }

    // MARK: The command

    private func judged(_ corpus: URL) throws -> [Row] {
        let root = corpus.path(percentEncoded: false)
        let outcome = try Command()("check", root, "--profile", "nemo-upload", "--format", "json")
        #expect(outcome.status == 1 || outcome.status == 2, "\(outcome.errors)")
        let files = try outcome.json["files"]?.elements ?? []
        return try files.map { file in
            let path = try #require(file["path"]?.text)
            let findings = (file["findings"]?.elements ?? []).filter { $0["severity"] != "note" }
            let ids = findings.compactMap { $0["rule"]?.text }
            let open = (file["notEvaluated"]?.elements ?? []).compactMap { $0["rule"]?.text }.map { "?" + $0 }
            let name = path.dropFirst(root.hasSuffix("/") ? root.count : root.count + 1)
            return Row(
                file: String(name), verdict: file["verdict"]?.text ?? "",
                ids: (Set(ids).sorted() + Set(open).sorted()).joined(separator: " "))
        }.sorted { $0.file < $1.file }
    }
}
