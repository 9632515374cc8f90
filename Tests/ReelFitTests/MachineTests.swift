import Foundation
import ReelMedia
import ReelModel
import Testing

@testable import ReelFit

struct `Decisions without a file` {
    private let size = Size(width: 1920, height: 1080)

    private func ladder(_ limit: Int64?, frames: Int = 900, besides: Int64 = 20_000) -> EncodeLadder {
        EncodeLadder(
            budget: limit.map { ByteBudget(limit: $0, besides: besides) }, frames: frames, size: size, ceiling: 17)
    }

    private func attempt(_ ladder: EncodeLadder) throws -> EncodeLadder.Attempt {
        guard case .encode(let attempt) = ladder.next() else {
            throw Failure(.notDone, subject: "ladder", problem: "no attempt", remedy: "\(ladder)")
        }
        return attempt
    }

    /// So many pictures that take equal bytes, in groups of 100.
    private func coded(_ count: Int, bytes: Double, factor: Double) -> [EncodeLadder.Coded] {
        (0..<count).map { .init(place: $0, bytes: bytes / Double(count), factor: factor, isKey: $0 % 100 == 0) }
    }

    private func isAccepted(_ ladder: EncodeLadder, saturated: Bool) -> Bool {
        if case .accept(saturated) = ladder.next() { true } else { false }
    }

    @Test func `without a limit one encode does, at the ceiling`() throws {
        var ladder = ladder(nil)
        let first = try attempt(ladder)
        #expect(first.extent == .whole)
        #expect(first.pilot.factor == 17)
        ladder.note(first, coded: coded(900, bytes: 5e6, factor: 17), fileBytes: 6_000_000)
        #expect(isAccepted(ladder, saturated: true))
    }

    @Test func `ample bytes are not surveyed`() throws {
        let first = try attempt(ladder(200_000_000))
        #expect(first.extent == .whole)
        #expect(first.pilot.factor == 17)
    }

    @Test func `tight bytes are surveyed, then filled`() throws {
        var ladder = ladder(5_000_000)
        let survey = try attempt(ladder)
        #expect(survey.extent == .survey)
        ladder.note(survey, coded: coded(900, bytes: 4.9e6, factor: 30), fileBytes: nil)
        #expect(ladder.count == 0)
        let first = try attempt(ladder)
        #expect(first.extent == .whole)
        #expect(first.preset == .medium)
        #expect((28...32).contains(first.pilot.factor))
        ladder.note(first, coded: coded(900, bytes: 4.96e6, factor: 30), fileBytes: 4_980_000)
        #expect(isAccepted(ladder, saturated: false))
        #expect(ladder.count == 1)
    }

    @Test func `what is over costs the last groups, not the film`() throws {
        var ladder = ladder(5_000_000)
        let survey = try attempt(ladder)
        ladder.note(survey, coded: coded(900, bytes: 4.9e6, factor: 30), fileBytes: nil)
        let first = try attempt(ladder)
        ladder.note(first, coded: coded(900, bytes: 4.99e6, factor: 30), fileBytes: 5_010_000)
        let second = try attempt(ladder)
        #expect(second.extent == .from(800))
        let before = 4.99e6 / 9
        let budget = try #require(second.pilot.budget)
        #expect(budget < before - 10_000 && budget > before * 0.95)
        // A shorter film, no larger than it may be, is taken.
        ladder.note(second, coded: coded(100, bytes: budget, factor: 30.3), fileBytes: 4_990_000)
        #expect(isAccepted(ladder, saturated: false))
        #expect(ladder.count == 2)
    }

    @Test func `nothing is coded more than three times, and what is over is never taken`() throws {
        var ladder = ladder(5_000_000)
        let survey = try attempt(ladder)
        ladder.note(survey, coded: coded(900, bytes: 4.9e6, factor: 30), fileBytes: nil)
        for _ in 0..<3 {
            let next = try attempt(ladder)
            ladder.note(next, coded: coded(900, bytes: 6e6, factor: 51), fileBytes: 6_020_000)
        }
        guard case .giveUp = ladder.next() else { throw Failure.init(.notDone, subject: "", problem: "", remedy: "") }
    }

    @Test func `what reaches the ceiling is saturated, however much is left`() throws {
        var ladder = ladder(50_000_000)
        let survey = try attempt(ladder)
        ladder.note(survey, coded: coded(900, bytes: 1e6, factor: 17), fileBytes: nil)
        let first = try attempt(ladder)
        #expect(first.pilot.factor == 17)
        ladder.note(first, coded: coded(900, bytes: 1.1e6, factor: 17), fileBytes: 1_150_000)
        #expect(isAccepted(ladder, saturated: true))
    }

    @Test func `a film of which part is at the ceiling is not saturated, however little it fills`() throws {
        var ladder = ladder(5_000_000)
        let survey = try attempt(ladder)
        ladder.note(survey, coded: coded(900, bytes: 4.9e6, factor: 30), fileBytes: nil)
        let half = coded(900, bytes: 2e6, factor: 17).map { picture in
            var picture = picture
            if picture.place >= 600 { picture.factor = 30 }
            return picture
        }
        for bytes: Int64 in [6_020_000, 6_010_000, 2_020_000] {
            let next = try attempt(ladder)
            guard case .whole = next.extent else {
                ladder.note(next, coded: Array(half.suffix(900 - 800)), fileBytes: bytes)
                continue
            }
            ladder.note(next, coded: half, fileBytes: bytes)
        }
        #expect(isAccepted(ladder, saturated: false))
    }

    @Test func `no room for a picture is told at once`() {
        guard case .giveUp = ladder(20_000).next() else {
            Issue.record("it goes on")
            return
        }
    }

    // MARK: The pilot

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

    @Test func `the pictures that are coded together share their bytes`() {
        func one(_ place: Int, _ bytes: Double, isKey: Bool = false) -> EncodeLadder.Coded {
            .init(place: place, bytes: bytes, factor: 30, isKey: isKey)
        }
        let coded = [one(0, 900, isKey: true), one(4, 300), one(2, 60), one(1, 20), one(3, 20), one(5, 50)]
        let (weights, reference) = EncodeLadder.weights(coded, count: 6)
        #expect(reference == 30)
        #expect(weights == [900, 100, 100, 100, 100, 50])
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

    // MARK: Films too short to steer

    /// Bytes at a factor, where noise comes in below 32.
    private func taken(_ factor: Double) -> Double {
        8000 * exp2((38 - factor) / 7) + (factor < 32 ? 4000 * exp2((32 - factor) / 1.6) - 4000 : 0)
    }

    @Test(arguments: [6000.0, 20_000, 90_000]) func `the one factor is found in few steps`(_ goal: Double) throws {
        var search = FactorSearch()
        var factor = 30.0
        for _ in 0..<6 {
            search.note(factor: factor, bytes: taken(factor))
            factor = try #require(search.factor(bytes: goal))
        }
        #expect(abs(taken(factor) / goal - 1) < 0.02)
    }

    @Test func `ten pictures are coded at one factor`() throws {
        var ladder = ladder(60_000, frames: 10, besides: 2000)
        var extents: [EncodeLadder.Attempt.Extent] = []
        while case .encode(let next) = ladder.next() {
            extents.append(next.extent)
            #expect(next.pilot.budget == nil)
            let bytes = taken(next.pilot.factor)
            ladder.note(
                next, coded: coded(10, bytes: bytes, factor: next.pilot.factor),
                fileBytes: next.extent == .survey ? nil : Int64(bytes) + 2000)
        }
        #expect(isAccepted(ladder, saturated: false))
        #expect(extents.count { $0 == .whole } <= 3 && extents.count <= 7)
        let best = try #require(ladder.best)
        #expect(best.bytes <= 60_000 && best.bytes > 58_000)
    }

    @Test func `what is left out at the end is the least that does`() {
        #expect(TailCut.count([900, 300, 60, 20], excess: 70, most: 3) == 2)
        #expect(TailCut.count([900, 300, 60, 20], excess: 20, most: 3) == 1)
        #expect(TailCut.count([900, 300, 60, 20], excess: 400, most: 3) == nil)
        #expect(TailCut.most(of: 1000, pace: 0.04) == 12)
        #expect(TailCut.most(of: 40, pace: 0.04) == 5)
        #expect(TailCut.most(of: 3, pace: 0.04) == 1)
        #expect(TailCut.most(of: 1, pace: 0.04) == 0)
    }

    // MARK: The size

    /// The size that the search ends with, where similarity and bytes are given by a rule.
    private func chosen(
        _ needed: Double, surveyed: Double? = nil, _ rule: (Double, Double) -> SizeSearch.Result
    ) -> (scale: Int, trials: Int) {
        var search = SizeSearch(needed: needed, surveyed: surveyed ?? needed, count: SizeSearch.scales.count)
        for trials in 0..<20 {
            switch search.next() {
            case .measure(let trial): search.note(trial, rule(SizeSearch.scales[trial.scale], trial.factor))
            case .choose(let scale, _): return (scale, trials)
            }
        }
        return (-1, 20)
    }

    @Test(arguments: [(30.0, 1.0), (35, 0.667), (40, 0.5), (46, 0.333)]) func `the best size is found in few trials`(
        needed: Double, best: Double
    ) {
        let found = chosen(needed) { scale, factor in
            // Best at one size, worse on both sides of it, and worse the coarser it is coded.
            let decibels = 12 - abs(log2(scale / best)) * 3 - (factor - needed - 8.4 * log2(scale)) * 0.25
            return SizeSearch.Result(
                bytes: 1e5 * exp2((needed - factor) / 6) * pow(scale, 1.4), similarity: 1 - pow(10, -decibels / 10))
        }
        #expect(SizeSearch.scales[found.scale] == best)
        #expect(found.trials <= 9)
    }

    @Test func `bytes that hardly follow the factor do not mislead the search`() {
        // Faint noise: two steps of the factor are a quarter of the bytes, so that what is inferred from afar is wrong.
        let found = chosen(40, surveyed: 36) { scale, factor in
            SizeSearch.Result(
                bytes: 1e5 * exp2((36 - factor) / 1.2) * pow(scale, 1.4),
                similarity: 1 - pow(10, -(8 + 2 * log2(scale) - (factor - 36) * 0.1) / 10))
        }
        #expect(found.scale == 0)
    }

    @Test func `where there are bytes enough no size is tried`() {
        let found = chosen(24) { _, _ in SizeSearch.Result(bytes: 1, similarity: 0) }
        #expect(found.scale == 0)
        #expect(found.trials == 0)
    }

    @Test func `samples are taken where the bytes are`() {
        let bytes = (0..<100).map { $0 < 50 ? 1.0 : 100.0 }
        let places = PictureSamples.places(bytes, stretches: 2, length: 10)
        #expect(places.count == 2)
        #expect(places.allSatisfy { $0.count == 10 && $0.lowerBound >= 50 })
        #expect(places[0].upperBound <= places[1].lowerBound)
    }

    // MARK: Coded pictures

    @Test func `start codes become four bytes, and x264's own note is left out`() {
        func normalized(_ bytes: [UInt8]) -> [UInt8] {
            bytes.withUnsafeBytes { AccessUnit.normalized($0) { [UInt8]($0) } }
        }
        #expect(normalized([0, 0, 0, 1, 0x41, 9, 0, 0, 3, 1]) == [0, 0, 0, 1, 0x41, 9, 0, 0, 3, 1])
        #expect(normalized([0, 0, 1, 0x06, 5, 5, 0, 0, 0, 1, 0x65, 7]) == [0, 0, 0, 1, 0x65, 7])
        #expect(normalized([0, 0, 1, 0x65, 7, 0, 0, 1, 0x65, 8]) == [0, 0, 0, 1, 0x65, 7, 0, 0, 0, 1, 0x65, 8])
    }

    // MARK: Images

    @Test func `quality is searched before size`() {
        var search = StillSearch(limit: 1000, isLossless: false)
        var attempt = search.first()
        var tried: [Int] = []
        while true {
            tried.append(attempt.quality)
            switch search.next(attempt, bytes: Int64(4000 / attempt.quality)) {
            case .encode(let next): attempt = next
            case .accept(let best):
                #expect(best == StillSearch.Attempt(quality: 4, scale: 1))
                #expect(tried == [2, 10, 6, 4, 3])
                return
            case .giveUp:
                Issue.record("\(tried)")
                return
            }
        }
    }

    @Test func `a size that can never do is given up`() {
        var search = StillSearch(limit: 10, isLossless: true)
        var attempt = search.first()
        for _ in 0..<20 {
            switch search.next(attempt, bytes: 100_000) {
            case .encode(let next): attempt = next
            case .accept: Issue.record("\(attempt)")
            case .giveUp: return
            }
        }
        Issue.record("it never ends")
    }
}
