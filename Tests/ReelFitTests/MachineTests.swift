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

    @Test func `a survey that had to look for its factor is made once more, from where it ended`() throws {
        var ladder = ladder(500_000, frames: 200)
        let survey = try attempt(ladder)
        // Grain: the bytes come only at factors that are far worse than is usual for so many bits.
        let wandering = (0..<200).map { place -> EncodeLadder.Coded in
            .init(place: place, bytes: 2400, factor: 16 + Double(min(place, 50)) * 0.2, isKey: place == 0)
        }
        ladder.note(survey, coded: wandering, fileBytes: nil)
        #expect(ladder.hasWandered)
        let second = try attempt(ladder)
        #expect(second.extent == .survey)
        #expect(second.pilot.factor == 26)
        ladder.note(second, coded: coded(200, bytes: 480_000, factor: 26), fileBytes: nil)
        #expect(!ladder.hasWandered)
        #expect(try attempt(ladder).extent == .whole)
    }

    @Test func `what samples of the chosen size came to is where the coding begins`() throws {
        var ladder = ladder(500_000, frames: 200)
        let survey = try attempt(ladder)
        ladder.note(survey, coded: coded(200, bytes: 480_000, factor: 40), fileBytes: nil)
        ladder.resize(pixels: 0.25, RateCurve(factor: 27, share: 2, halving: 3))
        let needed = try #require(ladder.needed)
        #expect(abs(needed - 30) < 1e-9)
        let first = try attempt(ladder)
        #expect(first.extent == .whole)
        // A little is kept free for what the last group may come to.
        #expect((30...30.3).contains(first.pilot.factor))
    }

    @Test func `no room for a picture is told at once`() {
        guard case .giveUp = ladder(20_000).next() else {
            Issue.record("it goes on")
            return
        }
    }

    // MARK: What is known of pictures

    @Test func `the pictures that are coded together share their bytes`() {
        func one(_ place: Int, _ bytes: Double, isKey: Bool = false) -> EncodeLadder.Coded {
            .init(place: place, bytes: bytes, factor: 30, isKey: isKey)
        }
        let coded = [one(0, 900, isKey: true), one(4, 300), one(2, 60), one(1, 20), one(3, 20), one(5, 50)]
        let (weights, reference) = EncodeLadder.weights(coded, count: 6, halving: 6)
        #expect(reference == 30)
        #expect(weights == [900, 100, 100, 100, 100, 50])
    }

    @Test func `ten pictures are coded at one factor`() throws {
        var ladder = ladder(60_000, frames: 10, besides: 2000)
        var extents: [EncodeLadder.Attempt.Extent] = []
        while case .encode(let next) = ladder.next() {
            extents.append(next.extent)
            #expect(next.pilot.budget == nil)
            let bytes = `The search for a size and for a factor`.taken(next.pilot.factor)
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

    @Test func `samples are taken where the bytes are`() {
        let bytes = (0..<100).map { $0 < 50 ? 1.0 : 100.0 }
        let places = PictureSamples.places(bytes, stretches: 2, length: 10)
        #expect(places.count == 2)
        #expect(places.allSatisfy { $0.count == 10 && $0.lowerBound >= 50 })
        #expect(places[0].upperBound <= places[1].lowerBound)
    }

    @Test(arguments: 90...100) func `samples begin with a picture that stays where every second is kept`(_ count: Int) {
        for length in [12, 15, 24] {
            let places = PictureSamples.places([Double](repeating: 1, count: count), stretches: 2, length: length)
            #expect(places.count == 2)
            #expect(places.allSatisfy { $0.lowerBound % 2 == 0 && $0.upperBound <= count })
            #expect(places[0].upperBound <= places[1].lowerBound)
        }
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
