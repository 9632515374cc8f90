import Foundation
import ReelInspect
import ReelModel
import ReelTestSupport
import Testing

/// Damage that shows without decoding, in a file whose header is whole.
struct `Damage is found in the packets` {
    let folder: TemporaryFolder
    let whole: String

    init() throws {
        folder = try TemporaryFolder()
        whole = try folder.makeFilm(
            "whole.mp4", ["-c:v", "libx264", "-g", "50", "-b:v", "800k", "-c:a", "aac", "-movflags", "+faststart"])
    }

    private func faults(_ path: String, _ kind: StructureFault.Kind) throws -> [StructureFault] {
        try #require(try inspect(path, .packets).structureFaults.value).filter { $0.kind == kind }
    }

    @Test func `a whole file has none, at either depth`() throws {
        for depth in [Depth.packets, .frames] {
            #expect(try inspect(whole, depth).structureFaults == .known([]))
        }
    }

    @Test func `cut at 60 %: the index promises more than there is`() throws {
        let path = try folder.damage(whole, as: "cut.mp4") { $0 = $0.prefix($0.count * 6 / 10) }
        let found = try faults(path, .samplesOutsideFile)
        #expect(Set(found.map(\.stream)) == [0, 1])
        #expect(found.allSatisfy { (2.0...5.0).contains($0.time ?? -1) })
    }

    @Test func `10 % zeroed: one range, its place, length and time`() throws {
        var hole = 0..<0
        let path = try folder.damage(whole, as: "zeroed.mp4") { data in
            hole = data.count / 2..<data.count * 6 / 10
            data.replaceSubrange(hole, with: Data(count: hole.count))
        }
        let found = try faults(path, .zeroedRange)
        #expect(found.count == 1)
        // Zeros of the file's own may stand at the edges.
        #expect(abs((found.first?.offset ?? 0) - Int64(hole.lowerBound)) < 16)
        #expect(abs((found.first?.bytes ?? 0) - Int64(hole.count)) < 32)
        #expect((1.5...5.0).contains(found.first?.time ?? -1))
    }

    @Test func `a page of zeros is found, less is not told`() throws {
        for (size, count) in [(8192, 1), (2048, 0)] {
            // Pictures of noise are large enough to hold the whole page.
            let film = try folder.make(
                "noise.mp4",
                [
                    "-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=1,noise=alls=80:allf=t", "-c:v", "libx264", "-qp",
                    "18",
                    "-movflags", "+faststart",
                ])
            let path = try folder.damage(film, as: "page-\(size).mp4") { data in
                let start = data.count * 3 / 4
                data.replaceSubrange(start..<start + size, with: Data(count: size))
            }
            #expect(try faults(path, .zeroedRange).count == count)
        }
    }

    @Test func `bytes flipped where packets are put together`() throws {
        let places = try Self.places(of: whole)
        let path = try folder.damage(whole, as: "flipped.mp4") { data in
            // The length of a NAL unit, the header of another, and a block of sound.
            data[places.video[40]] ^= 0x40
            data[places.video[90] + 4] ^= 0x80
            data[places.audio[100]] ^= 0xE0
        }
        let found = try faults(path, .brokenFraming)
        #expect(found.contains { $0.stream == 0 && $0.offset == Int64(places.video[40]) })
        #expect(found.contains { $0.stream == 0 && $0.offset == Int64(places.video[90]) })
        #expect(found.contains { $0.stream == 1 })
    }

    @Test func `a picture that is missing shows in the numbers`() throws {
        // Copying by key frames leaves whole packets out: the container is sound, the stream is not.
        let plain = try folder.make(
            "plain.mp4", ["-i", whole, "-an", "-c:v", "libx264", "-bf", "0", "-g", "500", "-preset", "ultrafast"])
        let path = try folder.make(
            "fewer.mp4", ["-i", plain, "-c", "copy", "-bsf:v", "noise=drop='eq(n\\,60)'"])
        #expect(try faults(path, .brokenFraming).contains { $0.detail.contains("picture number") })
    }

    @Test func `sound that ends early shows in the spans`() throws {
        let path = try folder.make(
            "short.mp4",
            [
                "-i", whole, "-f", "lavfi", "-i", "sine=d=3.5", "-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a",
                "aac", "-movflags", "+faststart",
            ])
        let facts = try inspect(path, .packets)
        #expect(facts.structureFaults == .known([]))
        #expect(facts.packets(of: 0)?.span?.end == 6)
        #expect(abs((facts.packets(of: 1)?.span?.end ?? 0) - 3.5) < 0.03)
    }

    @Test func `packets of any bytes are read to their end`() throws {
        // Each codec's own packets, with every tenth byte changed: nothing may stop the reading.
        for (name, codecs) in [
            ("a.mp4", "-c:v libx264 -c:a aac"),
            ("b.mkv", "-c:v libx265 -preset ultrafast -x265-params log-level=none -an"),
            ("c.mkv", "-c:v libvpx -deadline realtime -c:a ac3"), ("d.ts", "-c:v mpeg2video -c:a mp2"),
            ("e.mp4", "-c:v libsvtav1 -preset 12 -an"), ("f.webm", "-c:v libvpx-vp9 -deadline realtime -c:a libopus"),
        ] {
            let film = try folder.makeFilm(name, codecs.split(separator: " ").map(String.init) + ["-t", "1"])
            let path = try folder.damage(film, as: "any-\(name)") { data in
                var state: UInt32 = 7
                for place in stride(from: data.count / 3, to: data.count * 2 / 3, by: 10) {
                    state = state &* 1_664_525 &+ 1_013_904_223
                    data[place] = UInt8(state >> 24)
                }
            }
            let facts = try inspect(path, .packets)
            #expect(facts.packets?.isEmpty == false)
            #expect(try inspect(path, .packets) == facts)
        }
    }

    /// Where the packets lie, as ffprobe tells.
    private static func places(of path: String) throws -> (video: [Int], audio: [Int]) {
        let lines = try ExternalTool.ffprobe.run(
            ["-v", "error", "-show_entries", "packet=stream_index,pos", "-of", "csv=p=0", path]
        ).output.split(separator: "\n")
        let pairs = lines.map { $0.split(separator: ",").compactMap { Int($0) } }.filter { $0.count == 2 }
        return (pairs.filter { $0[0] == 0 }.map { $0[1] }, pairs.filter { $0[0] == 1 }.map { $0[1] })
    }
}
