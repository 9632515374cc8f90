import ReelModel
import Testing

@testable import ReelRender

struct `Times become frames` {
    private func timeline(_ rate: (Int64, Int64), duration: Int64) throws -> Timeline {
        Timeline(
            Storyboard(
                canvas: Size(width: 16, height: 16), frameRate: try #require(Rational(rate.0, rate.1)),
                duration: duration, scenes: [], titles: [], music: []))
    }

    @Test(arguments: [
        (30, 1, 30_000, 900), (30, 1, 1_017, 31), (30, 1, 1_016, 30), (25, 1, 20, 1), (24, 1, 500, 12),
        (30_000, 1_001, 10_000, 300), (30_000, 1_001, 86_400_000, 2_589_411),
    ])
    func `a film has as many frames as its length has, to the nearest`(
        numerator: Int64, denominator: Int64, duration: Int64, frames: Int
    ) throws {
        #expect(try timeline((numerator, denominator), duration: duration).frames == frames)
    }

    @Test func `what ends where another begins leaves no frame between them, and shares none`() throws {
        let timeline = try timeline((30, 1), duration: 10_000)
        var next = 0
        for start in stride(from: Int64(0), to: 10_000, by: 617) {
            let frames = timeline.frames(start: start, duration: 617)
            #expect(frames.lowerBound == next)
            next = frames.upperBound
        }
        #expect(next == 300)
    }

    @Test func `spans are cut to the film`() throws {
        let timeline = try timeline((10, 1), duration: 2_000)
        #expect(timeline.frames(start: -500, duration: 1_000) == 0..<5)
        #expect(timeline.frames(start: 1_500, duration: 1_000) == 15..<20)
        #expect(timeline.frames(start: 3_000, duration: 1_000).isEmpty)
        #expect(timeline.frames(start: 500, duration: 0).isEmpty)
    }

    @Test func `sound is as long as the frames`() throws {
        #expect(try timeline((30, 1), duration: 1_000).samples(beforeFrame: 30) == 48_000)
        #expect(try timeline((30_000, 1_001), duration: 1_000).samples(beforeFrame: 1) == 1_602)
        #expect(try timeline((30_000, 1_001), duration: 1_000).samples(beforeFrame: 30_000) == 48_048_000)
    }
}

struct `Pictures find their place` {
    private let canvas = Size(width: 1080, height: 1920)

    @Test func `a wide picture takes the whole width and is in the middle`() {
        let framing = Framing(canvas: canvas, picture: Size(width: 4000, height: 3000))
        #expect(framing.window == Framing.Window(x: 0, y: 554, size: Size(width: 1080, height: 810)))
        #expect(!framing.fillsCanvas)
    }

    @Test func `bars too thin to be meant are avoided`() {
        #expect(Framing(canvas: canvas, picture: Size(width: 1080, height: 1900)).fillsCanvas)
        #expect(!Framing(canvas: canvas, picture: Size(width: 1080, height: 1800)).fillsCanvas)
    }

    @Test(arguments: [(1, 1), (1, 16_384), (16_384, 1), (3, 5), (1_919, 1_081)])
    func `every shape has an even window on the canvas`(width: Int, height: Int) {
        let picture = Size(width: width, height: height)
        let framing = Framing(canvas: canvas, picture: picture)
        let window = framing.window
        #expect(window.size.width % 2 + window.size.height % 2 + window.x % 2 + window.y % 2 == 0)
        #expect(window.x >= 0 && window.x + window.size.width <= canvas.width && window.size.width >= 2)
        #expect(window.y >= 0 && window.y + window.size.height <= canvas.height && window.size.height >= 2)
        let covering = framing.covering(picture, margin: 1.3)
        #expect(covering.width >= 4 && covering.height >= 4)
        #expect(covering.longSide <= Framing.longestSide)
    }

    @Test func `the zoom grows from none to its end, and by the same step`() {
        let zooms = (0..<150).map { Framing.zoom(frame: $0, of: 150) }
        #expect(zooms.first == 1)
        #expect(zooms.last == Framing.finalZoom)
        #expect(zip(zooms, zooms.dropFirst()).allSatisfy { abs($1 - $0 - 0.06 / 149) < 1e-9 })
        #expect(Framing.zoom(frame: 0, of: 1) == 1)
    }

    @Test func `reading between samples stays inside them`() {
        let same = Taps(count: 10, of: 10, step: 1)
        #expect(same.first == [0, 1, 2, 3, 4, 5, 6, 7, 8, 8])
        #expect(same.weight == [0, 0, 0, 0, 0, 0, 0, 0, 0, 256])
        for step in [0.1, 0.99, 1.5, 7] {
            let taps = Taps(count: 10, of: 12, step: step)
            #expect(taps.first.allSatisfy { $0 <= 10 })
            #expect(taps.weight.allSatisfy { $0 <= 256 })
        }
    }
}
