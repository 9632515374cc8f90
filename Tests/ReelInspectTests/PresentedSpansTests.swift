import ReelModel
import Testing

@testable import ReelInspect

/// What is missing between packets.
struct `What is shown, in its order` {
    @Test func `the longest gap is told, however many shorter ones come before`() {
        var spans = PresentedSpans(isPicture: false, lastsUntilNext: false, tick: 0.001)
        var time: Int64 = 0
        let number = PacketFacts.limit + 5
        for turn in 0...number {
            for _ in 0..<4 {
                spans.add(time, duration: 20)
                time += 20
            }
            time += turn == number - 1 ? 2000 : turn == number ? 0 : 200
        }
        spans.finish()
        #expect(spans.gapCount == number)
        #expect(spans.gaps.count == PacketFacts.limit)
        #expect(spans.gaps.contains { $0.count == 2000 })
        #expect(spans.gaps.map(\.lowerBound) == spans.gaps.map(\.lowerBound).sorted())
    }
}
