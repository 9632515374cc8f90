import Foundation
import ReelMedia
import ReelModel
import ReelTestSupport
import Testing

struct `Films coded anew` {
    let bench: Bench
    private let small = Size(width: 320, height: 180)

    init() throws { bench = try Bench() }

    struct Case: CustomTestStringConvertible {
        let picture: String
        let seconds: Double
        let sound: Bool
        let limit: Int64
        var testDescription: String { "\(picture) \(seconds) s \(sound ? "with" : "without") sound in \(limit)" }
    }

    static let cases = [Content.noise, Content.plain, Content.still].flatMap { picture in
        [(2.0, true, 60_000), (2.0, false, 40_000), (3.0, true, 400_000), (0.4, true, 30_000), (2.0, true, 1_000_000)]
            .map { Case(picture: picture, seconds: $0.0, sound: $0.1, limit: $0.2) }
    }

    @Test(arguments: cases) func `never over, every frame kept, sound in step`(_ one: Case) throws {
        try bench.make(
            "a.ts", Content.film(one.picture, seconds: one.seconds, sound: one.sound),
            "-c:v mpeg2video -q:v 2 -c:a mp2 -b:a 128k")
        var steps: [Plan.Step] = [.encodeVideo(VideoTarget(stream: 0, size: small))]
        if one.sound {
            steps.append(.encodeAudio(AudioTarget(stream: 1, bitRate: 48_000, sampleRate: 48_000, channels: 1)))
        }
        let outcome = try bench.fit("a.ts", to: "b.mp4", steps, as: .mp4, maxBytes: one.limit)
        #expect(outcome.bytes <= one.limit)
        #expect((1...3).contains(outcome.encodes))
        // What more bytes would improve has most of them; ten frames are too few to aim well.
        #expect(outcome.saturated || one.seconds < 1 || outcome.bytes > one.limit * 3 / 4, "\(outcome)")
        let frames = try bench.pictureHashes("a.ts").count
        let told = try bench.probe(
            "b.mp4", "stream=codec_name,width,height,pix_fmt,r_frame_rate,nb_read_frames", "-count_frames",
            "-select_streams", "v")
        #expect(told == ["h264,320,180,yuv420p,25/1,\(frames)"])
        #expect(try bench.complaints("b.mp4") == "")
        if one.sound {
            #expect(abs(try bench.gap("a.ts") - bench.gap("b.mp4")) < 0.022)
        }
    }

    @Test(arguments: [90, 180, 270]) func `a picture that is turned for display is upright in its pixels`(
        degrees: Int
    ) throws {
        try bench.make(
            "flat.mp4", "-f lavfi -i color=red:s=160x120:r=25 -f lavfi -i color=blue:s=160x120:r=25 -t 0.4",
            "-filter_complex hstack -c:v libx264 -preset ultrafast -pix_fmt yuv420p")
        try ExternalTool.ffmpeg.run([
            "-v", "error", "-i", bench.path("flat.mp4"), "-c", "copy", "-metadata:s:v", "rotate=\(degrees)",
            bench.path("turned.mp4"),
        ])
        try #require(
            try bench.probe("turned.mp4", "stream_side_data=rotation").contains { Int($0).map { abs($0) } != 0 })
        let flat = Size(width: 320, height: 120)
        let shown = degrees == 180 ? flat : flat.turned
        _ = try bench.fit("turned.mp4", to: "b.mp4", [.encodeVideo(VideoTarget(stream: 0, size: shown))], as: .mp4)
        #expect(try bench.probe("b.mp4", "stream=width,height") == ["\(shown.width),\(shown.height)"])
        #expect(try bench.probe("b.mp4", "stream_side_data=rotation").joined() == "")
        // ffmpeg turns it itself.
        try ExternalTool.ffmpeg.run([
            "-v", "error", "-i", bench.path("turned.mp4"), "-frames:v", "1", bench.path("a.png"),
        ])
        let (expected, got) = (try bench.pixels("a.png", "4x4"), try bench.pixels("b.mp4", "4x4"))
        #expect(zip(expected, got).allSatisfy { abs(Int($0) - Int($1)) < 8 })
    }

    @Test func `pixels become square`() throws {
        try bench.make(
            "a.mp4", "-f lavfi -i testsrc2=s=360x288:r=25 -t 0.4 -vf setsar=16/11 -c:v libx264 -preset ultrafast")
        let target = VideoTarget(stream: 0, size: Size(width: 524, height: 288))
        _ = try bench.fit("a.mp4", to: "b.mp4", [.encodeVideo(target)], as: .mp4)
        #expect(try bench.probe("b.mp4", "stream=width,height,sample_aspect_ratio") == ["524,288,1:1"])
    }

    @Test func `frames of uneven length keep their times`() throws {
        try bench.make(
            "a.mkv", "-f lavfi -i testsrc2=s=160x90:r=25 -t 2", "-vf select='not(mod(n,3))+eq(n,7)' -vsync vfr",
            "-c:v libx264 -preset ultrafast -pix_fmt yuv420p")
        let target = VideoTarget(stream: 0, size: Size(width: 160, height: 90))
        _ = try bench.fit("a.mkv", to: "b.mp4", [.encodeVideo(target)], as: .mp4)
        func times(_ name: String) throws -> [Double] {
            try bench.probe(name, "frame=pts_time", "-select_streams", "v").compactMap {
                Double($0.split(separator: ",")[0])
            }
        }
        let (before, after) = (try times("a.mkv"), try times("b.mp4"))
        try #require(before.count == after.count)
        #expect(zip(before, after).allSatisfy { abs($0 - $1) < 0.0011 })
    }

    @Test func `colour tags and rate are kept, the range is limited`() throws {
        try bench.make(
            "a.mkv", "-f lavfi -i testsrc2=s=320x180:r=30000/1001 -t 1",
            "-c:v libx264 -preset ultrafast -pix_fmt yuvj420p -color_range pc -colorspace bt709 -color_primaries bt709",
            "-color_trc bt709")
        _ = try bench.fit("a.mkv", to: "b.mp4", [.encodeVideo(VideoTarget(stream: 0, size: small))], as: .mp4)
        let told = try bench.probe(
            "b.mp4", "stream=pix_fmt,color_range,color_space,color_transfer,color_primaries,r_frame_rate")
        #expect(told == ["yuv420p,tv,bt709,bt709,bt709,30000/1001"])
        let (before, after) = (try bench.pixels("a.mkv", "8x8"), try bench.pixels("b.mp4", "8x8"))
        #expect(zip(before, after).allSatisfy { abs(Int($0) - Int($1)) < 8 })
    }

    @Test(arguments: ["smpte2084", "arib-std-b67"]) func `high dynamic range becomes standard range`(
        transfer: String
    ) throws {
        try bench.make(
            "a.mkv", "-f lavfi -i color=0x808080:s=320x180:r=25 -t 0.4 -vf format=yuv420p10",
            "-c:v libx264 -preset ultrafast -color_primaries bt2020 -color_trc \(transfer) -colorspace bt2020nc")
        let outcome = try bench.fit(
            "a.mkv", to: "b.mp4", [.encodeVideo(VideoTarget(stream: 0, size: small))], as: .mp4)
        #expect(outcome.losses.contains("the high dynamic range was mapped to the standard one"))
        let told = try bench.probe("b.mp4", "stream=pix_fmt,color_range,color_space,color_transfer,color_primaries")
        #expect(told == ["yuv420p,tv,bt709,bt709,bt709"])
        // Half of the signal of PQ is about 92 nits, that of HLG about 50: neither is black nor white.
        let grey = try bench.pixels("b.mp4", "1x1", format: "gray")[0]
        #expect((60...200).contains(grey))
    }

    @Test func `a part is cut at the frame and at the sample`() throws {
        try bench.make(
            "a.mp4", Content.film("testsrc2=s=160x90:r=25", seconds: 3), "-c:v libx264 -preset ultrafast -g 50 -c:a aac"
        )
        let outcome = try bench.fit(
            "a.mp4", to: "b.mp4", [.trim(TimeRange(start: 1, end: 2)), .remux(streams: [0, 1])], as: .mp4)
        #expect(outcome.losses.count == 2)
        let told = try bench.probe("b.mp4", "stream=codec_name,start_time,duration,nb_frames")
        #expect(told[0] == "h264,0.000000,1.000000,25")
        #expect(told[1].hasPrefix("aac,0.000000,1.00"))
        // The first picture is the one at one second.
        try ExternalTool.ffmpeg.run([
            "-v", "error", "-i", bench.path("a.mp4"), "-vf", "select=eq(n\\,25)", "-frames:v", "1",
            bench.path("one.png"),
        ])
        let (expected, got) = (try bench.pixels("one.png", "16x9"), try bench.pixels("b.mp4", "16x9"))
        #expect(zip(expected, got).allSatisfy { abs(Int($0) - Int($1)) < 10 })
    }

    @Test func `what was cancelled ends at once and leaves nothing`() throws {
        try bench.make("a.ts", Content.film(Content.plain, seconds: 2), "-c:v mpeg2video -c:a mp2")
        let cancellation = Cancellation()
        cancellation.cancel()
        let failure = try #require(throws: Failure.self) {
            try bench.fit(
                "a.ts", to: "b.mp4", [.encodeVideo(VideoTarget(stream: 0, size: small))], as: .mp4,
                cancellation: cancellation)
        }
        #expect(failure.kind == .interrupted)
        #expect(bench.bytes("b.mp4") == 0)
    }

    @Test func `what cannot fit is said to be too large, and nothing is left`() throws {
        try bench.make("a.ts", Content.film(Content.noise, seconds: 2), "-c:v mpeg2video -q:v 2 -c:a mp2")
        let failure = try #require(throws: Failure.self) {
            try bench.fit(
                "a.ts", to: "b.mp4", [.encodeVideo(VideoTarget(stream: 0, size: small))], as: .mp4, maxBytes: 9000)
        }
        #expect(failure.kind == .notDone)
        #expect(bench.bytes("b.mp4") == 0)
    }

    @Test(arguments: [900, 1500, 3000] as [Int64])
    func `where not even the tables go in, it is said what the smallest has`(_ limit: Int64) throws {
        try bench.make(
            "a.mp4", "-f lavfi -i testsrc2=s=16x16:r=60 -t 10 -c:v libx264 -preset ultrafast -pix_fmt yuv420p")
        let failure = try #require(throws: Failure.self) {
            try bench.fit(
                "a.mp4", to: "b.mp4", [.encodeVideo(VideoTarget(stream: 0, size: Size(width: 16, height: 16)))],
                as: .mp4, maxBytes: limit)
        }
        #expect(failure.problem.hasPrefix("it does not go into \(limit) bytes: the smallest result had "))
        let smallest = try #require(Int64(failure.problem.split(separator: " ").last ?? ""))
        #expect(smallest > limit)
        // What is said to be the smallest is not far from what goes.
        let outcome = try bench.fit(
            "a.mp4", to: "c.mp4", [.encodeVideo(VideoTarget(stream: 0, size: Size(width: 16, height: 16)))], as: .mp4,
            maxBytes: smallest * 5 / 4)
        #expect(outcome.bytes <= smallest * 5 / 4)
    }

    /// Copies of the last picture had been put behind it to have the encoder go on: as good as a still that lasts a second
    /// and a half, the last pictures had got several times the bytes of the others.
    @Test func `the last pictures take no more than others, and each stands alone`() throws {
        try bench.make(
            "a.ts", "-f lavfi -i mandelbrot=s=320x180:r=25:start_scale=1:end_scale=0.05:end_pts=100 -t 4",
            "-c:v mpeg2video -q:v 2")
        let outcome = try bench.fit(
            "a.ts", to: "b.mp4", [.encodeVideo(VideoTarget(stream: 0, size: small))], as: .mp4, maxBytes: 60_000)
        #expect(outcome.bytes <= 60_000 && outcome.bytes > 58_800, "\(outcome)")
        let packets = try bench.probe("b.mp4", "packet=pts,size", "-select_streams", "v")
            .map { $0.split(separator: ",").compactMap { Int($0) } }.sorted { $0[0] < $1[0] }
        let kinds = try bench.probe("b.mp4", "frame=pict_type", "-select_streams", "v")
        #expect(packets.count == 100 && kinds.suffix(5).allSatisfy { $0 == "P" }, "\(kinds)")
        let sizes = zip(packets, kinds).filter { $1 == "P" }.map { $0.0[1] }
        let usual = sizes.dropLast(5).sorted()
        #expect((sizes.suffix(5).max() ?? 0) < 2 * usual[usual.count / 2], "\(sizes)")
    }

    @Test func `what is over after the last coding loses its last pictures, not the file`() throws {
        // Noise at its coarsest: no quantizer brings it down any further, whatever the first codings promised.
        try bench.make("a.ts", Content.film(Content.noise, seconds: 4, sound: false), "-c:v mpeg2video -q:v 2")
        let step = Plan.Step.encodeVideo(VideoTarget(stream: 0, size: small))
        let failure = try #require(throws: Failure.self) {
            try bench.fit("a.ts", to: "b.mp4", [step], as: .mp4, maxBytes: 9000)
        }
        let smallest = try #require(Int64(failure.problem.split(separator: " ").last ?? ""))
        let limit = smallest * 98 / 100
        let outcome = try bench.fit("a.ts", to: "c.mp4", [step], as: .mp4, maxBytes: limit)
        #expect(outcome.bytes <= limit)
        #expect(outcome.encodes == 3)
        #expect(outcome.losses.contains { $0.hasPrefix("the last ") && $0.contains("left out") })
        // It is shown as long as before, from first to last frame.
        let told = try bench.probe(
            "c.mp4", "stream=duration,nb_read_frames", "-count_frames", "-select_streams", "v"
        )[0].split(separator: ",")
        #expect(abs((Double(told[0]) ?? 0) - 4) < 0.001)
        let frames = try #require(Int(told[1]))
        #expect((88..<100).contains(frames))
        #expect(try bench.complaints("c.mp4") == "")
    }
}
