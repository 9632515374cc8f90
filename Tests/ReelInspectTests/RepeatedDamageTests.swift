import Foundation
import ReelInspect
import ReelMedia
import ReelModel
import ReelTestSupport
import Testing

/// Damage that several decoding threads tell in another order each time, or in part, or not at all.
struct `The same damage has the same facts` {
    private static let repeats = 6
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A film of two seconds with a tenth of its bytes zeroed, and 40 bits flipped in the rest of its middle.
    private func damaged(_ type: String, _ codecs: [String]) throws -> String {
        let whole = try folder.make(
            "whole.\(type)",
            ["-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=2", "-f", "lavfi", "-i", "sine=440:r=48000:d=2"] + codecs)
        return try folder.damage(whole, as: "damaged.\(type)") { data in
            let zeroed = data.count / 2..<data.count * 6 / 10
            data.replaceSubrange(zeroed, with: Data(count: zeroed.count))
            var state: UInt32 = 5
            for _ in 0..<40 {
                state = state &* 1_664_525 &+ 1_013_904_223
                data[data.count / 4 + Int(state >> 8) % (data.count / 2)] ^= 1 << UInt8(state >> 29)
            }
        }
    }

    /// What the command says of a file that it decodes with one thread, without who says it.
    private func lines(_ path: String) throws -> Set<String> {
        let words = try ExternalTool.ffmpeg.run([
            "-v", "error", "-err_detect", "crccheck+bitstream+buffer", "-threads", "1", "-i", path, "-f", "null", "-",
        ]).errors
        return Set(
            words.split(separator: "\n").map { line in
                line.range(of: "] ").map { String(line[$0.upperBound...]) } ?? String(line)
            })
    }

    @Test(arguments: [
        ("mp4", ["-c:v", "libx264", "-b:v", "800k", "-c:a", "aac"]),
        ("ts", ["-c:v", "libx264", "-flags", "+ilme+ildct", "-b:v", "800k", "-c:a", "mp2"]),
        ("mkv", ["-c:v", "mpeg4", "-bf", "2", "-b:v", "800k", "-c:a", "flac"]),
        ("mov", ["-c:v", "png", "-c:a", "pcm_s16le"]),
        ("mov", ["-c:v", "prores_ks", "-c:a", "alac"]),
    ])
    func `however often it is decoded, and as one thread tells it`(type: String, codecs: [String]) throws {
        let path = try damaged(type, codecs)
        let first = try inspect(path, .frames)
        let measured = try #require(first.measured)
        let faults = measured.faults.filter { $0.stream == 0 }
        #expect(faults.count > 2)
        let told = try lines(path)
        // The words for a frame that came out patched, and for a call that failed without a word, are ours.
        for fault in faults where !fault.message.hasPrefix("the ") && !fault.message.hasPrefix("avcodec_") {
            #expect(told.contains(fault.message), "\(fault)")
        }
        for _ in 1..<Self.repeats { #expect(try inspect(path, .frames) == first) }
    }

    /// With several threads the decoder of FLAC gave fewer samples, and no fault.
    @Test func `of sound that threads passed over`() throws {
        let whole = try folder.make("whole.flac", ["-f", "lavfi", "-i", "sine=440:r=48000:d=4"])
        let path = try folder.damage(whole, as: "damaged.flac") { data in
            let zeroed = data.count / 2..<data.count * 6 / 10
            data.replaceSubrange(zeroed, with: Data(count: zeroed.count))
        }
        let facts = try inspect(path, .frames)
        #expect(facts.measured?.faults.isEmpty == false)
        for fault in facts.measured?.faults ?? [] { #expect(try lines(path).contains(fault.message)) }
        for _ in 1..<Self.repeats { #expect(try inspect(path, .frames) == facts) }
    }

    /// Their decoders end a picture early without a word, and show what was in the memory: with another number of threads
    /// something else.
    @Test(arguments: [("webm", "libvpx", "yuv420p"), ("mkv", "libx265", "yuv420p10")])
    func `of pictures of which a part is not decoded`(type: String, codec: String, pixels: String) throws {
        let whole = try folder.make(
            "whole.\(type)",
            ["-f", "lavfi", "-i", "testsrc2=s=318x238:r=25:d=2", "-c:v", codec, "-pix_fmt", pixels, "-b:v", "600k"]
                + (codec == "libx265" ? ["-x265-params", "log-level=none"] : ["-deadline", "realtime"]))
        #expect(try inspect(whole, .frames).measured?.faultCount == 0)
        let path = try folder.damage(whole, as: "damaged.\(type)") { data in
            var state: UInt32 = 5
            for _ in 0..<40 {
                state = state &* 1_664_525 &+ 1_013_904_223
                data[data.count / 4 + Int(state >> 8) % (data.count / 2)] ^= 1 << UInt8(state >> 29)
            }
        }
        let facts = try inspect(path, .frames)
        let faults = facts.measured?.faults ?? []
        let undecoded = faults.filter { $0.message == "a part of this picture was not decoded" }
        #expect(!undecoded.isEmpty, "\(faults)")
        #expect(undecoded.allSatisfy { $0.stream == 0 && $0.time.map { (0...2).contains($0) } == true })
        for _ in 1..<Self.repeats { #expect(try inspect(path, .frames) == facts) }
    }

    @Test func `in the parts of a quick look`() throws {
        let whole = try folder.make(
            "whole.mp4",
            [
                "-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=60", "-c:v", "libx264", "-preset", "ultrafast", "-g",
                "25",
            ])
        let path = try folder.damage(whole, as: "damaged.mp4") { data in
            // In the first and in the last second.
            for place in [data.count / 100, data.count * 98 / 100] {
                data.replaceSubrange(place..<place + 800, with: (0..<800).map { UInt8(truncatingIfNeeded: $0 &* 151) })
            }
        }
        func look() throws -> Facts {
            let handle = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? handle.close() }
            return try Inspector.facts(
                of: handle.fileDescriptor, name: path, scope: Scope(depth: .frames, isSample: true))
        }
        let first = try look()
        #expect(first.measured?.sample != nil && first.measured?.faultCount ?? 0 > 1)
        for _ in 1..<Self.repeats { #expect(try look() == first) }
    }

    /// FFmpeg tells it of the first file alone that a process decodes.
    @Test func `where the library says a thing once`() throws {
        let whole = try folder.make(
            "whole.mov",
            ["-f", "lavfi", "-i", "testsrc2=s=1280x720:r=25:d=0.2", "-c:v", "dnxhd", "-profile:v", "dnxhr_lb"]
                + ["-pix_fmt", "yuv422p"])
        // SMPTE ST 2019-1: a header of 640 bytes, then a first block with 11 bits of quantizer and the flag.
        let header = Data([0, 0, 2, 0x80, 3])
        var changed = 0
        let path = try folder.damage(whole, as: "damaged.mov") { data in
            var rest = data.startIndex
            while let found = data[rest...].range(of: header) {
                data[found.lowerBound + 640 + 1] ^= 0x10
                changed += 1
                rest = found.upperBound
            }
        }
        #expect(changed == 5)
        let facts = try (0..<3).map { _ in try inspect(path, .frames) }
        #expect(facts[0] == facts[1] && facts[0] == facts[2])
        #expect(facts[0].measured?.faults.isEmpty == true)
    }

    @Test func `and the way to them goes forward to the end`() throws {
        let path = try damaged("mp4", ["-c:v", "libx264", "-b:v", "800k", "-c:a", "aac"])
        let handle = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? handle.close() }
        var told: [Double] = []
        _ = try Inspector.facts(
            of: handle.fileDescriptor, name: path, scope: Scope(depth: .frames), progress: { told.append($0) })
        #expect(told == told.sorted() && told.last == 1)
        #expect(told.count > 20)
    }
}
