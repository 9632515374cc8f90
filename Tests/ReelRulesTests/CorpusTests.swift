import Foundation
import ReelFormats
import ReelModel
import ReelRules
import ReelTestSupport
import Testing

/// The committed files, read and judged as the front does it, against the table that says what has to be found.
struct CorpusTests {
    /// A row of `Fixtures/corpus.txt`: `file : profile : ids of the rules that fire, but for notes`.
    struct Row: CustomTestStringConvertible, Sendable {
        let file: String
        let profile: String
        let ids: [String]
        var testDescription: String { "\(file) : \(profile)" }
    }

    static let rows: [Row] = {
        let table = Places.fixtures.appending(path: "corpus.txt")
        let text = (try? String(contentsOf: table, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
            let cells = line.split(separator: ":", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard cells.count == 3 else { return nil }
            let ids = cells[2].split { $0 == " " || $0 == "," || $0 == "-" && cells[2] == "-" }.map { String($0) }
            return Row(file: cells[0], profile: cells[1], ids: ids.sorted())
        }
    }()

    @Test(.disabled(if: rows.isEmpty, "there is no table of fixtures here"), arguments: rows)
    func `what is found is what the table says`(_ row: Row) throws {
        let result = try Self.judge(row.file, try ProfileCatalog.profile(row.profile))
        let found = Set(result.findings.filter { $0.severity > .note }.map { $0.rule })
        #expect(found.sorted() == row.ids, "\(result.findings.map { $0.message })")
        // Depth `header` is all that an upload needs, and an MP4's limits too: nothing of them stays open.
        let open = result.notEvaluated.filter { !Self.deeper.contains($0.why) }
        #expect(open.isEmpty || !row.ids.isEmpty, "\(open)")
    }

    @Test(.disabled(if: rows.isEmpty, "there is no table of fixtures here"))
    func `every file has a row, and every row a file`() throws {
        let folder = try FileManager.default.contentsOfDirectory(atPath: Places.fixtures.path(percentEncoded: false))
        let media = folder.filter { $0.hasPrefix("passes-") || $0.hasPrefix("fires-") }
        #expect(media.sorted() == Set(Self.rows.map(\.file)).sorted())
    }

    private static let deeper = [Depth.packets, .frames].map {
        "it needs depth \($0.rawValue); the file was measured to header"
    }

    private static func judge(_ file: String, _ profile: Profile) throws -> Engine.Result {
        let url = Places.fixtures.appending(path: file)
        var source = MemorySource(Array(try Data(contentsOf: url)))
        let facts = try HeaderReader.facts(of: &source, name: file)
        return Engine.judge(facts, profiles: [profile])
    }
}
