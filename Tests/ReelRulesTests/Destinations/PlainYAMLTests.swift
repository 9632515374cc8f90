import Foundation
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelRules

/// The reader for our own texts against the library that reads everybody's.
struct PlainYAMLTests {
    private static func texts() throws -> [(String, String)] {
        var texts: [(String, String)] = []
        for folder in ["Profiles", "Shared"] {
            let url = Places.root.appending(path: "Sources/ReelRules/\(folder)")
            for name in try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() {
                texts.append((name, try String(contentsOf: url.appending(path: name), encoding: .utf8)))
            }
        }
        return texts
    }

    @Test func `every text of our own is read, and as the library reads it`() throws {
        let texts = try Self.texts()
        #expect(texts.count == ProfileCatalog.names.count + 2)
        for (name, text) in texts {
            let tree = PlainYAML.tree(Array(text.utf8))
            // Those that are read all at once have to be quick to read.
            guard let plain = tree else {
                #expect(name.hasPrefix("nemo-"), "\(name) is not written plainly")
                continue
            }
            #expect(Self.spelled(plain) == Self.spelled(try ProfileTree(yaml: text, file: name)), "\(name)")
        }
    }

    @Test(arguments: [
        "a: 1\nb:\n  - x\n  - \"y: z\"\nc: {d: [1, 2], e: ~}\n", "a:\n- 1\n- 2\nb:\n", "# only\na: b # c\n\n# d\n",
        "a: http://example.org/x#y\n", "a: 'it''s'\n", "a: {b: c,\n  d: e}\n", "a: |\n  text\n", "a: \"b\\\"c\"\n",
        "a: [b, {c: d}]\n", "- a\n- b\n", "a: b: c\n", "a: &x 1\nb: *x\n", "a: []\n", "a: - b\n", "a: -1\n",
    ])
    func `what it reads at all it reads as the library does`(_ text: String) throws {
        guard let plain = PlainYAML.tree(Array(text.utf8)) else { return }
        #expect(Self.spelled(plain) == Self.spelled(try ProfileTree(yaml: text, file: "x")))
    }

    /// Values without their lines.
    private static func spelled(_ tree: ProfileTree) -> String {
        switch tree.content {
        case .scalar(let text, let isPlain): isPlain ? text : "\"\(text)\""
        case .list(let elements): "[" + elements.map(spelled).joined(separator: ", ") + "]"
        case .mapping(let members):
            "{" + members.map { "\($0.key): \(spelled($0.value))" }.joined(separator: ", ") + "}"
        case .wrong(let problem): "wrong: \(problem)"
        }
    }
}
