import Foundation
import ReelInspect
import ReelModel
import ReelTestSupport
import Testing

/// Generated flashes on both sides of each limit of ITU-R BT.1702 and WCAG 2.x.
struct `Flashes are counted as their definition says` {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Three seconds at 60 frames a second of a picture that takes turns, every so many frames, with a box over it.
    private func flashes(_ ground: String, _ box: String, _ every: Int, size: String = "iw:ih") throws -> [FlashSpan] {
        let path = try folder.make(
            "f.mkv",
            [
                "-f", "lavfi", "-i", "color=c=\(ground):s=320x192:r=60:d=3", "-vf",
                "format=yuv444p,drawbox=0:0:\(size):c=\(box):t=fill:enable='mod(floor(n/\(every)),2)'",
                "-c:v", "ffv1", "-pix_fmt", "yuv444p",
            ])
        return try #require(try inspect(path, .frames).measured?.picture?.flashes.value)
    }

    @Test(arguments: [(5, 6.0), (6, 5.0), (7, 4.5), (8, 4.0), (10, 3.0), (15, 2.0)])
    func `so many in a second`(every: Int, perSecond: Double) throws {
        let found = try flashes("black", "white", every)
        #expect(found.map(\.kind) == [.luminance])
        #expect(found.first?.perSecond == perSecond, "\(found)")
        #expect(found.first?.area == 1)
        #expect(abs((found.first?.span.start ?? 0) - Double(every) / 60) < 0.02)
    }

    @Test func `one in a second is none to tell of`() throws {
        #expect(try flashes("black", "white", 40).isEmpty)
    }

    // Luminance of a grey of sRGB: 0x59 is 0.1003, 0x57 is 0.0953; above black.
    @Test(arguments: [("0x5c5c5c", true), ("0x545454", false)])
    func `a tenth of the maximum counts`(box: String, counts: Bool) throws {
        #expect(try flashes("black", box, 5).isEmpty != counts)
    }

    // 0xe4 is 0.775 and 0xea is 0.823 of the maximum: the darker picture has to be below 0.8.
    @Test(arguments: [("0xe2e2e2", true), ("0xebebeb", false)])
    func `between bright pictures there is no flash`(ground: String, counts: Bool) throws {
        #expect(try flashes(ground, "white", 5).isEmpty != counts)
    }

    @Test(arguments: [("iw:ih*0.34", true), ("iw:ih*0.16", false)])
    func `a quarter of the picture counts`(size: String, counts: Bool) throws {
        #expect(try flashes("black", "white", 5, size: size).isEmpty != counts)
    }

    @Test func `saturated red, at one luminance`() throws {
        // Red against a grey as bright: 0.2126 of the maximum is 0x7f.
        let found = try flashes("0x7f7f7f", "0xff0000", 5)
        #expect(found.map(\.kind) == [.red], "\(found)")
        // Pink is not saturated.
        #expect(try flashes("0x9a9a9a", "0xff8080", 5).filter { $0.kind == .red }.isEmpty)
    }
}
