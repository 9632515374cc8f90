import Foundation
import ReelModel
import ReelTestSupport
import Testing

/// Every field that we and another program both state of a fixture.
struct `Fixtures as others see them` {
    /// Where the other is wrong, or speaks of something else.
    struct Exception {
        let fixture: String
        let field: String
        let why: String
    }

    /// Files that a tool can be asked about: media, with an index.
    static let readable = Fixture.all.filter { fixture in
        guard let facts = try? fixture.facts(), facts.type.value?.kind != .other else { return false }
        return facts.video.value != nil && !(facts.video.value == [] && facts.audio.value == [] && facts.image == nil)
    }

    static let images = readable.filter { (try? $0.facts())?.image != nil }

    /// FFmpeg 5.1 does not open HEIF without a film in it, and of AVIF sees the coded parts, not the picture.
    static let probed = readable.filter { (try? $0.facts())?.type.value.map { [.heic, .avif].contains($0) } == false }

    @Test(arguments: probed)
    func `ffprobe agrees`(fixture: Fixture) throws {
        expectAgreement(fixture, try Judges.ffprobe(fixture), Self.ffprobeExceptions)
    }

    @Test func `mediainfo agrees`() throws {
        let told = try Judges.mediainfo(Self.readable)
        #expect(told.count == Self.readable.count)
        for fixture in Self.readable {
            expectAgreement(fixture, try #require(told[fixture.name]), Self.mediainfoExceptions)
        }
    }

    @Test func `exiftool agrees`() throws {
        let told = try Judges.exiftool(Self.images)
        #expect(told.count == Self.images.count)
        for fixture in Self.images {
            expectAgreement(fixture, try #require(told[fixture.name]), Self.exiftoolExceptions)
        }
    }

    private func expectAgreement(_ fixture: Fixture, _ theirs: Claims, _ exceptions: [Exception]) {
        guard let facts = try? fixture.facts() else { return }
        let ours = Claims(facts)
        let excused = exceptions.filter { $0.fixture == fixture.name }.map { $0.field }
        let found = ours.disagreements(with: theirs)
        for difference in found where !excused.contains(difference.field) {
            Issue.record("\(fixture.name) \(difference.words)")
        }
        // An excuse that is not needed any more hides the next fault.
        for field in excused where !found.contains(where: { $0.field == field }) {
            Issue.record("\(fixture.name) \(field) is excused and agrees")
        }
    }

    static let ffprobeExceptions = [
        Exception(
            fixture: "passes-variable-rate-anamorphic.mp4", field: "0.duration",
            why:
                "It adds up the lengths of decoding; with reordered frames the last is shown later, as its own total says."
        ),
        Exception(
            fixture: "fires-truncated.png", field: "0.width", why: "FFmpeg needs a whole picture to tell its size."),
        Exception(fixture: "fires-truncated.png", field: "0.height", why: "The same."),
        Exception(fixture: "passes-animated.webp", field: "0.width", why: "FFmpeg 5.1 reads no animated WebP."),
        Exception(fixture: "passes-animated.webp", field: "0.height", why: "The same."),
    ]
    static let mediainfoExceptions = [
        Exception(
            fixture: "fires-type-not-accepted-heic.heic", field: "0.height",
            why: "It tells the coded height; what is shown (ispe) is less."),
        Exception(
            fixture: "fires-type-not-accepted-bmp.bmp", field: "image.bitDepth", why: "It counts the bits of a pixel."),
        Exception(
            fixture: "passes-edit-list.mp4", field: "0.frames",
            why: "It counts those that the edit shows; we and ffprobe count those in the file."),
    ]
    static let exiftoolExceptions: [Exception] = []
}
