import Foundation
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelFit

/// A copy that may last only so long does, where no frame begins or ends at the limit.
struct `Films cut to a length` {
    let bench: Bench

    init() throws { bench = try Bench() }

    struct Case: CustomTestStringConvertible, Sendable {
        let rate: String
        let container: String
        let isCoded: Bool
        let start: Double
        var codedAt: Rational?
        /// Of the result.
        let frames: ClosedRange<Int>
        var testDescription: String {
            let how = isCoded ? "coded at \(codedAt.map { "\($0)" } ?? "its rate")" : "cut"
            return "\(rate) in \(container), from \(start) s, \(how)"
        }

        init(
            _ rate: String, _ container: String, isCoded: Bool, from start: Double = 0, at codedAt: Rational? = nil,
            _ frames: ClosedRange<Int>
        ) {
            self.rate = rate
            self.container = container
            self.isCoded = isCoded
            self.start = start
            self.codedAt = codedAt
            self.frames = frames
        }
    }

    /// Five seconds hold 149.85 frames of the one rate, and 119.88 of the other; from a time between two frames on it
    /// can be one less.
    static let cases = [
        Case("30000/1001", "mp4", isCoded: false, 149...149), Case("30000/1001", "mkv", isCoded: false, 149...149),
        Case("24000/1001", "mp4", isCoded: false, 119...119), Case("24000/1001", "mkv", isCoded: false, 119...119),
        Case("30000/1001", "mp4", isCoded: true, 149...149), Case("30000/1001", "mkv", isCoded: true, 149...149),
        Case("24000/1001", "mp4", isCoded: true, 119...119), Case("24000/1001", "mkv", isCoded: true, 119...119),
        Case("30000/1001", "mp4", isCoded: false, from: 0.7, 148...149),
        Case("24000/1001", "mkv", isCoded: true, from: 0.7, 118...119),
        Case("60000/1001", "mp4", isCoded: true, at: Rational(30_000, 1001), 149...149),
        Case("24000/1001", "mp4", isCoded: true, at: Rational(30), 148...150),
    ]

    @Test(arguments: cases) func `each frame that is kept ends by the limit, and sound does`(_ one: Case) throws {
        let source = "a.\(one.container)"
        try bench.make(
            source, "-f lavfi -i testsrc2=s=160x90:r=\(one.rate) -f lavfi -i sine=r=44100 -t 6.5",
            "-c:v libx264 -preset veryfast -sc_threshold 0 -g 24 -bf 2 -pix_fmt yuv420p -c:a aac")
        var picture = VideoTarget(stream: 0, size: Size(width: 160, height: 90))
        picture.frameRate = one.codedAt
        let step: Plan.Step = one.isCoded ? .encodeVideo(picture) : .remux(streams: [0, 1])
        let outcome = try bench.fit(
            source, to: "b.mp4", [.trim(TimeRange(start: one.start, end: one.start + 5)), step], as: .mp4,
            maxDuration: 5)
        #expect(!outcome.losses.contains("the picture was coded anew, to be cut at the frame"))
        let whole = try #require(Double(try bench.probe("b.mp4", "format=duration")[0]))
        #expect(whole <= 5 && whole > 4.9)
        // Besides the file's own length, that of each stream: where it begins, and how long it is.
        let streams = try bench.probe("b.mp4", "stream=start_time,duration")
        #expect(streams.count == 2)
        for told in streams {
            let times = told.split(separator: ",").compactMap { Double($0) }
            try #require(times.count == 2)
            #expect(times[0] + times[1] <= 5.000_5 && times[0] + times[1] > 4.9, "\(told)")
        }
        let counted = try bench.probe("b.mp4", "stream=nb_read_packets", "-select_streams", "v", "-count_packets")
        let count = try #require(Int(counted[0].filter(\.isNumber)))
        #expect(one.frames.contains(count), "\(count) frames")
        #expect(try bench.complaints("b.mp4") == "")
    }

    @Test func `a film that ends with a frame at the limit keeps it`() throws {
        try bench.make(
            "a.mp4", Content.film(Content.plain, seconds: 3),
            "-c:v libx264 -preset veryfast -g 25 -pix_fmt yuv420p -c:a aac")
        for (name, step) in [
            ("cut.mp4", Plan.Step.remux(streams: [0, 1])),
            ("coded.mp4", .encodeVideo(VideoTarget(stream: 0, size: Size(width: 320, height: 180)))),
        ] {
            _ = try bench.fit(
                "a.mp4", to: name, [.trim(TimeRange(start: 0, end: 2)), step], as: .mp4, maxDuration: 2)
            #expect(try bench.probe(name, "stream=nb_frames,duration", "-select_streams", "v") == ["2.000000,50"])
        }
    }

    // MARK: Without a file

    @Test func `a cut ends with the last frame that ends by the limit`() {
        let packets = [0, 1001, 2002, 4004, 3003].map { CutPlan.Packet(time: $0, bytes: 1, isEntry: $0 == 0) }
        func end(_ limit: Int64, from start: Int64 = 0, to end: Int64 = 5000) -> Int64 {
            CutPlan.end(packets, from: start, to: end, by: limit, lasting: 1001)
        }
        #expect(end(5005) == 5000)
        #expect(end(5000) == 4004)
        #expect(end(4004) == 4004)
        #expect(end(4003) == 3003)
        // One is kept in any case.
        #expect(end(7) == 1001)
        #expect(end(7, from: 2500) == 4004)
    }

    @Test func `places on the grid are counted in ticks`() throws {
        let rate = try #require(Rational(30_000, 1001))
        let clock = FrameClock(.constant(rate))
        #expect(clock.places(from: 0, by: 5) == 149)
        #expect(clock.places(from: 0, by: 5.005) == 150)
        #expect(clock.places(from: 0.03, by: 5) == 148)
        #expect(clock.places(from: 0, by: 0.001) == 1)
        #expect(FrameClock(.constant(Rational(30))).places(from: 0, by: 60) == 1800)
        #expect(FrameClock(.variable).places(from: 0, by: 60) == nil)
    }
}
