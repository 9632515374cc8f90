import Foundation
import ReelInspect
import ReelModel
import ReelTestSupport
import Testing

/// Facts against what ffprobe tells of the same file.
struct `Facts agree with ffprobe` {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    struct Make: Sendable, CustomTestStringConvertible {
        let name: String
        let type: FileType?
        let codecs: [String]
        var testDescription: String { name }

        init(_ name: String, _ type: FileType?, _ codecs: String) {
            self.name = name
            self.type = type
            self.codecs = codecs.split(separator: " ").map(String.init)
        }
    }

    static let films = [
        Make("a.mp4", .mp4, "-c:v libx264 -preset ultrafast -c:a aac -movflags +faststart"),
        Make(
            "b.mp4", .mp4,
            "-c:v libx264 -bf 3 -aspect 16:9 -colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv -c:a aac"
        ),
        Make("c.mov", .mov, "-c:v libx265 -x265-params log-level=none -pix_fmt yuv420p10le -c:a pcm_s16le"),
        Make("d.mkv", nil, "-c:v libx264 -preset ultrafast -c:a flac"),
        Make("e.webm", nil, "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus"),
        Make("f.ts", .ts, "-c:v mpeg2video -c:a mp2"),
        Make("g.avi", .avi, "-c:v mjpeg -c:a pcm_s16le"),
        Make("h.flv", .flv, "-c:v libx264 -preset ultrafast -c:a aac"),
        Make("i.mp4", .mp4, "-c:v libx264 -preset ultrafast -c:a aac -movflags +frag_keyframe+delay_moov"),
        Make("j.mpg", .mpg, "-c:v mpeg2video -c:a mp2"),
        Make("k.ogg", .ogg, "-c:v libvpx -deadline realtime -cpu-used 8 -c:a libvorbis"),
        Make("l.m4a", .m4a, "-vn -c:a aac"),
        Make("m.wav", .wav, "-vn"),
        Make("n.mp3", .mp3, "-vn"),
        Make("o.flac", .flac, "-vn"),
    ]

    @Test(arguments: films)
    func `at every depth`(make: Make) throws {
        let path = try folder.makeFilm(make.name, make.codecs)
        try expectHeaderAgrees(path, make)
        try expectFramesAgree(path)
        try expectPacketsAgree(path)
    }

    private func expectHeaderAgrees(_ path: String, _ make: Make) throws {
        let facts = try inspect(path, .header)
        let probe = try Probe(path)
        #expect(facts.type.value == make.type)
        #expect(facts.bytes == Int64(probe.format["size"] as? String ?? ""))
        #expect(facts.fileExtension == make.name.split(separator: ".").last.map(String.init))
        expectClose(facts.duration.value, probe.format["duration"])
        #expect(facts.measured == nil)
        let videoStream = probe.first("video")
        #expect((facts.mainVideo == nil) == (videoStream == nil))
        if let video = facts.mainVideo, let told = videoStream {
            #expect(video.codec.value == told["codec_name"] as? String)
            #expect(video.profile.value == told["profile"] as? String)
            #expect(video.width.value == told["width"] as? Int)
            #expect(video.height.value == told["height"] as? Int)
            #expect(video.pixelFormat.value == told["pix_fmt"] as? String)
            let rate = (told["avg_frame_rate"] as? String).flatMap { $0 == "0/0" ? nil : $0 }
            #expect(video.frameRate.value.map { "\($0.numerator)/\($0.denominator)" } == rate)
            #expect(video.color.primaries.value == told["color_primaries"] as? String)
            #expect(video.color.range.value == told["color_range"] as? String)
            #expect(video.rotation.value == 0)
            if let ratio = told["sample_aspect_ratio"] as? String {
                #expect(video.sampleAspectRatio.value.map { "\($0.numerator):\($0.denominator)" } == ratio)
            }
            if video.codec.value == "h264", let level = told["level"] as? Int {
                #expect(video.level.value == "\(level / 10).\(level % 10)")
            }
        }
        if let audio = facts.mainAudio, let told = probe.first("audio") {
            #expect(audio.codec.value == told["codec_name"] as? String)
            #expect(audio.profile.value == told["profile"] as? String)
            #expect(audio.sampleRate.value == (told["sample_rate"] as? String).flatMap { Int($0) })
            #expect(audio.channels.value == told["channels"] as? Int)
        }
    }

    /// Every frame is counted, and a whole file has no fault.
    private func expectFramesAgree(_ path: String) throws {
        let facts = try inspect(path, .frames)
        let probe = try Probe(path, counting: true)
        let measured = try #require(facts.measured)
        #expect(measured.faults == [])
        #expect(measured.faultCount == 0)
        for told in probe.streams {
            let stream = measured.stream(try #require(told["index"] as? Int))
            #expect(stream?.frames == (told["nb_read_frames"] as? String).flatMap { Int($0) })
        }
        if let video = facts.mainVideo {
            #expect(video.frames.value == 150)
            #expect(video.variableFrameRate.value == false)
            #expect(video.frameRate.value == Rational(25))
            expectClose(video.duration.value, 6.0, within: 0.002)
            #expect(measured.stream(video.index)?.sizes == [Size(width: 320, height: 240)])
        }
        if let audio = facts.mainAudio {
            // Codecs with blocks pad the last one, and some containers keep the padding before the first.
            expectClose(audio.duration.value, 6.0, within: 0.08)
        }
    }

    /// Packets alone tell the same lengths and rates.
    private func expectPacketsAgree(_ path: String) throws {
        let packets = try inspect(path, .packets)
        let frames = try inspect(path, .frames)
        #expect(packets.depth == .packets)
        #expect(packets.measured == nil)
        #expect(packets.mainVideo?.frames == frames.mainVideo?.frames)
        #expect(packets.mainVideo?.frameRate == frames.mainVideo?.frameRate)
        #expect(packets.mainVideo?.variableFrameRate == frames.mainVideo?.variableFrameRate)
        expectClose(packets.duration.value, frames.duration.value, within: 0.06)
        expectClose(packets.mainVideo?.duration.value, frames.mainVideo?.duration.value, within: 0.002)
    }

    @Test func `a quarter turn is told clockwise`() throws {
        let path = try folder.makeFilm("a.mp4", ["-c:v", "libx264", "-preset", "ultrafast", "-t", "1"])
        for degrees in [90, 180, 270] {
            // ffmpeg's own option says by how much the picture is to be turned counter-clockwise.
            let turned = try folder.make(
                "\(degrees).mp4", ["-i", path, "-c", "copy", "-metadata:s:v", "rotate=\(degrees)"])
            let told = try Probe(turned).first("video")
            let matrix = (told?["side_data_list"] as? [[String: Any]])?.first?["rotation"] as? Int
            #expect(try inspect(turned, .header).mainVideo?.rotation.value == matrix.map { ((-$0 % 360) + 360) % 360 })
            #expect(try inspect(turned, .header).mainVideo?.rotation.value == 360 - degrees)
        }
    }

    @Test func `a frame rate that varies is seen in the packets`() throws {
        let path = try folder.make(
            "v.mp4",
            [
                "-f", "lavfi", "-i", "testsrc2=s=64x64:r=30:d=4", "-vf", "select='not(eq(mod(n,7),3))'", "-vsync",
                "vfr",
                "-c:v", "libx264", "-bf", "3",
            ])
        #expect(try inspect(path, .packets).mainVideo?.variableFrameRate.value == true)
        #expect(try inspect(path, .frames).mainVideo?.variableFrameRate.value == true)
    }

    private func expectClose(
        _ found: Double?, _ told: Any?, within tolerance: Double = 0.001,
        at location: SourceLocation = #_sourceLocation
    ) {
        let told = told as? Double ?? (told as? String).flatMap { Double($0) }
        #expect((found == nil) == (told == nil), sourceLocation: location)
        if let found, let told { #expect(abs(found - told) <= tolerance, sourceLocation: location) }
    }
}
