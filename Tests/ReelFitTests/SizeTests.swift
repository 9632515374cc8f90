import Foundation
import Testing

@testable import ReelFit

struct `The search for a size and for a factor` {
    /// The size that the search ends with, where similarity and bytes are given by a rule.
    private func chosen(
        aim: Double = 1e5, guess: Double, _ rule: (Double, Double) -> SampledFactors.Result
    ) -> (scale: Int, curve: RateCurve?, trials: Int) {
        var search = SizeSearch(aim: aim, guess: guess, count: SizeSearch.scales.count)
        for trials in 0..<20 {
            switch search.next() {
            case .measure(let trial): search.note(trial, rule(SizeSearch.scales[trial.scale], trial.factor))
            case .choose(let choice): return (choice.scale, choice.curve, trials)
            }
        }
        return (-1, nil, 20)
    }

    @Test(arguments: [(30.0, 1.0), (35, 0.667), (40, 0.5), (46, 0.333)]) func `the best size is found in few trials`(
        needed: Double, best: Double
    ) throws {
        let found = chosen(guess: needed + 1.5) { scale, factor in
            // Best at one size, worse on both sides of it, and worse the coarser it is coded.
            let decibels = 12 - abs(log2(scale / best)) * 3 - (factor - needed - 8.4 * log2(scale)) * 0.25
            return SampledFactors.Result(
                bytes: 1e5 * exp2((needed - factor) / 6) * pow(scale, 1.4), similarity: 1 - pow(10, -decibels / 10))
        }
        #expect(SizeSearch.scales[found.scale] == best)
        #expect(found.trials <= 9)
        let curve = try #require(found.curve)
        #expect(abs(curve.needed - (needed + 8.4 * log2(best))) < 0.3)
    }

    @Test func `bytes that hardly follow the factor do not mislead the search`() throws {
        // Faint noise: two steps of the factor are a quarter of the bytes, so that what is inferred from afar is wrong.
        let found = chosen(guess: 40) { scale, factor in
            SampledFactors.Result(
                bytes: 1e5 * exp2((36 - factor) / 1.2) * pow(scale, 1.4),
                similarity: 1 - pow(10, -(8 + 2 * log2(scale) - (factor - 36) * 0.1) / 10))
        }
        #expect(found.scale == 0)
        let curve = try #require(found.curve)
        #expect(abs(curve.needed - 36) < 0.2)
        #expect(abs(curve.halving - 1.2) < 0.2)
    }

    @Test func `where there are bytes enough no other size is tried`() {
        let found = chosen(guess: 24) { _, factor in
            SampledFactors.Result(bytes: 1e5 * exp2((24 - factor) / 6), similarity: 0.9)
        }
        #expect(found.scale == 0)
        #expect(found.trials == 1)
        #expect(found.curve == RateCurve(factor: 24, share: 1, halving: RatePilot.halving))
    }

    // MARK: One factor for all

    /// Bytes at a factor, where noise comes in below 32.
    static func taken(_ factor: Double) -> Double {
        8000 * exp2((38 - factor) / 7) + (factor < 32 ? 4000 * exp2((32 - factor) / 1.6) - 4000 : 0)
    }

    @Test(arguments: [6000.0, 20_000, 90_000]) func `the one factor is found in few steps`(_ goal: Double) throws {
        var search = FactorSearch()
        var factor = 30.0
        for _ in 0..<6 {
            search.note(factor: factor, bytes: Self.taken(factor))
            factor = try #require(search.factor(bytes: goal))
        }
        #expect(abs(Self.taken(factor) / goal - 1) < 0.02)
    }

    @Test func `how steeply bytes fall is told between the points, and less surely beyond them`() throws {
        var search = FactorSearch()
        for factor in [26.0, 30, 44, 48] { search.note(factor: factor, bytes: Self.taken(factor)) }
        // Noise between 26 and 30, and hardly anything but the picture's own bytes from 44 on.
        let steep = try #require(search.halving(bytes: Self.taken(28)))
        #expect(steep < 3)
        let flat = try #require(search.halving(bytes: Self.taken(46)))
        #expect(abs(flat - 7) < 0.1)
        let beyond = try #require(search.halving(bytes: Self.taken(50)))
        #expect(beyond == RatePilot.halving)
        #expect(FactorSearch().halving(bytes: 1000) == nil)
    }
}
