import Foundation
import ReelFormats
import ReelModel
import ReelTestSupport
import Testing

/// Files that FFmpeg makes on the spot, as we and others see them.
struct `Made containers` {
    struct Recipe: CustomTestStringConvertible {
        let name: String
        let arguments: [String]
        /// Where ffprobe speaks of something else.
        var excused: [String] = []
        var testDescription: String { name }
    }

    private static let picture = ["-f", "lavfi", "-i", "testsrc=s=176x144:r=25:d=1"]
    private static let sound = ["-f", "lavfi", "-i", "sine=r=48000:d=1"]
    private static let six = ["-f", "lavfi", "-i", "sine=r=48000:d=1,aformat=channel_layouts=5.1"]
    private static let cover = ["-f", "lavfi", "-i", "testsrc=s=64x64:d=0.04"]

    static let recipes: [Recipe] = [
        Recipe(
            name: "hdr.mkv",
            arguments: picture + sound + [
                "-c:v", "libx265", "-pix_fmt", "yuv420p10le", "-x265-params",
                "log-level=none:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:max-cll=1000,400:"
                    + "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50)",
                "-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc", "-c:a", "libopus",
                "-metadata", "artist=Somebody", "-metadata", "location=+48.2082+016.3738/",
            ]),
        Recipe(name: "live.webm", arguments: picture + sound + ["-c:v", "libvpx", "-c:a", "libvorbis", "-live", "1"]),
        Recipe(name: "wide.mkv", arguments: picture + six + ["-vf", "setsar=4/3", "-c:v", "ffv1", "-c:a", "flac"]),
        Recipe(
            name: "six.avi",
            arguments: picture + six + [
                "-c:v", "mjpeg", "-c:a", "pcm_s16le", "-metadata", "title=T", "-metadata", "artist=P",
            ]),
        Recipe(
            name: "six.wav",
            arguments: six + ["-c:a", "pcm_s24le", "-write_bext", "1", "-metadata", "originator=Somebody"]),
        Recipe(name: "long.wav", arguments: sound + ["-rf64", "always", "-c:a", "pcm_f32le"]),
        Recipe(name: "packed.wav", arguments: sound + ["-c:a", "adpcm_ms"]),
        Recipe(
            name: "cover.mp3",
            arguments: sound + cover + [
                "-map", "0", "-map", "1", "-frames:v", "1", "-q:a", "4", "-metadata", "artist=Somebody", "-metadata",
                "title=Ünï",
            ]),
        Recipe(name: "low.mp3", arguments: ["-f", "lavfi", "-i", "sine=r=22050:d=1", "-b:a", "48k"]),
        Recipe(
            name: "no-header.mp3", arguments: sound + ["-q:a", "2", "-write_xing", "0"],
            // Without a header it guesses from a bit rate.
            excused: ["duration", "0.duration", "0.bitRate", "bitRate"]),
        Recipe(
            name: "a.aac", arguments: sound + ["-ac", "2"],
            excused: ["duration", "0.duration", "0.bitRate", "bitRate"]),
        Recipe(
            name: "cover.flac", arguments: sound + cover + ["-frames:v", "1", "-disposition:v", "attached_pic"]),
        Recipe(name: "six.opus", arguments: six),
        Recipe(name: "film.ogv", arguments: picture + sound + ["-pix_fmt", "yuv420p"]),
        Recipe(name: "voice.spx", arguments: ["-f", "lavfi", "-i", "sine=r=16000:d=1"]),
        Recipe(
            name: "six.aiff", arguments: sound + ["-c:a", "pcm_s24be", "-write_id3v2", "1", "-metadata", "artist=P"]),
        Recipe(name: "film.flv", arguments: picture + sound + ["-c:v", "libx264", "-c:a", "aac"]),
        Recipe(name: "old.flv", arguments: picture + ["-f", "lavfi", "-i", "sine=r=44100:d=1"]),
    ]

    private func make(_ recipe: Recipe, in folder: TemporaryFolder) throws -> (Fixture, Facts) {
        let fixture = Fixture(name: recipe.name, folder: folder.url)
        try ExternalTool.ffmpeg.run(["-v", "error"] + recipe.arguments + [fixture.url.path(percentEncoded: false)])
        return (fixture, try fixture.facts())
    }

    @Test(arguments: recipes)
    func `ffprobe agrees`(recipe: Recipe) throws {
        let folder = try TemporaryFolder()
        let (fixture, facts) = try make(recipe, in: folder)
        let theirs = try Judges.ffprobe(fixture)
        for difference in Claims(facts).disagreements(with: theirs) where !recipe.excused.contains(difference.field) {
            Issue.record("\(recipe.name) \(difference.words)")
        }
        #expect(Claims(facts).shared(with: theirs) >= 4)
        #expect(facts.structureFaults.value ?? [] == [])
        #expect(facts.otherTypes == .known([]))
        #expect(facts.missingBytes.value ?? 0 == 0)
    }

    /// The longest piece that is cut off the end of each is missed, where the file says how long it is.
    @Test(arguments: recipes.filter { !["live.webm", "cover.flac"].contains($0.name) })
    func `cut short`(recipe: Recipe) throws {
        let folder = try TemporaryFolder()
        let (fixture, _) = try make(recipe, in: folder)
        let bytes = try fixture.bytes()
        var source = MemorySource(Array(bytes[..<(bytes.count * 6 / 10)]))
        let cut = try HeaderReader.facts(of: &source, name: recipe.name)
        #expect(cut.missingBytes.value != 0)
    }

    @Test func `what a Matroska file says of itself`() throws {
        let folder = try TemporaryFolder()
        let facts = try make(Self.recipes[0], in: folder).1
        let color = try #require(facts.mainVideo?.color)
        #expect(color.dynamicRange == .known(.hdr10))
        #expect(color.contentLight == .known(ContentLight(maximum: 1000, maximumFrameAverage: 400)))
        #expect(color.masteringLuminance == .known(LuminanceRange(minimum: 0.005, maximum: 1000)))
        let metadata = try #require(facts.metadata.value)
        #expect(metadata.contains(MetadataEntry(.place, key: "LOCATION", value: "48.2082, 16.3738")))
        #expect(metadata.contains(MetadataEntry(.person, key: "ARTIST", value: "Somebody")))
        #expect(metadata.contains { $0.kind == .software })
    }

    @Test func `a live recording's length is not known`() throws {
        let folder = try TemporaryFolder()
        let facts = try make(Self.recipes[1], in: folder).1
        #expect(facts.duration.value == nil)
        #expect(facts.duration.reason?.contains("live") == true)
    }

    static let named: [(String, MetadataEntry)] = [
        ("six.avi", MetadataEntry(.person, key: "IART", value: "P")),
        ("six.wav", MetadataEntry(.person, key: "Originator", value: "Somebody")),
        ("cover.mp3", MetadataEntry(.text, key: "TIT2", value: "Ünï")),
        ("six.aiff", MetadataEntry(.person, key: "TPE1", value: "P")),
    ]

    @Test(arguments: named)
    func `who made it`(name: String, entry: MetadataEntry) throws {
        let folder = try TemporaryFolder()
        let recipe = try #require(Self.recipes.first { $0.name == name })
        #expect(try make(recipe, in: folder).1.metadata.value?.contains(entry) == true)
    }

    @Test(arguments: ["cover.mp3", "cover.flac"])
    func `a cover is no film`(name: String) throws {
        let folder = try TemporaryFolder()
        let recipe = try #require(Self.recipes.first { $0.name == name })
        let facts = try make(recipe, in: folder).1
        #expect(facts.video.value?.map(\.attachedPicture) == [true])
        #expect(facts.mainVideo == nil)
    }
}
