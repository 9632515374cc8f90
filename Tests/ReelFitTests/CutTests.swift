import Foundation
import ReelMedia
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelFit

struct `Films cut at any frame` {
    let bench: Bench

    init() throws { bench = try Bench() }

    /// Times and hashes of a picture's packets, in the order of the file.
    private func packets(_ name: String) throws -> [(time: Double, hash: String)] {
        let lines = try bench.probe(
            name, "packet=pts_time,data_hash", "-select_streams", "v", "-show_data_hash", "md5")
        return lines.compactMap { line in
            let words = line.split(separator: ",")
            return words.count > 1 ? Double(words[0]).map { ($0, String(words[1])) } : nil
        }
    }

    private func frames(_ name: String) throws -> [Double] {
        try bench.probe(name, "frame=pts_time", "-select_streams", "v").compactMap {
            Double($0.split(separator: ",")[0])
        }
    }

    struct Case: CustomTestStringConvertible {
        let coding: String
        let start: Double
        let end: Double
        /// Of the source's packets, those between these times are copied.
        let copied: ClosedRange<Double>
        let encodes: Int
        var container = "mp4"
        var encoder = "-c:v libx264 -preset veryfast -sc_threshold 0 -pix_fmt yuv420p"
        var testDescription: String { "\(container), \(coding), \(start) to \(end) s" }
    }

    static let cases = [
        Case(coding: "-bf 2 -g 25", start: 0.52, end: 4.4, copied: 1...3.96, encodes: 1),
        Case(coding: "-bf 3 -b-pyramid normal -g 25", start: 1, end: 3, copied: 1...2.96, encodes: 0),
        Case(coding: "-bf 0 -g 50", start: 0.2, end: 4.72, copied: 2...4.68, encodes: 1),
        Case(coding: "-bf 2 -g 25 -profile:v high -refs 5", start: 0, end: 2.2, copied: 0...1.96, encodes: 1),
        Case(coding: "-bf 2 -g 25", start: 1.24, end: 5, copied: 2...4.96, encodes: 1),
        Case(coding: "-bf 2 -g 25", start: 0.52, end: 4.4, copied: 1...3.96, encodes: 1, container: "mkv"),
        Case(coding: "-bf 2 -g 25", start: 0.52, end: 4.4, copied: 1...3.96, encodes: 1, container: "mov"),
    ]

    /// - Parameter group: how groups of pictures are, in x265's words.
    static func hevc(
        _ group: String, _ start: Double, _ end: Double, copied: ClosedRange<Double>, container: String = "mp4",
        format: String = "yuv420p", tag: String = "hvc1", encodes: Int = 1
    ) -> Case {
        Case(
            coding: "-x265-params log-level=none:keyint=25:min-keyint=25:scenecut=0:\(group)", start: start, end: end,
            copied: copied, encodes: encodes, container: container,
            encoder: "-c:v libx265 -preset superfast -pix_fmt \(format)"
                + (container == "mkv" ? "" : " -tag:v \(tag)"))
    }

    static let hevcCases = [
        hevc("open-gop=0", 0.52, 4.4, copied: 1...3.96),
        hevc("open-gop=0:bframes=0", 1, 3, copied: 1...2.96, encodes: 0),
        hevc("open-gop=0:b-pyramid=0", 0, 2.12, copied: 0...1.96),
        hevc("open-gop=0:repeat-headers=1", 0.52, 4.4, copied: 1...3.96, tag: "hev1"),
        hevc("open-gop=0", 1.24, 5, copied: 2...4.96, container: "mkv"),
        hevc("open-gop=0", 0.52, 4.4, copied: 1...3.96, container: "mov", format: "yuv420p10le"),
        // Of an open group the first picture is told to stand behind a splice, and what leads up to it is coded anew.
        hevc("open-gop=1:bframes=4", 0.52, 4.4, copied: 1.04...3.76),
        hevc("open-gop=1:bframes=4", 1, 3.6, copied: 1...2.76),
        hevc("open-gop=1:bframes=4", 0.52, 5, copied: 1.04...4.96, format: "yuv420p10le"),
    ]

    @Test(arguments: cases + hevcCases) func `only broken groups are coded anew, the rest is copied as it is`(
        _ one: Case
    ) throws {
        let source = "a.\(one.container)"
        try bench.make(
            source, Content.film(Content.plain, seconds: 5),
            "\(one.encoder) \(one.coding) -c:a aac")
        let outcome = try bench.fit(
            source, to: "b.mp4",
            [.trim(TimeRange(start: one.start, end: one.end)), .remux(streams: [0, 1])], as: .mp4)
        #expect(outcome.encodes == one.encodes, "\(outcome)")
        // Every frame, and no other.
        let wanted = try frames(source).filter { $0 > one.start - 0.001 && $0 < one.end - 0.001 }
        let got = try frames("b.mp4")
        try #require(got.count == wanted.count)
        #expect(zip(wanted, got).allSatisfy { abs($0 - one.start - $1) < 0.001 })
        // Bit by bit.
        let before = try packets(source).filter { one.copied.contains($0.time) }.map(\.hash)
        let after = Set(try packets("b.mp4").map(\.hash))
        #expect(before.count > 20)
        #expect(before.allSatisfy { after.contains($0) })
        let complaints = try bench.complaints("b.mp4")
        #expect(complaints == "")
        // In step: the sound begins with the part, and the picture with its first frame in it.
        #expect(abs(try bench.gap("b.mp4") + wanted[0] - one.start) < 0.01)
        let told = try bench.probe("b.mp4", "stream=duration")
        let lengths = told.compactMap { Double($0.split(separator: ",")[0]) }
        #expect(lengths.allSatisfy { abs($0 - (one.end - one.start)) < 0.05 }, "\(told)")
    }

    @Test func `the seam looks like the source`() throws {
        try bench.make(
            "a.mp4", Content.film(Content.plain, seconds: 4, sound: false),
            "-c:v libx264 -preset veryfast -crf 16 -g 25 -bf 2 -pix_fmt yuv420p")
        _ = try bench.fit(
            "a.mp4", to: "b.mp4", [.trim(TimeRange(start: 0.6, end: 3.4)), .remux(streams: [0])], as: .mp4)
        let told = try ExternalTool.ffmpeg.run([
            "-v", "info", "-i", bench.path("b.mp4"), "-i", bench.path("a.mp4"), "-lavfi",
            "[1:v]trim=start=0.6:end=3.4,setpts=N[a];[0:v]setpts=N[b];[b][a]ssim", "-f", "null", "-",
        ]).errors
        let words = try #require(told.range(of: "SSIM Y:")).upperBound
        let similarity = try #require(Double(told[words...].prefix { $0 != " " }))
        #expect(similarity > 0.98)
    }

    @Test func `what cannot be copied is coded anew`() throws {
        try bench.make(
            "a.mp4", Content.film(Content.plain, seconds: 3, sound: false),
            "-c:v libx264 -preset ultrafast -g 250 -sc_threshold 0 -pix_fmt yuv420p")
        let outcome = try bench.fit(
            "a.mp4", to: "b.mp4", [.trim(TimeRange(start: 1, end: 2)), .remux(streams: [0])], as: .mp4)
        #expect(outcome.losses == ["the picture was coded anew, to be cut at the frame"])
        #expect(try frames("b.mp4").count == 25)
    }

    // MARK: Without a file

    private func packets(_ times: [Int64], entries: Set<Int>) -> [CutPlan.Packet] {
        times.enumerated().map { CutPlan.Packet(time: $1, bytes: 1, isEntry: entries.contains($0)) }
    }

    @Test func `a cut is planned by packets`() throws {
        // Two groups of I P B, then I P B B.
        let film = packets([0, 2, 1, 3, 5, 4, 6, 9, 7, 8], entries: [0, 3, 6])
        let inside = try #require(CutPlan(film, from: 1, to: 8))
        #expect(inside.copied == 3..<6)
        #expect(inside.head == 1..<3)
        #expect(inside.tail == 6..<8)
        let aligned = try #require(CutPlan(film, from: 3, to: 6))
        #expect(aligned.copied == 3..<6)
        #expect(aligned.head.isEmpty && aligned.tail.isEmpty)
        let whole = try #require(CutPlan(film, from: 0, to: 100))
        #expect(whole.copied == 0..<10)
        #expect(CutPlan(film, from: 4, to: 6) == nil)
        #expect(CutPlan(film, from: 7, to: 9) == nil)
        // Without pictures that wait for others, a group may end anywhere.
        let plain = packets([0, 1, 2, 3, 4, 5], entries: [0, 3])
        let short = try #require(CutPlan(plain, from: 0, to: 5))
        #expect(short.copied == 0..<5)
        #expect(short.tail.isEmpty)
    }

    @Test func `a decoder's configuration takes further parameter sets`() throws {
        let sequence: [UInt8] = [0x67, 0x64, 0, 0x1E, 0xAC]
        let picture: [UInt8] = [0x68, 0xEB]
        let bytes: [UInt8] =
            [1, 0x64, 0, 0x1E, 0xFF, 0xE1, 0, 5] + sequence + [1, 0, 2] + picture + [0xFD, 0xF8, 0xF8, 0]
        var configuration = try #require(AVCConfiguration(bytes))
        #expect(configuration.bytes == bytes)
        #expect(configuration.lengthSize == 4)
        #expect(configuration.freeNumber == 1)
        configuration.add([[0x67, 0x64, 0, 0x1F, 0x4C], [0x68, 0x5B], [0x06, 1]])
        let both = try #require(AVCConfiguration(configuration.bytes))
        #expect(both.bytes[3] == 0x1F)
        #expect(both.bytes[5] == 0xE2)
        #expect(both.freeNumber == 2)
        #expect(both.bytes.suffix(4) == [0xFD, 0xF8, 0xF8, 0])
        for cut in 0..<bytes.count - 4 { #expect(AVCConfiguration(Array(bytes[..<cut])) == nil) }
    }
}
