import Testing
import Foundation
import ReelFormats
import ReelModel
import ReelTestSupport

/// One of the committed files.
struct Fixture: CustomTestStringConvertible {
    let name: String
    var folder = Places.fixtures

    var testDescription: String { name }
    var url: URL { folder.appending(path: name) }

    func bytes() throws -> [UInt8] { Array(try Data(contentsOf: url)) }

    func facts() throws -> Facts {
        var source = MemorySource(try bytes())
        return try HeaderReader.facts(of: &source, name: name)
    }

    /// Every media file among the fixtures, by name.
    static let all: [Fixture] = {
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: Places.fixtures.path(percentEncoded: false))) ?? []
        return names.filter { $0.hasPrefix("passes-") || $0.hasPrefix("fires-") }.sorted().map { Fixture(name: $0) }
    }()
}

func facts(_ name: String) throws -> Facts { try Fixture(name: name).facts() }
