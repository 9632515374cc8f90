import Foundation
import ReelInspect
import ReelModel
import ReelTestSupport
import Testing

/// What the packets show, against what ffprobe tells of the same packets.
struct `Packets agree with ffprobe` {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private struct Told {
        var times: [Double] = []
        var keys: [Double] = []
        var bytes = 0
        /// Bits in the fullest second.
        var peak = 0

        init(_ path: String, stream: String) throws {
            let lines = try ExternalTool.ffprobe.run(
                [
                    "-v", "error", "-select_streams", stream, "-show_entries", "packet=pts_time,dts_time,size,flags",
                    "-of",
                    "csv=p=0", path,
                ]
            ).output.split(separator: "\n")
            var window: [(time: Double, bytes: Int)] = []
            for cells in lines.map({ $0.split(separator: ",") }) where cells.count >= 4 {
                let size = Int(cells[2]) ?? 0
                bytes += size
                let shown = Double(cells[0]) ?? 0
                times.append(shown)
                if cells[3].hasPrefix("K") { keys.append(shown) }
                window.append((Double(cells[1]) ?? shown, size))
                let first = window.firstIndex { $0.time > window[window.count - 1].time - 1 + 1e-9 } ?? 0
                peak = max(peak, 8 * window[first...].reduce(0) { $0 + $1.bytes })
            }
        }
    }

    @Test(arguments: [
        ("a.mp4", "-c:v libx264 -g 30 -bf 3 -c:a aac"), ("b.mp4", "-c:v mpeg4 -g 25 -c:a aac"),
        ("c.ts", "-c:v libx264 -g 50 -c:a mp2"), ("d.mov", "-c:v mjpeg -c:a pcm_s16le"),
        ("e.mp4", "-c:v libx264 -preset ultrafast -c:a aac -movflags +frag_keyframe+delay_moov"),
    ])
    func `times, sizes, key frames and the fullest second`(name: String, codecs: String) throws {
        let path = try folder.makeFilm(name, codecs.split(separator: " ").map(String.init))
        let facts = try inspect(path, .packets)
        #expect(facts.structureFaults == .known([]))
        let told = try Told(path, stream: "v")
        let found = try #require(facts.packets(of: 0))
        #expect(found.packets == told.times.count)
        #expect(found.bytes == Int64(told.bytes))
        #expect(found.keyFrames == told.keys.count)
        #expect(found.peakBitRate.value == Int64(told.peak))
        #expect(found.gapCount == 0 && found.overlapCount == 0 && found.nonMonotonicCount == 0)
        let rates = try #require(found.frameRates.value)
        for rate in [rates.minimum, rates.average, rates.maximum] { #expect(abs(rate - 25) < 0.01) }
        let intervals =
            zip(told.keys.dropFirst(), told.keys).map { $0 - $1 } + [
                (told.times.max() ?? 0) + 0.04 - (told.keys.last ?? 0)
            ]
        let keyed = try #require(found.keyFrameIntervals.value)
        #expect(abs(keyed.shortest - (intervals.min() ?? 0)) < 0.001)
        #expect(abs(keyed.longest - (intervals.max() ?? 0)) < 0.001)
        #expect(found.startsWithKeyFrame == .known(true))
        let sound = try Told(path, stream: "a")
        #expect(facts.packets(of: 1)?.packets == sound.times.count)
        #expect(facts.packets(of: 1)?.bytes == Int64(sound.bytes))
        // Decoding adds to the packets, and changes nothing of them.
        #expect(try inspect(path, .frames).packets == facts.packets)
    }

    @Test(arguments: [
        ("-c:v libx264 -x264-params open-gop=1:keyint=25:bframes=3", "mp4", false),
        ("-c:v libx264 -x264-params open-gop=0:keyint=25:bframes=3", "mp4", true),
        ("-c:v libx264 -x264-params open-gop=0:keyint=25:bframes=3", "ts", true),
        ("-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=20:open-gop=1:bframes=4", "mp4", false),
        ("-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=20:open-gop=0:bframes=4", "mkv", true),
        ("-c:v mpeg2video -g 12 -bf 2", "ts", false),
        ("-c:v mpeg2video -g 12 -bf 2 -flags +cgop -sc_threshold 1000000000", "ts", true),
    ])
    func `open and closed groups`(codec: String, type: String, closed: Bool) throws {
        let path = try folder.makeFilm("g.\(type)", codec.split(separator: " ").map(String.init) + ["-an"])
        let found = try #require(try inspect(path, .packets).packets(of: 0))
        #expect(found.closedGroups == .known(closed))
        #expect(found.startsWithKeyFrame == .known(true))
        if !codec.contains("mpeg2") { #expect(found.parameterSetsPresent == .known(true)) }
    }

    @Test func `a film that begins between key frames`() throws {
        let whole = try folder.makeFilm("w.mp4", ["-c:v", "libx264", "-g", "50", "-bf", "0", "-an"])
        let path = try folder.make(
            "late.ts", ["-i", whole, "-c", "copy", "-bsf:v", "h264_mp4toannexb,noise=drop='lt(n\\,20)'"])
        #expect(try inspect(path, .packets).packets(of: 0)?.startsWithKeyFrame == .known(false))
    }

    @Test func `a gap in the sound`() throws {
        let path = try folder.make(
            "gap.mkv",
            ["-f", "lavfi", "-i", "sine=d=4", "-af", "aselect='not(between(t,1,2))'", "-c:a", "pcm_s16le"])
        let found = try #require(try inspect(path, .packets).packets(of: 0))
        #expect(found.gapCount == 1)
        let gap = try #require(found.gaps.first)
        #expect(abs(gap.start - 1) < 0.05 && abs(gap.end - 2) < 0.05)
    }
}
