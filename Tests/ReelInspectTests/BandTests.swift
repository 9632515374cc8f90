import CKernels
import Foundation
import ReelInspect
import ReelModel
import ReelTestSupport
import Testing

/// Generated gradients that go in steps, and others that do not. CAMBI of libvmaf, whose contrasts reach to eight levels
/// (`max_log_contrast=5`), gives 8 to 40 to those in steps, and less than 2 to those with noise.
struct `Bands are found where a gradient goes in steps` {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    static let across = "(40+70*X/W)"
    static let down = "(40+70*Y/H)"
    static let aslant = "(40+80*(X/W+Y/H)/2)"
    static let round = "(40+60*hypot(X-W/2,Y-H/2)/hypot(W/2,H/2))"

    /// Half a second of a picture, each sample as the expression says.
    private func bands(
        _ luma: String, size: String = "854x480", format: String = "yuv420p", quality: String = "18"
    ) throws -> Known<[BandSpan]> {
        let grey = format.contains("10") ? 512 : 128
        let path = try folder.make(
            "b.mp4",
            [
                "-f", "lavfi", "-i", "color=s=\(size):r=25:d=0.52", "-vf",
                "format=\(format),geq=lum='\(luma)':cb=\(grey):cr=\(grey)", "-c:v", "libx264", "-preset", "ultrafast",
                "-crf", quality, "-pix_fmt", format,
            ])
        return try #require(try inspect(path, .frames, [.bands]).measured?.picture?.bands)
    }

    /// The most of the picture that has steps of that height.
    private func share(_ bands: Known<[BandSpan]>, step: Int) -> Double {
        bands.value?.filter { $0.step == step }.map(\.share).max() ?? 0
    }

    @Test(arguments: [across, down, aslant, round], [2, 4])
    func `steps of two levels and more`(shade: String, step: Int) throws {
        let found = try bands("floor(\(shade)/\(step))*\(step)")
        #expect(share(found, step: 2) >= 0.3, "\(found)")
        #expect(share(found, step: 1) >= share(found, step: 2))
        #expect(found.value?.allSatisfy { $0.span == TimeRange(start: 0, end: 0.52) } == true, "\(found)")
    }

    @Test func `steps in ten bits`() throws {
        let found = try bands("floor(4*\(Self.across)/8)*8", format: "yuv420p10le")
        #expect(share(found, step: 2) >= 0.3, "\(found)")
        // A step of ten bits is a quarter of a level.
        #expect(try bands("4*\(Self.across)", format: "yuv420p10le", quality: "8").value == [])
    }

    @Test(arguments: [across, "(40+30*hypot(X-W/2,Y-H/2)/hypot(W/2,H/2))"])
    func `steps of one level are told apart`(shade: String) throws {
        let found = try bands("round(\(shade))", quality: "4")
        #expect(share(found, step: 1) >= 0.3 && share(found, step: 2) == 0, "\(found)")
    }

    @Test(arguments: [across, down, aslant, round])
    func `noise hides steps`(shade: String) throws {
        #expect(try bands("floor(\(shade)+random(0))", quality: "4").value == [])
        #expect(try bands("floor(\(shade)+8*random(0))", quality: "18").value == [])
    }

    // One edge; stripes, which go up and down; cards with shadows of their own; boards.
    @Test(arguments: [
        "80+4*gt(X,W/2)", "80+4*gt(mod(X,64),32)", "60+3*gt(X,200)*lt(X,600)*gt(Y,100)*lt(Y,400)",
        "100+6*mod(floor(X/40)+floor(Y/40),2)", "126",
    ])
    func `drawings are not bands`(luma: String) throws {
        #expect(try bands(luma).value == [])
    }

    @Test(arguments: ["testsrc2", "smptehdbars", "mandelbrot", "pal75bars"])
    func `patterns are not bands`(source: String) throws {
        let path = try folder.make(
            "p.mp4",
            ["-f", "lavfi", "-i", "\(source)=s=854x480:r=25", "-t", "1", "-c:v", "libx264", "-preset", "ultrafast"])
        #expect(share(try #require(try inspect(path, .frames, [.bands]).measured?.picture?.bands), step: 2) < 0.05)
    }

    @Test func `they last as long as they do`() throws {
        let path = try folder.make(
            "s.mp4",
            [
                "-f", "lavfi", "-i", "color=s=640x360:r=25:d=3", "-vf",
                "format=yuv420p,geq=lum='if(between(T,0.99,1.99),floor(\(Self.across)/4)*4,\(Self.across)+8*random(0))'"
                    + ":cb=128:cr=128", "-c:v", "libx264", "-preset", "ultrafast",
                "-crf", "12",
            ])
        let found = try #require(try inspect(path, .frames, [.bands]).measured?.picture?.bands.value).filter {
            $0.step == 2
        }
        #expect(found.count == 1)
        // One picture in six is looked at.
        #expect(
            abs((found.first?.span.start ?? 0) - 1) <= 0.24 && abs((found.first?.span.end ?? 0) - 2) <= 0.24, "\(found)"
        )
    }

    @Test func `a small picture is not told`() throws {
        #expect(
            try bands(Self.across, size: "256x144") == .unknown("the picture is too small to tell bands from drawing"))
    }

    @Test(arguments: [8, 31, 128, 2047, 2056, 4100])
    func `ranges are those of plain loops`(width: Int) {
        let bytes = (0..<8 * width).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 5) }
        let words = bytes.map { UInt16($0) * 4 + 1 }
        let cells = width / 8
        var expected: [UInt16] = []
        for cell in 0..<cells {
            var samples: [UInt8] = []
            for row in 0..<8 {
                let first = row * width + cell * 8
                samples += bytes[first..<first + 8]
            }
            expected.append(UInt16(samples.max() ?? 0) - UInt16(samples.min() ?? 0))
        }
        var narrow = [UInt16](repeating: 0, count: cells)
        var wide = narrow
        reel_ranges_u8(bytes, width, width, &narrow)
        reel_ranges_u16(words, width, width, &wide)
        #expect(narrow == expected)
        #expect(wide == expected.map { $0 * 4 })
    }
}
