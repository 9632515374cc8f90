import ReelMedia
import ReelModel
import Testing

@testable import ReelFit

struct `Decisions without a file` {
    private let size = Size(width: 1920, height: 1080)

    private func budget(_ limit: Int64) -> ByteBudget {
        ByteBudget(limit: limit, others: 0, frames: 900, otherPackets: 0, otherStreams: 0)
    }

    private func ladder(_ limit: Int64?) -> EncodeLadder {
        EncodeLadder(budget: limit.map { budget($0) }, seconds: 30, frames: 900, size: size)
    }

    private func attempt(_ ladder: EncodeLadder, _ fileBytes: Int64?) throws -> EncodeLadder.Attempt {
        guard case .encode(let attempt) = ladder.next(fileBytes: fileBytes) else {
            throw Failure(.notDone, subject: "ladder", problem: "no attempt", remedy: "\(ladder)")
        }
        return attempt
    }

    @Test func `without a limit one encode does`() throws {
        var ladder = ladder(nil)
        let first = try attempt(ladder, nil)
        #expect(first.mode == .quality(cap: nil))
        ladder.note(first, pictureBytes: 5)
        #expect(ladder.next(fileBytes: 6) == .accept(saturated: true))
    }

    @Test func `ample bytes take one encode that cannot be over`() throws {
        var ladder = ladder(200_000_000)
        let first = try attempt(ladder, nil)
        guard case .quality(let cap?) = first.mode else {
            Issue.record("\(first)")
            return
        }
        let most = cap.bitsPerSecond * 30 + cap.bufferBits / 2
        let share = budget(200_000_000).picture * 8
        #expect(most <= share)
        ladder.note(first, pictureBytes: 199_000_000)
        #expect(ladder.next(fileBytes: 199_500_000) == .accept(saturated: false))
    }

    @Test func `tight bytes are surveyed, aimed at, and aimed at again`() throws {
        var ladder = ladder(5_000_000)
        let survey = try attempt(ladder, nil)
        #expect(survey.isSurvey)
        ladder.note(survey, pictureBytes: 40_000_000)
        let second = try attempt(ladder, nil)
        guard case .rate(let rate, cap: nil) = second.mode else {
            Issue.record("\(second)")
            return
        }
        #expect(second.statistics == .read)
        #expect(second.preset == survey.preset)
        ladder.note(second, pictureBytes: 5_100_000)
        let third = try attempt(ladder, 5_150_000)
        guard case .rate(let less, cap: .some) = third.mode else {
            Issue.record("\(third)")
            return
        }
        #expect(less < rate)
        ladder.note(third, pictureBytes: 4_800_000)
        #expect(ladder.next(fileBytes: 4_900_000) == .accept(saturated: false))
        #expect(ladder.next(fileBytes: 5_000_001) == .giveUp)
    }

    @Test func `what a survey finds easy is coded at the ceiling`() throws {
        var ladder = ladder(5_000_000)
        let survey = try attempt(ladder, nil)
        ladder.note(survey, pictureBytes: 1_000_000)
        let second = try attempt(ladder, nil)
        #expect(second.mode == .quality(cap: nil))
        ladder.note(second, pictureBytes: 1_100_000)
        #expect(ladder.next(fileBytes: 1_150_000) == .accept(saturated: true))
    }

    @Test func `no room for a picture is told at once`() { #expect(ladder(30_000).next(fileBytes: nil) == .giveUp) }

    // MARK: Times

    private func timing(_ times: [Int64], _ unit: Int64) throws -> FrameTiming {
        FrameTiming(times: times, timeBase: try #require(Rational(1, unit)), told: [])
    }

    @Test func `a constant rate is known through milliseconds`() throws {
        let rate = try #require(Rational(30000, 1001))
        let milliseconds = (0..<300).map { (frame: Int) -> Int64 in Int64((Double(frame) * 1001 / 30).rounded()) }
        #expect(try timing(milliseconds, 1000) == .constant(rate))
        #expect(try timing((0..<50).map { Int64($0) * 3600 }, 90_000) == .constant(Rational(25)))
        #expect(try timing([0, 40, 80, 160, 200, 240, 280], 1000) == .constant(Rational(25)))
        #expect(try timing([0, 40, 95, 160, 177, 240, 310], 1000) == .variable)
    }

    @Test func `each frame has a time of its own on the grid`() throws {
        var clock = FrameClock(.constant(Rational(25)))
        let times = [0.0, 0.0401, 0.0799, 0.16, 0.16].map { clock.time($0) }
        #expect(clock.timeBase == Rational(1, 12_800))
        #expect(times == [0, 512, 1024, 2048, 2049])
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
