import ReelFormats
import ReelModel
import Testing

/// Facts of the fixtures that no other program states, or that matter most.
struct `What the readers say` {
    @Test func `where the index stands`() throws {
        #expect(try facts("passes-h264-aac.mp4").fastStart == .known(true))
        #expect(try facts("passes-index-last.mp4").fastStart == .known(false))
        #expect(try facts("passes-fragmented.mp4").fastStart == .known(true))
    }

    @Test func fragments() throws {
        #expect(try facts("passes-fragmented.mp4").fragmented == .known(true))
        #expect(try facts("passes-h264-aac.mp4").fragmented == .known(false))
        #expect(try facts("passes-fragmented.mp4").mainVideo?.frames == .known(25))
        #expect(try facts("passes-fragmented.mp4").mainVideo?.frameRate.value == Rational(25))
    }

    @Test func `edit lists`() throws {
        #expect(try facts("passes-h264-aac.mp4").editLists == .known(.trivial))
        #expect(try facts("passes-edit-list.mp4").editLists == .known(.significant))
        #expect(try facts("passes-fragmented.mp4").editLists == .known(EditLists.none))
    }

    @Test func `variable frame rate`() throws {
        #expect(try facts("passes-variable-rate-anamorphic.mp4").mainVideo?.variableFrameRate == .known(true))
        #expect(try facts("passes-h264-aac.mp4").mainVideo?.variableFrameRate == .known(false))
        #expect(try facts("passes-video-only.mp4").mainVideo?.frameRate.value == Rational(30000, 1001))
    }

    @Test func `the size as shown`() throws {
        #expect(try facts("passes-rotated-90.mp4").mainVideo?.displaySize.value == Size(width: 120, height: 160))
        #expect(
            try facts("passes-variable-rate-anamorphic.mp4").mainVideo?.displaySize.value
                == Size(width: 213, height: 120))
        #expect(try facts("passes-exif-orientation-6.jpg").image?.displaySize.value == Size(width: 48, height: 64))
    }

    @Test func `tracks that are not there`() throws {
        #expect(try facts("passes-video-only.mp4").audio == .known([]))
        #expect(try facts("passes-sound-only.mp4").video == .known([]))
        #expect(try facts("fires-no-media-stream.mp4").video == .known([]))
        #expect(try facts("fires-truncated-index-lost.mp4").video == .unknown("the index (moov) is missing"))
    }

    static let missing: [(String, whole: String)] = [
        ("fires-truncated-at-60-percent.mp4", "passes-h264-aac.mp4"), ("fires-truncated.wav", "passes-pcm.wav"),
        ("fires-truncated.mkv", "passes-h264-aac.mkv"),
    ]

    @Test(arguments: missing)
    func `bytes that are promised and not there`(name: String, whole: String) throws {
        let cut = try facts(name)
        #expect(try facts(whole).missingBytes == .known(0))
        #expect(cut.missingBytes == .known(try facts(whole).bytes - cut.bytes))
    }

    @Test(arguments: ["fires-truncated.jpg", "fires-truncated.png", "fires-truncated-index-lost.mp4"])
    func `less than the end needs`(name: String) throws {
        #expect(try #require(try facts(name).missingBytes.value) > 0)
    }

    @Test(arguments: Fixture.all.filter { $0.name.hasPrefix("passes-") })
    func `whole files miss nothing`(fixture: Fixture) throws {
        #expect(try fixture.facts().missingBytes == .known(0))
    }

    @Test func images() throws {
        #expect(try facts("passes-cmyk.jpg").image?.colorModel == .known("cmyk"))
        #expect(try facts("passes-gray.jpg").image?.colorModel == .known("gray"))
        #expect(try facts("passes-alpha.png").image?.alpha == .known(true))
        #expect(try facts("passes-rgb.png").image?.alpha == .known(false))
        #expect(try facts("passes-16bit.png").image?.bitDepth == .known(16))
        #expect(try facts("passes-lossless-alpha.webp").image?.alpha == .known(true))
        #expect(try facts("passes-still.gif").image?.frames == .known(1))
    }

    @Test(arguments: ["passes-animated.png", "passes-animated.gif", "passes-animated.webp"])
    func `animations`(name: String) throws {
        let facts = try facts(name)
        #expect(facts.image?.frames == .known(5))
        #expect(abs(try #require(facts.duration.value) - 0.5) < 0.001)
        #expect(facts.video == .known([]))
    }

    @Test func `ten bits, four times four`() throws {
        let video = try #require(try facts("passes-h264-high444-10bit.mp4").mainVideo)
        #expect(video.profile == .known("High 4:4:4 Predictive"))
        #expect(video.pixelFormat == .known("yuv444p10le"))
        #expect(video.bitDepth == .known(10))
        #expect(video.color.primaries == .known("bt709"))
    }

    @Test(arguments: [
        ("a.MP4", "mp4"), ("a.b/c", ""), (".mp4", ""), ("/x/y.tar.gz", "gz"), ("a.", ""), ("", ""),
    ])
    func `the extension of a name`(name: String, told: String) throws {
        var source = MemorySource([])
        #expect(try HeaderReader.facts(of: &source, name: name).fileExtension == told)
    }
}
