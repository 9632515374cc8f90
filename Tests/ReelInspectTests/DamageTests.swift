import Foundation
import ReelInspect
import ReelMedia
import ReelModel
import ReelTestSupport
import Testing

/// What `ffprobe` and a plain decode call whole: files that are not.
struct `Damage is found, with its place` {
    let folder: TemporaryFolder
    let whole: String

    init() throws {
        folder = try TemporaryFolder()
        whole = try folder.makeFilm(
            "whole.mp4", ["-c:v", "libx264", "-g", "50", "-b:v", "800k", "-c:a", "aac", "-movflags", "+faststart"])
    }

    @Test func `cut at 60 %`() throws {
        let path = try folder.damage(whole, as: "cut.mp4") { $0 = $0.prefix($0.count * 6 / 10) }
        let measured = try #require(try inspect(path, .frames).measured)
        #expect(measured.faultCount > 0)
        let video = try #require(measured.stream(0))
        #expect(video.frames < 150)
        let missing = measured.faults.filter { $0.message.hasPrefix("the index lists") }
        #expect(Set(missing.map(\.stream)) == [0, 1])
        // The fault is placed where the stream ends.
        let end = try #require(video.span?.end)
        #expect(missing.contains { $0.stream == 0 && abs(($0.time ?? -1) - end) < 0.2 })
    }

    @Test func `10 % zeroed, in the middle`() throws {
        let path = try folder.damage(whole, as: "zeroed.mp4") { data in
            let range = data.count / 2..<data.count * 6 / 10
            data.replaceSubrange(range, with: Data(count: range.count))
        }
        let measured = try #require(try inspect(path, .frames).measured)
        let times = measured.faults.compactMap(\.time)
        #expect(!times.isEmpty)
        // Half of the bytes are played after about half of the time, and decoding went on to the end.
        #expect(times.allSatisfy { (1.5...5.0).contains($0) }, "\(times)")
        #expect(measured.stream(0)?.span?.end == 6)
        #expect(measured.stream(0).map { $0.packets } == 150)
    }

    @Test func `200 bits flipped`() throws {
        let path = try folder.damage(whole, as: "flipped.mp4") { data in
            var state: UInt32 = 1
            for _ in 0..<200 {
                state = state &* 1_664_525 &+ 1_013_904_223
                let place = data.count / 4 + Int(state % UInt32(data.count / 2))
                data[place] ^= 1 << UInt8(state >> 28 & 7)
            }
        }
        let measured = try #require(try inspect(path, .frames).measured)
        #expect(measured.faultCount >= 10)
        #expect(measured.faults.allSatisfy { $0.stream != nil && !$0.message.isEmpty })
    }

    @Test func `sound that ends early is measured so`() throws {
        let path = try folder.make(
            "short.mp4",
            [
                "-i", whole, "-f", "lavfi", "-i", "sine=d=3.5", "-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a",
                "aac",
            ])
        let facts = try inspect(path, .frames)
        #expect(facts.measured?.faultCount == 0)
        #expect(facts.duration.value == 6)
        #expect(abs((facts.mainAudio?.duration.value ?? 0) - 3.5) < 0.03)
    }

    @Test func `damage is told the same way each time`() throws {
        let path = try folder.damage(whole, as: "zeroed.mp4") { data in
            data.replaceSubrange(data.count / 2..<data.count / 2 + 4096, with: Data(count: 4096))
        }
        #expect(try inspect(path, .frames) == inspect(path, .frames))
    }

    @Test(arguments: [0.02, 0.3, 0.9])
    func `a cut transport stream or Matroska file ends where its bytes end`(share: Double) throws {
        for name in ["a.ts", "a.mkv"] {
            let full = try folder.make(name, ["-i", whole, "-c", "copy"])
            let path = try folder.damage(full, as: "cut-\(name)") { $0 = $0.prefix(Int(Double($0.count) * share)) }
            let facts = try inspect(path, .frames)
            #expect((facts.measured?.stream(0)?.frames ?? 0) < 150)
        }
    }

    @Test func `work that is cancelled ends as interrupted`() throws {
        let cancellation = Cancellation()
        cancellation.cancel()
        let failure = #expect(throws: Failure.self) { try inspect(whole, .frames, cancellation: cancellation) }
        #expect(failure?.kind == .interrupted)
    }

    @Test func `progress goes to the end and never back`() throws {
        let descriptor = open(whole, O_RDONLY)
        defer { close(descriptor) }
        var told: [Double] = []
        _ = try Inspector.facts(
            of: descriptor, name: whole, scope: Scope(depth: .frames), progress: { told.append($0) })
        #expect(told == told.sorted())
        #expect(told.last == 1)
        #expect(told.count > 20)
    }
}
