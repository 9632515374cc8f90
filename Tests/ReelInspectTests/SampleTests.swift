import Foundation
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelInspect

/// A quick look: what it reads, what it finds, and that it says what it is.
struct SampleTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func film(_ name: String, seconds: Int = 100, group: Int = 25, _ codec: [String] = []) throws -> String {
        try folder.make(
            name,
            [
                "-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=\(seconds)", "-f", "lavfi", "-i",
                "sine=f=440:r=48000:d=\(seconds)", "-vf",
                // In the fourth of the spans between the ends, and where nobody looks.
                "drawbox=c=black:t=fill:enable='between(t,56.6,57.39)+between(t,35.2,35.9)'", "-c:v", "libx264",
                "-preset", "ultrafast", "-bf", "2", "-g", "\(group)", "-color_range", "tv", "-c:a", "aac", "-ac", "2",
            ] + codec)
    }

    private func look(_ path: String) throws -> Facts {
        let handle = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? handle.close() }
        return try Inspector.facts(
            of: handle.fileDescriptor, name: path, scope: Scope(depth: .frames, isSample: true))
    }

    @Test(arguments: ["mp4", "mkv", "ts"])
    func `spans and key frames are decoded, and what is in them is found`(_ type: String) throws {
        let path = try film("film.\(type)")
        let facts = try look(path)
        let (measured, whole) = (try #require(facts.measured), try #require(try inspect(path, .frames).measured))
        let sample = try #require(measured.sample)
        #expect(facts.depth == .header && facts.packets == nil)
        #expect(measured.faults.isEmpty, "\(measured.faults)")
        #expect(sample.spans.count == 8 && (0.12...0.3).contains(sample.share), "\(sample)")
        #expect(abs((sample.spans.first?.start ?? 9) - 0) <= 0.041 && abs((sample.spans.last?.end ?? 0) - 100) <= 0.1)
        #expect(sample.keyFrames.count >= 20)
        for key in sample.keyFrames {
            #expect(!sample.spans.contains { key > $0.start && key < $0.end - 0.001 }, "\(key)")
        }
        let frames = try #require(measured.streams.first { $0.index == measured.picture?.stream }).frames
        #expect(frames == measured.picture?.frames && frames < 800)
        let seconds = sample.seconds * 25 + Double(sample.keyFrames.count)
        #expect(abs(Double(frames) - seconds) <= 10, "\(frames) of \(seconds)")
        #expect(whole.black.count == 2)
        // A transport stream is come into where its packets happen to lie.
        #expect(
            agree(measured.black, Array(whole.black.suffix(1)), within: type == "ts" ? 0.5 : 0.001),
            "\(measured.black) \(whole.black)")
        #expect(measured.leftOut == Set(Analysis.allCases).subtracting(Analysis.ofSamples))
        let (peak, level) = (measured.sound?.loudness.truePeak.value, whole.sound?.loudness.truePeak.value)
        // What a decoder makes of sound that it comes into is not listened to.
        #expect(abs((peak ?? 0) - (level ?? 9)) <= 0.1, "\(String(describing: peak)) \(String(describing: level))")
        #expect(measured.sound?.clipped.isEmpty == true && measured.picture?.strays.isEmpty == true)
    }

    @Test func `groups that lean on the one before are come into without a fault`() throws {
        let path = try film(
            "open.mp4", ["-preset", "fast", "-bf", "3", "-x264-params", "open-gop=1:bframes=3:scenecut=0"])
        let measured = try #require(try look(path).measured)
        #expect(measured.sample != nil && measured.faults.isEmpty, "\(measured.faults)")
        #expect(measured.picture?.garbage.isEmpty == true && measured.picture?.strays.isEmpty == true)
    }

    @Test func `damage in a span is found`() throws {
        let path = try film("damaged.mp4", ["-movflags", "+faststart"])
        var bytes = try Data(contentsOf: URL(filePath: path))
        // In the last second.
        let place = bytes.count - 8000
        bytes.replaceSubrange(place..<place + 4000, with: (0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 151) })
        try bytes.write(to: URL(filePath: path))
        let measured = try #require(try look(path).measured)
        #expect(measured.sample != nil && measured.faultCount > 0)
        #expect(measured.faults.allSatisfy { $0.time.map { $0 > 95 } ?? true }, "\(measured.faults)")
    }

    @Test func `a film that is short, or has one key frame, is decoded whole`() throws {
        for path in [try film("short.mp4", seconds: 30), try film("group.mp4", seconds: 60, group: 9999)] {
            let facts = try look(path)
            #expect(facts.depth == .frames && facts.measured?.sample == nil)
            #expect(facts.measured == (try inspect(path, .frames)).measured)
        }
    }

    @Test func `sound alone is sampled too`() throws {
        let path = try folder.make(
            "sound.m4a", ["-f", "lavfi", "-i", "sine=f=440:r=48000:d=200", "-af", "volume=12dB", "-c:a", "aac"])
        let measured = try #require(try look(path).measured)
        #expect(measured.sample?.spans.count == 8 && measured.picture == nil && measured.faults.isEmpty)
        #expect(measured.sound?.loudness.truePeak.value != nil)
    }

    @Test func `a plan is in order, and takes no part twice`() throws {
        #expect(SamplePlan.wanted(of: 35) == nil)
        for (duration, group) in [(40.0, 0.5), (100, 2), (600, 10), (36_000, 12.5)] {
            let plan = try #require(SamplePlan(of: duration) { ($0 / group).rounded(.down) * group })
            #expect(plan.parts.first?.key == 0 && plan.parts.last?.end == nil)
            for (one, next) in zip(plan.parts, plan.parts.dropFirst()) {
                #expect((one.end ?? .infinity) < next.key)
            }
            #expect(Set(plan.alone.map(\.key)).count == plan.alone.count)
            for key in plan.alone.map(\.key) {
                #expect(!plan.parts.contains { key >= $0.key && key <= $0.end ?? .infinity })
            }
        }
        // Where key frames are far apart, parts run into one another, or are most of the film.
        #expect(SamplePlan(of: 100) { ($0 / 40).rounded(.down) * 40 } == nil)
        #expect(SamplePlan(of: 100) { _ in nil } == nil)
    }
}
