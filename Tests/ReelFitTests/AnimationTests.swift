import Foundation
import ReelMedia
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelFit

struct `Animations made smaller` {
    let bench: Bench

    init() throws { bench = try Bench() }

    private static let large = ImageTarget(maxSize: Size(width: 4000, height: 4000), orientation: 1)

    /// A square that moves over a still, in few colours; each picture is written whole.
    private func make(_ name: String, loops: Int = 0) throws {
        try bench.make(
            name,
            "-f lavfi -i color=c=navy:s=200x150:r=10:d=2 -f lavfi -i color=c=orange:s=30x30:r=10:d=2 -filter_complex",
            "[0][1]overlay=x=n*8:y=40,split[a][b];[a]palettegen[p];[b][p]paletteuse=dither=none",
            "-gifflags 0 -loop \(loops) -final_delay 50")
    }

    /// Every pixel of every picture, and its time.
    private func pictures(_ name: String) throws -> [String] {
        try ExternalTool.ffmpeg.run([
            "-v", "error", "-ignore_loop", "1", "-i", bench.path(name), "-fps_mode", "passthrough", "-enc_time_base",
            "-1",
            "-pix_fmt", "bgra", "-f", "framemd5", "-",
        ]).output.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }.map(String.init)
    }

    private func times(_ name: String) throws -> [String] {
        try bench.probe(name, "packet=pts_time,duration_time", "-select_streams", "v")
    }

    @Test func `what differs alone is written first, and nothing is lost`() throws {
        try make("a.gif", loops: 3)
        let before = bench.bytes("a.gif")
        let outcome = try bench.fit(
            "a.gif", to: "b.gif", [.convertAnimation(Self.large)], as: .gif, maxBytes: before * 7 / 10)
        #expect(outcome.losses == [])
        #expect(outcome.encodes == 1)
        #expect(outcome.bytes <= before * 7 / 10)
        #expect(try pictures("b.gif") == pictures("a.gif"))
        #expect(try times("b.gif") == times("a.gif"))
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: bench.path("b.gif"))))
        #expect(AnimationSurvey.loops(bytes) == 3)
    }

    @Test(arguments: [0.6, 0.3, 0.1]) func `then it becomes smaller, with every picture at its time`(
        _ share: Double
    ) throws {
        try bench.make(
            "a.gif", "-f lavfi -i testsrc2=s=320x180:r=12:d=1,noise=alls=12:allf=t -filter_complex",
            "[0]split[a][b];[a]palettegen[p];[b][p]paletteuse")
        let limit = Int64(Double(bench.bytes("a.gif")) * share)
        let outcome = try bench.fit("a.gif", to: "b.gif", [.convertAnimation(Self.large)], as: .gif, maxBytes: limit)
        #expect(outcome.bytes <= limit)
        #expect(Double(outcome.bytes) > Double(limit) * 0.7, "\(outcome)")
        #expect(outcome.encodes <= 8)
        #expect(try times("b.gif") == times("a.gif"))
        #expect(outcome.losses.contains { $0.contains("smaller, from 320x180") || $0.contains("colours") })
    }

    @Test func `what is transparent stays so`() throws {
        try bench.make(
            "a.gif",
            "-f lavfi -i color=c=red@0.0:s=100x80:r=10:d=1,format=rgba -f lavfi -i color=c=lime:s=20x20:r=10:d=1",
            "-filter_complex [0][1]overlay=x=n*4:y=30:format=auto,split[a][b];[a]palettegen[p];[b][p]paletteuse")
        _ = try bench.fit("a.gif", to: "b.gif", [.convertAnimation(Self.large)], as: .gif)
        #expect(try pictures("b.gif") == pictures("a.gif"))
        let pixels = try bench.pixels("b.gif", "100x80", format: "rgba")
        #expect(pixels[3] == 0)
        let place = (40 * 100 + 5) * 4
        #expect(pixels[place + 3] == 255)
        #expect(pixels == (try bench.pixels("a.gif", "100x80", format: "rgba")))
    }

    @Test func `what nothing can be seen in any more is not made`() throws {
        try make("a.gif")
        let failure = #expect(throws: Failure.self) {
            try bench.fit("a.gif", to: "b.gif", [.convertAnimation(Self.large)], as: .gif, maxBytes: 60)
        }
        #expect(failure?.problem.contains("does not go into 60 bytes") == true)
        #expect(bench.bytes("b.gif") == 0)
    }

    @Test func `repetitions are read`() {
        let block = Array("NETSCAPE2.0".utf8)
        #expect(AnimationSurvey.loops([1, 2] + block + [3, 1, 5, 1, 0, 0, 0, 0]) == 261)
        #expect(AnimationSurvey.loops([UInt8](repeating: 78, count: 40)) == -1)
        #expect(AnimationSurvey.loops([]) == -1)
    }
}
