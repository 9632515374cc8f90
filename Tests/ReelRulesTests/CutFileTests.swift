import Foundation
import ReelFormats
import ReelModel
import ReelRules
import ReelTestSupport
import Testing

/// A file that passes, cut, does not pass any more: wherever it is cut, as long as anything in it says how long it is.
struct CutFileTests {
    struct Whole: CustomTestStringConvertible, Sendable {
        let name: String
        var testDescription: String { name }

        func bytes() throws -> [UInt8] { Array(try Data(contentsOf: Places.fixtures.appending(path: name))) }

        static let all: [Whole] = CorpusTests.rows.filter {
            $0.profile == "nemo-upload" && $0.file.hasPrefix("passes-")
        }
        .map { Whole(name: $0.file) }
    }

    /// Frame follows frame and nothing says how many, so the file may end behind any of them:
    /// MP3 without a Xing or VBRI header, and ADTS.
    static let promisingNothing: Set<String> = ["passes-without-header.mp3", "passes-adts.aac"]

    /// Less than a frame that is missing from sound in frames is a risk, since players leave it out, and so is an end
    /// mark that alone is missing behind a picture; it is found, and fails where risks do.
    static let risking: Set<String> = promisingNothing.union([
        "passes-cbr.mp3", "passes-upright.jpg", "passes-gray.jpg", "passes-cmyk.jpg", "passes-exif-orientation-6.jpg",
    ])

    @Test(arguments: Whole.all.filter { !promisingNothing.contains($0.name) })
    func `a cut file does not pass`(whole: Whole) throws {
        let bytes = try whole.bytes()
        let free = whole.name.hasSuffix("fragmented.mp4") ? try Self.fragmentEnds(bytes) : []
        for end in Self.ends(bytes.count) where !free.contains(end) {
            let verdict = try verdict(Array(bytes[..<end]), whole.name)
            #expect(verdict != .pass, "\(end) of \(bytes.count) bytes")
        }
        #expect(try verdict(bytes, whole.name) == .pass)
    }

    /// Behind whole frames such a file is whole; anywhere else it is not, or is not the type.
    @Test(arguments: Whole.all.filter { promisingNothing.contains($0.name) })
    func `a file that promises no length passes only behind whole frames`(whole: Whole) throws {
        let bytes = try whole.bytes()
        let passing = try Self.ends(bytes.count).filter { try verdict(Array(bytes[..<$0]), whole.name) == .pass }
        // Frames of these files have hundreds of bytes, and the offsets tried are many more than the frames.
        #expect(passing.count < 40, "\(passing)")
    }

    private static let upload = Result { try ProfileCatalog.profile("nemo-upload") }

    /// Each of the first offsets, each of the last, and as many between as the time allows.
    private static func ends(_ count: Int) -> [Int] {
        let dense = min(count, 256)
        let last = max(count - 64, dense)
        return Array(0..<dense) + Array(stride(from: dense, to: last, by: max(count / 151, 1))) + Array(last..<count)
    }

    /// Between two fragments nothing promises another: the boxes end where the file does.
    private static func fragmentEnds(_ bytes: [UInt8]) throws -> Set<Int> {
        var ends: Set<Int> = []
        var at = 0
        while at + 8 <= bytes.count {
            let size = bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
            if at > 0 { ends.insert(at) }
            at += try #require(size >= 8 ? size : nil)
        }
        return ends
    }

    private func verdict(_ bytes: [UInt8], _ name: String) throws -> Verdict {
        var source = MemorySource(bytes)
        let facts = try HeaderReader.facts(of: &source, name: name)
        let result = Engine.judge(facts, profiles: [try Self.upload.get()])
        if Self.risking.contains(name), result.findings.contains(where: { $0.rule == "truncated" }) { return .fail }
        return Verdict(findings: result.findings, notEvaluated: result.notEvaluated, strict: false)
    }

    @Test func `a picture that lacks its end mark alone is a risk, a film that does is refused`() throws {
        func severities(_ name: String, without count: Int) throws -> [Severity] {
            var source = MemorySource(Array(try Whole(name: name).bytes().dropLast(count)))
            let facts = try HeaderReader.facts(of: &source, name: name)
            let findings = Engine.judge(facts, profiles: [try Self.upload.get()]).findings
            return findings.filter { $0.rule == "truncated" }.map(\.severity)
        }
        #expect(try severities("passes-upright.jpg", without: 2) == [.risk])
        #expect(try severities("passes-upright.jpg", without: 40) == [.reject])
        #expect(try severities("passes-still.gif", without: 1) == [.reject])
        #expect(try severities("passes-animated.gif", without: 1) == [.reject])
    }
}
