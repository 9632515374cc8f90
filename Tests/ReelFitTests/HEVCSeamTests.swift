import Foundation
import ReelMedia
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelFit

struct `Seams in HEVC` {
    let bench: Bench

    init() throws { bench = try Bench() }

    private static let plain = "-c:v libx265 -preset superfast -tag:v hvc1 -x265-params log-level=none:keyint=25"

    private func cut(_ name: String, _ start: Double, _ end: Double) throws -> FitOutcome {
        try bench.fit(
            name, to: "b.mp4", [.trim(TimeRange(start: start, end: end)), .remux(streams: [0])], as: .mp4)
    }

    @Test(arguments: ["yuv420p", "yuv420p10le"]) func `the seam looks like the source`(_ format: String) throws {
        try bench.make(
            "a.mp4", Content.film(Content.plain, seconds: 4, sound: false),
            "\(Self.plain):min-keyint=25:crf=18 -pix_fmt \(format) -color_primaries bt2020 -color_trc smpte2084",
            "-colorspace bt2020nc -color_range tv")
        _ = try cut("a.mp4", 0.6, 3.4)
        let told = try ExternalTool.ffmpeg.run([
            "-v", "info", "-i", bench.path("b.mp4"), "-i", bench.path("a.mp4"), "-lavfi",
            "[1:v]trim=start=0.6:end=3.4,setpts=N[a];[0:v]setpts=N[b];[b][a]ssim", "-f", "null", "-",
        ]).errors
        let words = try #require(told.range(of: "SSIM Y:")).upperBound
        let similarity = try #require(Double(told[words...].prefix { $0 != " " }))
        #expect(similarity > 0.98)
        let frames = try bench.probe(
            "b.mp4", "frame=pix_fmt,color_range,color_space,color_primaries,color_transfer", "-select_streams", "v")
        #expect(
            Set(frames.map { $0.split(separator: ",").joined(separator: ",") }) == [
                "\(format),tv,bt2020nc,bt2020,smpte2084"
            ])
        #expect(frames.count == 70)
    }

    @Test func `what the film says of its light is said of the seam as well`() throws {
        try bench.make(
            "a.mp4", Content.film(Content.plain, seconds: 3, sound: false),
            "\(Self.plain):min-keyint=25:max-cll=1000,400:repeat-headers=1"
                + ":master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1) "
                + "-pix_fmt yuv420p10le -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc")
        _ = try cut("a.mp4", 0.6, 2.6)
        let levels = try bench.probe("b.mp4", "frame_side_data=max_content", "-select_streams", "v")
        #expect(levels.count { $0.contains("1000") } == 50, "\(levels)")
    }

    @Test func `what cannot be joined is coded anew, and why is told`() throws {
        try bench.make(
            "a.ts", Content.film(Content.plain, seconds: 3, sound: false), "-c:v libx265 -preset superfast",
            "-x265-params log-level=none:keyint=25 -pix_fmt yuv420p")
        let bare = try cut("a.ts", 0.6, 2.6)
        let told = "the picture was coded anew, to be cut at the frame"
        #expect(bare.losses == ["\(told): its parameter sets do not stand in the container's header"])
        #expect(try bench.probe("b.mp4", "stream=codec_name") == ["h264"])
        try bench.make(
            "c.mp4", Content.film(Content.plain, seconds: 2, sound: false), "\(Self.plain) -pix_fmt yuv444p")
        let full = try cut("c.mp4", 0.6, 1.8)
        #expect(full.losses.contains("\(told): its samples are of a kind that is not cut"))
        try bench.make(
            "d.mp4", Content.film(Content.plain, seconds: 2, sound: false), "\(Self.plain):interlace=tff",
            "-pix_fmt yuv420p")
        let fields = try cut("d.mp4", 0.6, 1.8)
        #expect(fields.losses.first?.hasPrefix("\(told): it is coded in fields") == true, "\(fields.losses)")
    }

    // MARK: Without a file

    private let numbers = HEVCUnit.Numbers(video: 1, sequence: 2, picture: 17)

    @Test func `parameter sets are numbered anew, and nothing else changes`() throws {
        // Of x265 3.5, 320x180.
        let video: [UInt8] = [
            0x40, 0x01, 0x0C, 0x01, 0xFF, 0xFF, 0x01, 0x60, 0, 0, 3, 0, 0x90, 0, 0, 3, 0, 0, 3, 0, 0x3C, 0x95, 0x98,
            0x09,
        ]
        let sequence: [UInt8] = [
            0x42, 0x01, 0x01, 0x01, 0x60, 0, 0, 3, 0, 0x90, 0, 0, 3, 0, 0, 3, 0, 0x3C, 0xA0, 0x0A, 0x08, 0x0C, 0x16,
            0x59,
            0x59, 0xA4, 0x93, 0x2B, 0xC0, 0x5A, 0x02, 0, 0, 3, 0, 2, 0, 0, 3, 0, 0x32, 0x10,
        ]
        let picture: [UInt8] = [0x44, 0x01, 0xC1, 0x72, 0xB4, 0x62, 0x40]
        #expect([video, sequence, picture].map { HEVCUnit.number(of: $0) } == [0, 0, 0])
        let sets = [video, sequence, picture].compactMap { HEVCUnit.set($0, numbers) }
        #expect(sets.map { HEVCUnit.number(of: $0) } == [1, 2, 17])
        // Back again: only the numbers were changed, and every unit is ended as it was.
        var bits = UnitBits(payloadOf: sets[0])
        bits.replace(0..<4, with: 0, bits: 4)
        #expect(bits.unit(header: video.prefix(2)) == video)
        bits = UnitBits(payloadOf: sets[1])
        bits.replace(0..<4, with: 0, bits: 4)
        bits.replace(104..<107, withCode: 0)
        #expect(bits.unit(header: sequence.prefix(2)) == sequence)
        bits = UnitBits(payloadOf: sets[2])
        #expect(bits.code(at: 9) == 2)
        bits.replace(9..<12, withCode: 0)
        bits.replace(0..<9, withCode: 0)
        #expect(bits.unit(header: picture.prefix(2)) == picture)
        // What has another number already is not touched.
        #expect(HEVCUnit.set(sets[1], numbers) == nil)
        #expect(HEVCUnit.profile(ofSequence: sequence) == [0x01, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 0x3C])
    }

    @Test func `a slice grows by a byte, and keeps what follows`() {
        // A picture that others refer to: first slice, set 0; then a key picture, which says one bit more.
        #expect(
            HEVCUnit.slice([0x02, 0x01, 0b1101_0110, 0x55, 0xAA], numbers) == [
                0x02, 0x01, 0b1000_0100, 0b1001_0110, 0x55, 0xAA,
            ])
        #expect(
            HEVCUnit.slice([0x26, 0x01, 0b1010_1100, 0x55, 0xAA], numbers) == [
                0x26, 0x01, 0b1000_0010, 0b0100_1100, 0x55, 0xAA,
            ])
        // What would read as a start code is kept from it; what was kept from it stays so.
        let even = HEVCUnit.Numbers(video: 1, sequence: 1, picture: 15)
        #expect(
            HEVCUnit.slice([0x02, 0x01, 0b1100_0000, 0, 1, 0, 0, 3, 2], even) == [
                0x02, 0x01, 0b1000_0100, 0, 0, 3, 1, 0, 0, 3, 2,
            ])
        // Another set, or not the first slice.
        #expect(HEVCUnit.slice([0x02, 0x01, 0b1001_0110, 0x55], numbers) == nil)
        #expect(HEVCUnit.slice([0x02, 0x01, 0b0101_0110, 0x55], numbers) == nil)
    }

    @Test func `a decoder's configuration takes further parameter sets`() throws {
        let sequence: [UInt8] = [
            0x42, 0x01, 0x01, 0x01, 0x60, 0, 0, 3, 0, 0x90, 0, 0, 3, 0, 0, 3, 0, 0x3C, 0xA0, 0x0A, 0x80,
        ]
        let picture: [UInt8] = [0x44, 0x01, 0xC1, 0x72]
        let bytes: [UInt8] =
            [1, 0x01, 0x60, 0, 0, 0, 0xB0, 0, 0, 0, 0, 0, 0x3F, 0xF0, 0, 0xFC, 0xFD, 0xF8, 0xF8, 0, 0, 0x0F, 2]
            + [0xA1, 0, 1, 0, UInt8(sequence.count)] + sequence + [0xA2, 0, 1, 0, 4] + picture
        var configuration = try #require(HEVCConfiguration(bytes))
        #expect(configuration.bytes == bytes)
        #expect(configuration.lengthSize == 4)
        #expect(configuration.freeNumbers == HEVCUnit.Numbers(video: 1, sequence: 1, picture: 15))
        #expect(!configuration.isInterlaced)
        let own = HEVCUnit.Numbers(video: 1, sequence: 1, picture: 15)
        for unit in [[0x40, 0x01, 0x0C, 0x01, 0xFF, 0x80], sequence, picture] {
            configuration.add(try #require(HEVCUnit.set(unit, own)))
        }
        let both = try #require(HEVCConfiguration(configuration.bytes))
        #expect(both.bytes[22] == 3)
        // The promises that both make, and the higher level.
        #expect(both.bytes[6] == 0x90)
        #expect(both.bytes[12] == 0x3F)
        #expect(both.freeNumbers == HEVCUnit.Numbers(video: 2, sequence: 2, picture: 16))
        for cut in 0..<bytes.count { #expect(HEVCConfiguration(Array(bytes[..<cut])) == nil) }
    }

    @Test func `the key picture of an open group is told to stand behind a splice`() throws {
        let record: [UInt8] = [
            1, 1, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 0x3C, 0xF0, 0, 0xFC, 0xFD, 0xF8, 0xF8, 0, 0, 0x0F, 0,
        ]
        var seam = try #require(HEVCSeam(record))
        let open: [UInt8] = [0, 0, 0, 3, 0x46, 0x01, 0x10, 0, 0, 0, 4, 0x2A, 0x01, 0xA0, 0x80]
        let closed: [UInt8] = [0, 0, 0, 4, 0x26, 0x01, 0xA0, 0x80]
        let emptying: [UInt8] = [0, 0, 0, 4, 0x26, 0x01, 0xE0, 0x80]
        let leading: [UInt8] = [0, 0, 0, 4, 0x12, 0x01, 0xA0, 0x80]
        func look(_ bytes: [UInt8]) -> SeamRole { bytes.withUnsafeBytes { seam.look($0) } }
        #expect(look(open) == SeamRole(isEntry: true))
        #expect(look(closed) == SeamRole(isEntry: true))
        #expect(look(emptying) == SeamRole())
        #expect(look(leading) == SeamRole(isLeading: true))
        #expect(open.withUnsafeBytes { seam.entered($0) } == Array(open[..<11]) + [0x24, 0x01, 0xA0, 0x80])
        #expect(closed.withUnsafeBytes { seam.entered($0) } == nil)
        #expect(seam.obstacle == nil)
        _ = look([0, 0, 0, 4, 0x7C, 0x01, 0x19, 0x08])
        #expect(seam.obstacle?.contains("Dolby Vision") == true)
        var eyes = try #require(HEVCSeam(record))
        let second: [UInt8] = [0, 0, 0, 4, 0x02, 0x09, 0xA0, 0x80]
        _ = second.withUnsafeBytes { eyes.look($0) }
        #expect(eyes.obstacle?.contains("two eyes") == true)
    }

    @Test func `a cut of open groups leaves out what leads up to its beginning`() throws {
        // I, then an open group: I with two that lead up to it, and again.
        func packet(_ time: Int64, isEntry: Bool = false, isLeading: Bool = false) -> CutPlan.Packet {
            CutPlan.Packet(time: time, bytes: 1, isEntry: isEntry, isLeading: isLeading)
        }
        let film = [
            packet(0, isEntry: true), packet(1), packet(2), packet(5, isEntry: true), packet(3, isLeading: true),
            packet(4, isLeading: true), packet(6), packet(7), packet(10, isEntry: true), packet(8, isLeading: true),
            packet(9, isLeading: true), packet(12), packet(11),
        ]
        let inside = try #require(CutPlan(film, from: 1, to: 12))
        #expect(inside.copied == 3..<8)
        #expect(inside.head == 1..<5)
        #expect(inside.tail == 8..<12)
        let aligned = try #require(CutPlan(film, from: 5, to: 13))
        #expect(aligned.copied == 3..<13)
        #expect(aligned.head.isEmpty && aligned.tail.isEmpty)
        // The end falls among those that lead up to a picture that is not kept.
        let among = try #require(CutPlan(film, from: 0, to: 9))
        #expect(among.copied == 0..<3)
        #expect(among.tail == 3..<9)
        #expect(CutPlan(film, from: 1, to: 9) == nil)
    }
}
