import Foundation
import Testing

@testable import ReelFit

struct `The pilot` {
    /// What an encoder would make of these pictures under the pilot, four of them at a time.
    private func flown(_ pilot: RatePilot, _ real: [Double], at reference: Double, halving: Double) -> (
        Double, [Double]
    ) {
        var pilot = pilot
        var (sum, factors) = (0.0, [Double]())
        var begun: [(Int, Double)] = []
        for place in real.indices {
            begun.append((place, pilot.factor))
            factors.append(pilot.factor)
            guard begun.count > 3 || place == real.count - 1 else { continue }
            repeat {
                let (place, factor) = begun.removeFirst()
                let bytes = real[place] * exp2((reference - factor) / halving)
                sum += bytes
                pilot.note(place: place, bytes: bytes, at: factor)
            } while place == real.count - 1 && !begun.isEmpty
        }
        return (sum, factors)
    }

    @Test(arguments: [90, 300, 2000], [0.7, 1.0, 1.5]) func `the pilot comes to its budget, and not over it`(
        count: Int, scale: Double
    ) {
        // Easy, then hard, then easy; the survey is wrong by a scale, and everywhere by a third up or down.
        let weights = (0..<count).map { (place: Int) -> Double in
            (place * 3 / count == 1 ? 9000 : 3000) * (place % 4 == 0 ? 3 : 0.7)
        }
        let real = weights.enumerated().map { $1 * scale * ($0 * 7 % 10 < 5 ? 1.3 : 0.75) }
        let budget = weights.reduce(0, +) * 0.6
        let pilot = RatePilot(weights: weights, reference: 28, scale: 1, trust: 24, budget: budget, ceiling: 17)
        let (sum, factors) = flown(pilot, real, at: 28, halving: 5.3)
        #expect(sum <= budget * 1.001)
        #expect(sum > budget * (count < 100 ? 0.95 : 0.985))
        // It steers gently, and comes to rest.
        let settled = factors[(count / 3)..<(count * 9 / 10)]
        #expect((settled.max() ?? 0) - (settled.min() ?? 0) < 3)
    }

    @Test func `the pilot stays at the ceiling where there are bytes enough`() {
        let weights = [Double](repeating: 1000, count: 200)
        let pilot = RatePilot(weights: weights, reference: 17, scale: 1, trust: 24, budget: 1e6, ceiling: 17)
        let (sum, factors) = flown(pilot, weights, at: 17, halving: 6)
        #expect(sum == 200_000)
        #expect(Set(factors) == [17])
    }

    @Test func `the pilot knows what is begun, and does not spend it twice`() {
        // Groups of four, of which the first picture takes nearly all; two pictures are begun ahead.
        let count = 160
        let weights = [Double](repeating: 1000, count: count)
        var pilot = RatePilot(weights: weights, reference: 28, scale: 1.2, trust: 24, budget: 1e5, ceiling: 17)
        var order: [(place: Int, bytes: Double)] = [(0, 1000)]
        for first in stride(from: 4, to: count, by: 4) {
            order += [(first, 3400), (first - 2, 300), (first - 3, 150), (first - 1, 150)]
        }
        order += [(count - 1, 2000), (count - 3, 500), (count - 2, 500)]
        var factors: [Double] = []
        var spent = 0.0
        for (index, picture) in order.enumerated() {
            while factors.count < min(index + 3, order.count) { factors.append(pilot.factor) }
            // What a group takes follows from its first picture's factor.
            let first = order[...index].lastIndex { $0.place >= picture.place && $0.bytes >= 1000 } ?? index
            let bytes = picture.bytes * exp2((28 - factors[first]) / 6)
            spent += bytes
            pilot.note(place: picture.place, bytes: bytes, at: factors[first], flying: 2)
        }
        #expect(spent <= 1e5)
        #expect(spent > 0.985e5)
    }

    /// Found with a clip of real grain: 330 of its 402 kB had gone into the first 40 of 150 pictures, and the factor had
    /// swung between 19 and 34, since six steps were reckoned with where two halve the bytes.
    @Test func `films whose bytes fall steeply with the factor are coded evenly`() {
        let real = (0..<150).map { $0 % 4 == 0 ? 6000.0 : 2000 }
        let weights = [Double](repeating: 3000, count: 150)
        let pilot = RatePilot(
            weights: weights, reference: 25, scale: 1.5, trust: 24, budget: 450_000, ceiling: 17, halving: 2)
        let (sum, factors) = flown(pilot, real, at: 25, halving: 1.8)
        #expect(sum <= 450_000)
        #expect(sum > 440_000)
        let settled = factors[20..<140]
        #expect((settled.max() ?? 0) - (settled.min() ?? 0) < 1.5)
    }

    @Test(arguments: [0.5, 0.7, 1.0, 1.3, 1.6, 2.0])
    func `what the last group turns out to be single pictures make up for`(
        surprise: Double
    ) {
        // Groups of four, each of which is off by a sixth, and the last one by as much as is asked.
        let count = 106
        let lone = RatePilot.lone(of: count)
        var order: [(place: Int, bytes: Double)] = [(0, 1000)]
        for last in stride(from: 4, to: count - lone, by: 4) {
            let off = (last.isMultiple(of: 8) ? 1.15 : 0.85) * (last + 4 > count - lone ? surprise : 1)
            order += [(last, 3400 * off), (last - 2, 300 * off), (last - 3, 150 * off), (last - 1, 150 * off)]
        }
        let single = (order.map(\.place).max() ?? 0) + 1
        order += (single..<count).map { ($0, 1000) }
        var pilot = RatePilot(
            weights: [Double](repeating: 1000, count: count), reference: 28, scale: 1, trust: 24, budget: 90_000,
            ceiling: 17, lone: lone)
        var (spent, factors) = (0.0, [Double]())
        for (index, one) in order.enumerated() {
            while factors.count < min(index + 3, count) { factors.append(pilot.factor) }
            // What a group takes follows from its first picture's factor.
            let first = order[..<index].firstIndex { $0.place > one.place } ?? index
            let bytes = one.bytes * exp2((28 - factors[first]) / 6)
            spent += bytes
            pilot.note(place: one.place, bytes: bytes, at: factors[first], flying: min(2, count - index - 1))
        }
        // Twice of what was expected is more than five pictures can make up for, without becoming much worse.
        if surprise < 2 { #expect(spent <= 90_000) }
        #expect(spent > 0.99 * 90_000)
        let before = factors[count - lone - 1]
        #expect(factors.suffix(lone).allSatisfy { abs($0 - before) <= 4 }, "\(factors.suffix(lone + 1))")
    }

    @Test func `a film of a few pictures has few that stand alone`() {
        #expect([0, 3, 10, 19, 20, 1000].map(RatePilot.lone(of:)) == [0, 0, 2, 4, 5, 5])
    }

    // MARK: Once more as before

    @Test func `what is at the ceiling already is not asked to become better`() {
        // Two thirds at the ceiling: what is missing has to come from the last third.
        let earlier = (0..<90).map { place in
            EncodeLadder.Coded(place: place, bytes: 1000, factor: place < 60 ? 17 : 26, isKey: place == 0)
        }
        var replay = Replay(earlier, budget: 99_000, ceiling: 17, halving: 6, lone: 0)
        var spent = 0.0
        for one in earlier {
            let factor = max(replay.factor(flying: 0), 17)
            let bytes = one.bytes * exp2((one.factor - factor) / 6)
            spent += bytes
            replay.note(bytes: bytes, flying: 0)
        }
        #expect(spent <= 99_000)
        #expect(spent > 97_500)
    }
}
