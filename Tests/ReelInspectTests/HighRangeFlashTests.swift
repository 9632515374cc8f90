import Foundation
import ReelInspect
import ReelModel
import ReelTestSupport
import Testing

/// Flashes of light that is known in cd/m2, on both sides of each limit of ITU-R BT.1702-3 for high dynamic range.
struct `Flashes in high dynamic range are counted in candela` {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// How a sequence is coded; the last has no tags.
    enum Coding: CaseIterable {
        case hevcPQ, hevcHLG, vp9PQ, av1HLG, hevcUntagged

        var isHLG: Bool { self == .hevcHLG || self == .av1HLG }

        var arguments: [String] {
            let tags = [
                "-color_primaries", "bt2020", "-colorspace", "bt2020nc", "-color_range", "tv", "-color_trc",
                isHLG ? "arib-std-b67" : "smpte2084",
            ]
            let hevc = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:qp=4"]
            return switch self {
            case .hevcPQ, .hevcHLG: hevc + tags
            case .hevcUntagged: hevc
            case .vp9PQ: ["-c:v", "libvpx-vp9", "-crf", "8", "-b:v", "0", "-deadline", "realtime"] + tags
            case .av1HLG: ["-c:v", "libsvtav1", "-preset", "12", "-qp", "5"] + tags
            }
        }
    }

    /// A sample of 10 bits, limited range, that stands for so many cd/m2: the inverse EOTF of PQ; of HLG the inverse OOTF
    /// of a display of 1000 cd/m2, and the OETF (ITU-R BT.2100).
    private func code(_ light: Double, isHLG: Bool) -> Double {
        let sample: Double
        if isHLG {
            let scene = pow(light / 1000, 1 / 1.2)
            sample =
                scene <= 1.0 / 12
                ? sqrt(3 * scene) : 0.17883277 * log(12 * scene - 0.28466892) + 0.55991073
        } else {
            let root = pow(light / 10_000, 0.1593017578125)
            sample = pow((0.8359375 + 18.8515625 * root) / (1 + 18.6875 * root), 78.84375)
        }
        return 64 + 876 * sample
    }

    /// Two seconds at 30 frames a second that take turns between two lights every third frame: five flashes in a second.
    private func flashes(_ dark: Double, _ light: Double, _ coding: Coding) throws -> [FlashSpan]? {
        let codes = [dark, light].map { Int(code($0, isHLG: coding.isHLG).rounded()) }
        let path = try folder.make(
            "h.mkv",
            [
                "-f", "lavfi", "-i", "color=s=256x144:r=30:d=2", "-vf",
                "format=yuv420p10le,geq=lum='if(mod(floor(N/3),2),\(codes[1]),\(codes[0]))':cb=512:cr=512",
                "-pix_fmt", "yuv420p10le",
            ] + coding.arguments)
        return try inspect(path, .frames, [.flashes]).measured?.picture?.flashes.value
    }

    @Test func `the light of samples is that of the reports`() {
        // ITU-R BT.2408: white of 203 cd/m2 is at 58 % of PQ and 75 % of HLG.
        #expect(abs((code(203, isHLG: false) - 64) / 876 - 0.58) < 0.002)
        #expect(abs((code(203, isHLG: true) - 64) / 876 - 0.75) < 0.002)
    }

    // Below 160 cd/m2, 20 cd/m2.
    @Test(arguments: [Coding.hevcPQ, .hevcHLG, .vp9PQ, .av1HLG], [(5.0, 27.0, true), (5, 23, false)])
    func `twenty candela count`(coding: Coding, case pair: (Double, Double, Bool)) throws {
        let found = try #require(try flashes(pair.0, pair.1, coding))
        #expect(found.isEmpty != pair.2, "\(found)")
        if pair.2 {
            #expect(found.map(\.kind) == [.luminance])
            #expect(found.first?.perSecond == 5)
        }
    }

    // As standard range has it: 130 and 152 cd/m2 are flashes.
    @Test(arguments: [(130.0, 152.0, true), (130, 147, false)])
    func `and just below a hundred and sixty`(dark: Double, light: Double, counts: Bool) throws {
        #expect(try flashes(dark, light, .hevcPQ)?.isEmpty != counts)
    }

    // A contrast of 1/17 is 200 against 225 cd/m2, 400 against 450, 800 against 900.
    @Test(arguments: [
        (200.0, 230.0, true), (200, 221, false), (400, 460, true), (400, 442, false), (800, 925, true),
        (800, 880, false),
    ])
    func `between bright pictures it is their contrast`(dark: Double, light: Double, counts: Bool) throws {
        #expect(try flashes(dark, light, .hevcPQ)?.isEmpty != counts)
        if light < 1000 { #expect(try flashes(dark, light, .hevcHLG)?.isEmpty != counts) }
    }

    @Test func `samples without tags are read as those of standard range`() throws {
        // The samples that PQ has for 5 and 27 cd/m2 are less than a tenth apart by the standard curve.
        #expect(try flashes(5, 27, .hevcUntagged)?.isEmpty == true)
    }

    @Test func `saturated red counts at one luminance`() throws {
        // Red of BT.709 at its full light on a display of 200 cd/m2, and a grey of the same 42.5 cd/m2.
        func sample(_ light: Double) -> Double { (code(light, isHLG: false) - 64) / 876 }
        let red = [0.6274, 0.0691, 0.0164].map { sample(200 * $0) }
        let luma = 0.2627 * red[0] + 0.6780 * red[1] + 0.0593 * red[2]
        let planes = [64 + 876 * luma, 512 + 896 * (red[2] - luma) / 1.8814, 512 + 896 * (red[0] - luma) / 1.4746]
            .map { Int($0.rounded()) }
        let grey = Int(code(42.5, isHLG: false).rounded())
        let turn = { (a: Int, b: Int) in "if(mod(floor(N/3),2),\(a),\(b))" }
        let path = try folder.make(
            "r.mkv",
            [
                "-f", "lavfi", "-i", "color=s=256x144:r=30:d=2", "-vf",
                "format=yuv444p10le,geq=lum='\(turn(planes[0], grey))':cb='\(turn(planes[1], 512))'"
                    + ":cr='\(turn(planes[2], 512))'", "-pix_fmt", "yuv444p10le",
            ] + Coding.hevcPQ.arguments)
        let found = try inspect(path, .frames, [.flashes]).measured?.picture?.flashes.value
        #expect(found?.map(\.kind) == [.red], "\(String(describing: found))")
    }

    @Test func `intensity is not taken for luma`() throws {
        let path = try folder.make(
            "i.mkv",
            [
                "-f", "lavfi", "-i", "testsrc2=s=256x144:r=30:d=1", "-pix_fmt", "yuv420p10le", "-c:v", "libx265",
                "-preset", "ultrafast", "-x265-params",
                "log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=ictcp",
            ])
        #expect(try inspect(path, .frames, [.flashes]).measured?.picture?.flashes.value == nil)
    }
}
