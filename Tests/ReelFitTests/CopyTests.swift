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
