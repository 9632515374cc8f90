import Foundation
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelFormats

/// What sample entries say of colour, fields and loudspeakers.
struct `Streams of ISO BMFF` {
    private func video(_ parts: [UInt8]..., entry: String = "mp4v") throws -> VideoFacts {
        var film = Film()
        film.entry = entry
        film.entryParts = parts.flatMap { $0 }
        return try #require(try film.facts().mainVideo)
    }

    private static func colors(_ primaries: Int, _ transfer: Int, _ matrix: Int) -> [UInt8] {
        box("colr", fourCC("nclx") + be16(primaries) + be16(transfer) + be16(matrix) + [0])
    }
    private static let display = box(
        "mdcv", (0..<8).flatMap { be16(1000 * ($0 + 1)) } + be32(10_000_000) + be32(50))
    private static let light = box("clli", be16(1000) + be16(400))

    @Test func `HDR10 with its metadata`() throws {
        let color = try video(Self.colors(9, 16, 9), Self.display, Self.light).color
        #expect(color.dynamicRange == .known(.hdr10))
        #expect(color.masteringLuminance == .known(LuminanceRange(minimum: 0.005, maximum: 1000)))
        #expect(color.contentLight == .known(ContentLight(maximum: 1000, maximumFrameAverage: 400)))
    }

    static let curves: [(Int, Known<DynamicRange>)] = [
        (1, .known(.sdr)), (13, .known(.sdr)), (16, .known(.pq)), (18, .known(.hlg)), (2, .unknown("not tagged")),
        (8, .unknown("the curve linear is neither of SDR nor of HDR")),
    ]

    @Test(arguments: curves)
    func `a curve`(code: Int, range: Known<DynamicRange>) throws {
        #expect(try video(Self.colors(9, code, 9)).color.dynamicRange == range)
    }

    @Test func `without tags it is not known`() throws {
        #expect(try video().color.dynamicRange == .unknown("not tagged"))
    }

    @Test func `Dolby Vision by its record, and by its entry's name`() throws {
        // Profile 8, level 6, base layer like HLG.
        let record = box("dvvC", [1, 0] + be16(8 << 9 | 6 << 3 | 5) + [4 << 4] + zeros(19))
        let color = try video(record, Self.colors(9, 18, 9)).color
        #expect(color.dynamicRange == .known(.dolbyVision))
        #expect(color.dolbyVision == DolbyVision(profile: 8, level: 6, compatibility: 4))
        #expect(try video(entry: "dvh1").color.dynamicRange == .known(.dolbyVision))
    }

    @Test func `code points stand beside a colour profile`() throws {
        let profile = box("colr", fourCC("prof") + zeros(128))
        for parts in [Self.colors(9, 18, 9) + profile, profile + Self.colors(9, 18, 9)] {
            #expect(try video(parts).color.transfer == .known("arib-std-b67"))
        }
    }

    static let fields: [([UInt8], Known<String>)] = [
        ([2, 1], .known("top")), ([2, 14], .known("top")), ([2, 6], .known("bottom")), ([2, 9], .known("bottom")),
        ([2, 0], .unknown("only pictures show it")), ([1, 0], .unknown("its pictures are whole frames")),
    ]

    @Test(arguments: fields)
    func `field order`(body: [UInt8], order: Known<String>) throws {
        let video = try video(box("fiel", body))
        #expect(video.fieldOrder == order)
        #expect(video.scan.value == (body[0] == 1 ? "progressive" : order.value.map { _ in "interlaced" }))
    }

    @Test func `pictures of chapters are no film`() throws {
        var film = Film()
        var chapters = Film()
        chapters.id = 2
        film.inIndex = chapters.track
        let track = box("trak", Array(film.track.dropFirst(8)) + box("tref", box("chap", be32(2))))
        let bytes = film.bytes
        let index = box("moov", film.header, track, chapters.track)
        let facts = try Film.facts(Array(bytes.dropLast(film.index.count)) + index)
        #expect(facts.video.value?.map(\.attachedPicture) == [false, true])
    }

    // MARK: Sound

    private func layout(_ entry: String, _ parts: [UInt8]) throws -> AudioFacts {
        var film = Film()
        (film.handler, film.entry, film.entryParts) = ("soun", entry, parts)
        return try #require(try film.facts().mainAudio)
    }

    @Test func `loudspeakers`() throws {
        #expect(try layout("sowt", []).channelLayout == .known("stereo"))
        // acmod 7 with low frequencies
        let dolby = try layout("ac-3", box("dac3", [0x10, 0x3D, 0xE0]))
        #expect(dolby.channels == .known(6))
        #expect(dolby.channelLayout == .known("5.1(side)"))
        let enhanced = try layout("ec-3", box("dec3", [0x14, 0x00, 0x20, 0x0F, 0x00]))
        #expect(enhanced.channelLayout == .known("5.1(side)"))
        let tagged = try layout("sowt", full("chan", be32(1 << 16) + be32(0x4) + be32(0)))
        #expect(tagged.channelLayout == .known("mono"))
    }

    // MARK: Judges

    /// Every fixture and every file of the corpus that ffprobe opens.
    private static func files() -> [URL] {
        var folders = [Places.fixtures]
        if let corpus = Places.shared("corpus/mp4") { folders.append(corpus) }
        return folders.flatMap { folder in
            ((try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? [])
                .filter { ["mp4", "mov", "m4a", "m4v", "3gp"].contains($0.pathExtension) }
        }.sorted { $0.path() < $1.path() }
    }

    @Test func `ffprobe agrees on reordering and loudspeakers`() throws {
        var compared: [String: Int] = [:]
        for file in Self.files() {
            var source = MemorySource(Array(try Data(contentsOf: file)))
            let facts = try HeaderReader.facts(of: &source, name: file.lastPathComponent)
            // Without samples ffprobe has nothing to go by, and of xHE-AAC it knows nothing.
            guard facts.type.value?.kind != .other, facts.video.value != nil, (facts.duration.value ?? 0) > 0,
                !file.path().contains("xhe-aac"), !file.path().contains("out_of_range")
            else { continue }
            guard
                let text = try? ExternalTool.ffprobe.run([
                    "-v", "quiet", "-of", "json", "-show_streams", file.path(percentEncoded: false),
                ]).output,
                let told = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            else { continue }
            func compare(_ field: String, _ ours: String?, _ theirs: Any?) {
                guard let ours, let theirs else { return }
                if ours != "\(theirs)" {
                    Issue.record("\(file.lastPathComponent) \(field): ours \(ours), theirs \(theirs)")
                }
                compared[field, default: 0] += 1
            }
            for stream in told["streams"] as? [[String: Any]] ?? [] {
                if let video = facts.video.value?.first(where: { $0.index == stream["index"] as? Int }) {
                    compare("reorderFrames", video.reorderFrames.value.map { "\($0)" }, stream["has_b_frames"])
                }
                if let audio = facts.audio.value?.first(where: { $0.index == stream["index"] as? Int }) {
                    compare("channelLayout", audio.channelLayout.value, stream["channel_layout"])
                    compare("channels", audio.channels.value.map { "\($0)" }, stream["channels"])
                }
            }
        }
        #expect(compared["reorderFrames", default: 0] >= 10)
        #expect(compared["channelLayout", default: 0] >= 8)
    }

    @Test func `mediainfo agrees on references`() throws {
        let files = Self.files()
        let text = try ExternalTool("mediainfo").run(["--Output=JSON"] + files.map { $0.path(percentEncoded: false) })
        let told = try JSONSerialization.jsonObject(with: Data(text.output.utf8)) as? [[String: Any]] ?? []
        var compared = 0
        for entry in told {
            guard let media = entry["media"] as? [String: Any], let path = media["@ref"] as? String,
                let tracks = media["track"] as? [[String: Any]],
                let track = tracks.first(where: { $0["@type"] as? String == "Video" }),
                let theirs = (track["Format_Settings_RefFrames"] as? String).flatMap({ Int($0) })
            else { continue }
            var source = MemorySource(Array(try Data(contentsOf: URL(filePath: path))))
            let facts = try HeaderReader.facts(of: &source, name: path)
            guard let ours = facts.mainVideo?.referenceFrames.value else { continue }
            #expect(ours == theirs, "\(path)")
            compared += 1
        }
        #expect(compared >= 10)
    }

    /// The entry says two channels, as MP4 always does; the frame says one.
    @Test func `MP3 in MP4 has the channels of its frames`() throws {
        var film = Film()
        film.handler = "soun"
        film.entry = "mp4a"
        let decoder: [UInt8] = [4, 13, 0x6B, 0x15] + zeros(11)
        film.entryParts = full("esds", [3, UInt8(3 + decoder.count), 0, 0, 0] + decoder)
        // Layer III at 48 kHz and 64 kbit/s (ISO/IEC 11172-3, 2.4.2.3); the last byte begins with the mode.
        for (mode, channels) in [(0xC4, 1), (0x44, 2)] {
            film.media.replaceSubrange(0..<4, with: [0xFF, 0xFB, 0x54, UInt8(mode)])
            let audio = try #require(try film.facts().mainAudio)
            #expect(audio.codec == .known("mp3"))
            #expect(audio.channels == .known(channels))
            #expect(audio.sampleRate == .known(48000))
        }
        film.media.replaceSubrange(0..<4, with: zeros(4))
        #expect(try film.facts().mainAudio?.channels.value == nil)
    }
}
