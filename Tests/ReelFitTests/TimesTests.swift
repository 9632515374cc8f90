import ReelMedia
import ReelModel
import Testing

@testable import ReelFit

struct `When pictures are decoded and shown` {
    @Test func `pictures are decoded as late as all before them can be shown, whatever times a file claims`() throws {
        func stamps(_ times: [Int64], delay: Int) throws -> [PictureTimes.Stamp] {
            var entry = StreamCensus.Entry()
            (entry.times, entry.packets, entry.delay, entry.lacksDecodingTimes) = (times, times.count, delay, true)
            let unit = try #require(Rational(1, 1000))
            let made = try #require(PictureTimes(of: entry, source: unit, told: [Rational(30)]))
            return times.enumerated().map { made.stamp($0, shown: $1, from: 0) }
        }
        // Thirty frames a second, rounded to milliseconds: 512 ticks of 1/15360 s each.
        let even = try stamps([0, 33, 67, 100], delay: 1)
        #expect(even.map(\.presentation) == [0, 512, 1024, 1536])
        #expect(even.map(\.decoding) == [-512, 0, 512, 1024])
        #expect(even.map(\.duration) == [512, 512, 512, 512])
        // As far apart as the numbers go; nothing is to be said of them but that they are survived.
        #expect(try stamps([.min, 0, .max], delay: 1).count == 3)
    }

    @Test func `decoding times rise and are never late`() {
        func picture(_ time: Int64) -> CodedPictures.Picture { .init(offset: 0, bytes: 1, time: time, isKey: false) }
        let pictures = [0, 4, 2, 1, 3, 8, 6, 5, 7, 9].map { picture($0 * 512) }
        let decoded = CodedPictures.Picture.decodingTimes(pictures)
        #expect(zip(decoded, decoded.dropFirst()).allSatisfy { $0 < $1 })
        #expect(zip(pictures, decoded).allSatisfy { $0.time >= $1 })
        #expect(decoded == [-1024, -512, 0, 512, 1024, 1536, 2048, 2560, 3072, 3584])
        #expect(CodedPictures.Picture.decodingTimes([picture(7)]) == [7])
    }

    @Test func `frames are left out evenly`() throws {
        var picker = FramePicker(rate: Rational(30), first: nil)
        let kept = (0..<60).compactMap { picker.place(5 + Double($0) / 60) }
        #expect(kept.count == 30)
        #expect(zip(kept, kept.dropFirst()).allSatisfy { abs($1 - $0 - 1.0 / 30) < 1e-9 })
    }

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
}
