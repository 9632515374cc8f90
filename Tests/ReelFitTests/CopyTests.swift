import Foundation
import ReelModel
import ReelTestSupport
import Testing

struct `Streams copied into another container` {
    let bench: Bench

    init() throws { bench = try Bench() }

    @Test func `every packet stays as it is, and the index goes first`() throws {
        try bench.make(
            "a.mkv", Content.film(Content.plain, seconds: 2), "-c:v libx264 -preset ultrafast -bf 2 -c:a aac")
        let outcome = try bench.fit("a.mkv", to: "b.mp4", [.remux(streams: [0, 1])], as: .mp4)
        #expect(outcome.encodes == 0)
        #expect(outcome.losses == [])
        #expect(try bench.streamHashes("a.mkv") == bench.streamHashes("b.mp4"))
        #expect(Array(try topBoxes(bench.path("b.mp4")).prefix(2)) == ["ftyp", "moov"])
        let complaints = try bench.complaints("b.mp4")
        #expect(complaints == "")
        #expect(try bench.probe("b.mp4", "stream=codec_name") == ["h264", "aac"])
    }

    @Test(arguments: ["25", "30", "30000/1001", "24000/1001", "60"])
    func `a picture whose file rounds its times gets its constant rate back`(rate: String) throws {
        try bench.make(
            "a.mkv", "-f lavfi -i testsrc2=s=320x180:r=\(rate) -f lavfi -i sine=440:sample_rate=48000 -t 2",
            "-c:v libx264 -preset ultrafast -bf 2 -c:a aac")
        _ = try bench.fit("a.mkv", to: "b.mp4", [.remux(streams: [0, 1])], as: .mp4)
        #expect(try bench.streamHashes("a.mkv") == bench.streamHashes("b.mp4"))
        let decoded = try bench.probe("b.mp4", "packet=dts", "-select_streams", "v").compactMap { Int($0) }
        #expect(Set(zip(decoded, decoded.dropFirst()).map { $1 - $0 }).count == 1)
        #expect(decoded.count > 40)
        let told = rate.contains("/") ? rate : rate + "/1"
        // Sound begins with the run-up of its decoder. It is cut off, and the picture does not wait for it.
        #expect(
            try bench.probe("b.mp4", "stream=r_frame_rate,avg_frame_rate,start_time", "-select_streams", "v")
                == ["\(told),\(told),0.000000"])
        #expect(try bench.complaints("b.mp4") == "")
        func apart(_ name: String) throws -> Double {
            let first = try ["v", "a"].map { kind in
                let times = try bench.probe(name, "packet=pts_time", "-select_streams", kind)
                return try #require(Double(times[0].prefix { $0 != "," }))
            }
            return first[1] - first[0]
        }
        #expect(abs(try apart("a.mkv") - apart("b.mp4")) < 0.001)
    }

    @Test func `times that keep no rate stay to the millisecond, in an order that can be decoded`() throws {
        try bench.make(
            "a.mkv", Content.film("testsrc2=s=320x180:r=60", seconds: 2),
            "-vf select='not(mod(n,3))+lt(mod(n,7),3)',setpts=PTS+0.004*random(1)/TB -vsync vfr",
            "-c:v libx264 -preset ultrafast -bf 3 -c:a aac")
        _ = try bench.fit("a.mkv", to: "b.mp4", [.remux(streams: [0, 1])], as: .mp4)
        func times(_ name: String, _ kind: String) throws -> [Double] {
            try bench.probe(name, "packet=\(kind)_time", "-select_streams", "v").compactMap { Double($0) }
        }
        let (before, after) = (try times("a.mkv", "pts"), try times("b.mp4", "pts"))
        #expect(before.count == after.count)
        for (old, new) in zip(before, after) { #expect(abs((old - before[0]) - (new - after[0])) < 0.0011) }
        let decoded = try times("b.mp4", "dts")
        #expect(zip(decoded, decoded.dropFirst()).allSatisfy { $0 < $1 })
        #expect(zip(decoded, after).allSatisfy { $0 <= $1 })
        #expect(try bench.complaints("b.mp4") == "")
    }

    @Test func `a transport stream starts at zero, with the same pictures`() throws {
        try bench.make(
            "a.ts", Content.film(Content.plain, seconds: 2), "-c:v libx264 -preset ultrafast -bf 2 -c:a aac")
        _ = try bench.fit("a.ts", to: "b.mp4", [.remux(streams: [0, 1])], as: .mp4)
        #expect(try bench.pictureHashes("a.ts") == bench.pictureHashes("b.mp4"))
        #expect(try bench.complaints("b.mp4") == "")
        let start = try #require(Double(try bench.probe("b.mp4", "format=start_time")[0]))
        #expect(abs(start) < 0.03)
        #expect(Array(try topBoxes(bench.path("b.mp4")).prefix(2)) == ["ftyp", "moov"])
    }

    @Test func `pictures and sound stay as far apart as they were`() throws {
        try bench.make(
            "a.ts", "-f lavfi -i \(Content.plain) -itsoffset 0.4 -f lavfi -i sine=440:sample_rate=48000 -t 2",
            "-c:v libx264 -preset ultrafast -c:a aac")
        _ = try bench.fit("a.ts", to: "b.mp4", [.remux(streams: [0, 1])], as: .mp4)
        #expect(abs(try bench.gap("a.ts") - bench.gap("b.mp4")) < 0.001)
    }

    @Test func `streams that are not named are left out, and said to be`() throws {
        try bench.make(
            "a.mkv", "-f lavfi -i \(Content.plain) -f lavfi -i sine=440 -f lavfi -i sine=880 -t 1 -map 0 -map 1 -map 2",
            "-c:v libx264 -preset ultrafast -c:a aac")
        let outcome = try bench.fit("a.mkv", to: "b.mp4", [.remux(streams: [0, 2])], as: .mp4)
        #expect(outcome.losses == ["stream 1 (sound, aac) was left out"])
        #expect(try bench.probe("b.mp4", "stream=codec_type") == ["video", "audio"])
    }

    @Test func `sound alone goes into M4A`() throws {
        try bench.make("a.flac", "-f lavfi -i sine=440:sample_rate=44100 -t 2")
        let target = AudioTarget(stream: 0, bitRate: 96_000, sampleRate: 44_100, channels: 1)
        let outcome = try bench.fit("a.flac", to: "b.m4a", [.encodeAudio(target)], as: .m4a, maxBytes: 20_000)
        #expect(outcome.bytes <= 20_000)
        let told = try bench.probe("b.m4a", "stream=codec_name,sample_rate,channels,duration:format=duration")
        #expect(told[0].hasPrefix("aac,44100,1,2.0"))
    }

    @Test func `sound is coded beside a copied picture, in step`() throws {
        try bench.make(
            "a.mkv", Content.film(Content.plain, seconds: 2), "-c:v libx264 -preset ultrafast -c:a pcm_s16le")
        let target = AudioTarget(stream: 1, bitRate: 96_000, sampleRate: 48_000, channels: 1)
        _ = try bench.fit("a.mkv", to: "b.mp4", [.remux(streams: [0]), .encodeAudio(target)], as: .mp4)
        #expect(try bench.pictureHashes("a.mkv") == bench.pictureHashes("b.mp4"))
        let lines = try bench.probe("b.mp4", "stream=codec_name,start_time,duration")
        #expect(lines[0].hasPrefix("h264,0.000000,2.0"))
        #expect(lines[1].hasPrefix("aac,0.000000,2.0"))
    }

    @Test func `what does not go into the bytes leaves nothing`() throws {
        try bench.make("a.mkv", Content.film(Content.plain, seconds: 1), "-c:v libx264 -preset ultrafast -c:a aac")
        let failure = try #require(throws: Failure.self) {
            try bench.fit("a.mkv", to: "b.mp4", [.remux(streams: [0, 1])], as: .mp4, maxBytes: 2000)
        }
        #expect(failure.kind == .notDone)
        #expect(failure.subject == "a.mkv")
        #expect(bench.bytes("b.mp4") == 0)
    }

    @Test func `a plan that does not go with the file is refused`() throws {
        try bench.make("a.mkv", Content.film(Content.plain, seconds: 0.5), "-c:v libx264 -preset ultrafast -c:a aac")
        let failure = try #require(throws: Failure.self) {
            try bench.fit("a.mkv", to: "b.mp4", [.remux(streams: [7])], as: .mp4)
        }
        #expect(failure.kind == .usage)
        #expect(failure.problem == "it has no stream 7")
    }
}
