import Foundation
import ReelMedia
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelFit

struct `Subtitles` {
    let bench: Bench

    init() throws { bench = try Bench() }

    private static let subrip = """
        1
        00:00:00,500 --> 00:00:01,500
        <i>Hello</i>, world
        & more

        2
        00:00:02,000 --> 00:00:03,200
        Second: ÄÖ 你好

        3
        00:00:03,600 --> 00:00:04,800
        <b>Third</b>

        """

    private func source(_ name: String, _ subtitles: String, _ codec: String, sound: String = "aac") throws {
        let text = name + (codec == "ass" ? ".ass" : ".srt")
        try subtitles.write(toFile: bench.path(text), atomically: true, encoding: .utf8)
        try bench.make(
            name, "-f lavfi -i \(Content.plain) -f lavfi -i sine=440:sample_rate=48000 -i \(bench.path(text))",
            "-map 0 -map 1 -map 2 -t 5 -c:v libx264 -preset veryfast -g 25 -pix_fmt yuv420p -c:a \(sound) -c:s \(codec) -metadata:s:s:0 language=fre"
        )
    }

    /// Times and words of what ffmpeg shows of the first subtitles, as SubRip.
    private func shown(_ name: String) throws -> [String] {
        try ExternalTool.ffmpeg.run(["-v", "error", "-i", bench.path(name), "-map", "0:s:0", "-f", "srt", "-"]).output
            .replacing("\r\n", with: "\n").replacing(/<.?font[^>]*>/, with: "").split(separator: "\n\n")
            .map { $0.drop { $0 != "\n" }.dropFirst().trimmingCharacters(in: .newlines) }
    }

    @Test(arguments: ["subrip", "ass", "webvtt"]) func `words are kept beside copied streams`(_ codec: String) throws {
        try source("a.mkv", Self.subrip, codec)
        let outcome = try bench.fit(
            "a.mkv", to: "b.mp4", [.remux(streams: [0, 1]), .keepText(streams: [2])], as: .mp4)
        #expect(outcome.encodes == 0)
        #expect(
            try bench.probe("b.mp4", "stream=codec_name:stream_tags=language", "-select_streams", "s") == [
                "mov_text,fre"
            ])
        #expect(
            try shown("b.mp4") == [
                "00:00:00,500 --> 00:00:01,500\n<i>Hello</i>, world\n& more",
                "00:00:02,000 --> 00:00:03,200\nSecond: ÄÖ 你好",
                "00:00:03,600 --> 00:00:04,800\n<b>Third</b>",
            ])
        #expect(try bench.complaints("b.mp4") == "")
        #expect(!outcome.losses.contains { $0.contains("left out") }, "\(outcome.losses)")
        #expect(outcome.losses.contains { $0.contains("lost colours") } == (codec == "ass"))
        // No edit list: both begin at zero.
        #expect(try bench.probe("b.mp4", "stream=start_time").allSatisfy { $0.hasPrefix("0.000000") })
        // And once more, from MP4 to QuickTime.
        _ = try bench.fit("b.mp4", to: "c.mov", [.remux(streams: [0, 1]), .keepText(streams: [2])], as: .mov)
        #expect(try shown("c.mov") == shown("b.mp4"))
    }

    @Test func `words are cut with the film, and stay in step`() throws {
        // Without a run-up that moves all times.
        try source("a.mkv", Self.subrip, "subrip", sound: "pcm_s16le")
        let trim = Plan.Step.trim(TimeRange(start: 1, end: 3))
        let words = [
            "00:00:00,000 --> 00:00:00,500\n<i>Hello</i>, world\n& more",
            "00:00:01,000 --> 00:00:02,000\nSecond: ÄÖ 你好",
        ]
        _ = try bench.fit("a.mkv", to: "b.mp4", [trim, .remux(streams: [0, 1]), .keepText(streams: [2])], as: .mp4)
        #expect(try shown("b.mp4") == words)
        let samples = try bench.probe("b.mp4", "packet=pts_time,duration_time", "-select_streams", "s")
        #expect(samples == ["0.000000,0.500000", "0.500000,0.500000", "1.000000,1.000000"])
        let target = VideoTarget(stream: 0, size: Size(width: 320, height: 180))
        let outcome = try bench.fit(
            "a.mkv", to: "c.mp4",
            [trim, .encodeVideo(target), .remux(streams: [1]), .keepText(streams: [2])], as: .mp4, maxBytes: 60_000)
        #expect(try shown("c.mp4") == words)
        #expect(outcome.bytes <= 60_000)
        #expect(try bench.complaints("c.mp4") == "")
    }

    @Test func `words for which there are no bytes are left out, and that is told`() throws {
        try source("a.mkv", Self.subrip, "subrip")
        _ = try bench.fit("a.mkv", to: "b.mp4", [.remux(streams: [0, 1])], as: .mp4)
        let limit = bench.bytes("b.mp4") + 10
        let outcome = try bench.fit(
            "a.mkv", to: "c.mp4", [.remux(streams: [0, 1]), .keepText(streams: [2])], as: .mp4, maxBytes: limit)
        #expect(outcome.losses.contains("the subtitles were left out: there are no bytes for them"))
        #expect(try bench.probe("c.mp4", "stream=codec_type", "-select_streams", "s").isEmpty)
    }

    // MARK: Without a file

    private func read(_ codec: String, _ text: String) throws -> (runs: [StyledText.Run], losesLooks: Bool) {
        var markup = try #require(TextMarkup(codec))
        let styled = markup.read(Array(text.utf8))
        return (styled.runs, markup.losesLooks)
    }

    private func run(_ words: String, _ face: StyledText.Face = []) -> StyledText.Run {
        StyledText.Run(words: words, face: face)
    }

    @Test func `marks are read as faces`() throws {
        var read = try read("subrip", "\r\n<b>bold <i>both</i></b> none\r\nline {\\an8}two <3 &amp;\n")
        #expect(
            read.runs == [run("bold ", .bold), run("both", [.bold, .italic]), run(" none\nline two <3 &amp;")])
        #expect(read.losesLooks)
        read = try self.read("webvtt", "<v Ann><i.loud>Hi</i> &lt;you&gt;<00:00:01.000> a&amp;b")
        #expect(read.runs == [run("Hi", .italic), run(" <you> a&b")])
        read = try self.read("webvtt", "<u>one</u> <00:00:01.000>two")
        #expect(read.runs == [run("one", .underlined), run(" two")])
        #expect(!read.losesLooks)
        read = try self.read("ass", "3,0,Default,,0,0,0,,{\\i1\\b700}a, b{\\i0}\\Nc{\\r}\\hd {\\p1}m 0 0 l 9 9{\\p0}e")
        #expect(read.runs == [run("a, b", [.bold, .italic]), run("\nc", .bold), run("\u{A0}d e")])
        #expect(try self.read("ass", "no fields").runs.isEmpty)
        #expect(TextMarkup("hdmv_pgs_subtitle") == nil)
    }

    @Test func `timed text is written and read again`() {
        let text = StyledText([run("a Ä😀", .italic), run(" plain"), run("b", [.bold, .underlined])])
        let sample = TimedText.sample(text)
        #expect(TimedText.read(sample) == text)
        // Characters are counted, not bytes: the last is the eleventh.
        #expect(sample.suffix(12).prefix(4) == [0, 10, 0, 11])
        #expect(TimedText.sample(StyledText()) == [0, 0])
        for cut in 0..<sample.count { _ = TimedText.read(Array(sample[..<cut])) }
        #expect(TimedText.read([0, 4, 0xFE, 0xFF, 0, 0x41]).words == "A")
    }

    @Test func `what is shown at the same time stands in one cue`() {
        func cue(_ span: Range<Int64>, _ words: String) -> TextCue { TextCue(span: span, text: StyledText(words)) }
        let apart = TextCue.apart([
            cue(500..<900, "c"), cue(0..<100, "a"), cue(50..<200, "b"), cue(300..<300, "empty"), cue(600..<700, " "),
        ])
        #expect(apart == [cue(0..<50, "a"), cue(50..<100, "a\nb"), cue(100..<200, "b"), cue(500..<900, "c")])
    }
}
