import Foundation
import ReelModel
import ReelTestSupport
import Testing

struct `Images converted` {
    let bench: Bench
    private let large = Size(width: 16_384, height: 16_384)

    init() throws { bench = try Bench() }

    private func target(_ orientation: Int = 1, _ size: Size? = nil) -> [Plan.Step] {
        [.convertImage(ImageTarget(maxSize: size ?? large, orientation: orientation))]
    }

    /// Where the four colours of the upright picture are in a picture stored with this orientation: top left, top
    /// right, bottom left, bottom right; by CIPA DC-008, what the first row and the first column are.
    static let stored: [Int: [String]] = [
        1: ["red", "lime", "blue", "yellow"], 2: ["lime", "red", "yellow", "blue"],
        3: ["yellow", "blue", "lime", "red"], 4: ["blue", "yellow", "red", "lime"],
        5: ["red", "blue", "lime", "yellow"], 6: ["lime", "yellow", "red", "blue"],
        7: ["yellow", "lime", "blue", "red"], 8: ["blue", "red", "yellow", "lime"],
    ]

    @Test(arguments: 1...8) func `whatever its orientation, it comes out upright`(orientation: Int) throws {
        let colors = try #require(Self.stored[orientation])
        // Upright it is 80 wide and 40 high.
        let size = orientation > 4 ? "20x40" : "40x20"
        let inputs = colors.map { "-f lavfi -i color=\($0):s=\(size)" }.joined(separator: " ")
        try bench.make(
            "a.bmp", inputs, "-filter_complex [0][1]hstack[a];[2][3]hstack[b];[a][b]vstack -frames:v 1")
        _ = try bench.fit("a.bmp", to: "b.png", target(orientation), as: .png)
        #expect(try bench.probe("b.png", "stream=width,height") == ["80,40"])
        let expected = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0]
        let pixels = try bench.pixels("b.png", "2x2").map { Int($0) }
        #expect(zip(pixels, expected).allSatisfy { abs($0 - $1) < 6 }, "\(pixels)")
    }

    @Test func `transparent parts are put on white where the type has none`() throws {
        try bench.make(
            "a.png", "-f lavfi -i color=black:s=64x64,format=rgba,geq=r=255:g=0:b=0:a='if(lt(X,32),128,0)'",
            "-frames:v 1")
        let outcome = try bench.fit("a.png", to: "b.jpg", target(), as: .jpg)
        #expect(outcome.losses == ["transparent parts were put on white"])
        let pixels = try bench.pixels("b.jpg", "2x1").map { Int($0) }
        let expected = [255, 128, 128, 255, 255, 255]
        #expect(zip(pixels, expected).allSatisfy { abs($0 - $1) < 6 }, "\(pixels)")
        let kept = try bench.fit("a.png", to: "c.png", target(), as: .png)
        #expect(kept.losses == [])
        #expect(try bench.probe("c.png", "stream=pix_fmt") == ["rgba"])
        #expect(try bench.pixels("a.png", "8x8", format: "rgba") == bench.pixels("c.png", "8x8", format: "rgba"))
    }

    @Test(arguments: ["tiff", "bmp", "png", "gif", "webp", "jpg"])
    func `pictures of all types become JPEG`(from: String) throws {
        let format = ["gif": "", "webp": "-lossless 1", "jpg": "-q:v 2"][from] ?? "-pix_fmt rgb24"
        let words = format == "-pix_fmt rgb24" && from == "bmp" ? "" : format
        try bench.make("a.\(from)", "-f lavfi -i testsrc2=s=160x120 -frames:v 1 \(words)")
        let outcome = try bench.fit("a.\(from)", to: "b.jpg", target(), as: .jpg)
        #expect(outcome.encodes == 1)
        let told = try bench.probe("b.jpg", "stream=codec_name,width,height,color_range")
        #expect(told == ["mjpeg,160,120,pc"])
        let (before, after) = (try bench.pixels("a.\(from)", "16x12"), try bench.pixels("b.jpg", "16x12"))
        #expect(zip(before, after).allSatisfy { abs(Int($0) - Int($1)) < 10 })
        #expect(try bench.complaints("b.jpg") == "")
    }

    @Test func `PNG is lossless`() throws {
        try bench.make("a.bmp", "-f lavfi -i testsrc2=s=160x120 -frames:v 1")
        _ = try bench.fit("a.bmp", to: "b.png", target(), as: .png)
        #expect(try bench.pixels("a.bmp", "160x120") == bench.pixels("b.png", "160x120"))
        try bench.make("c.tiff", "-f lavfi -i testsrc2=s=160x120 -frames:v 1 -pix_fmt rgb48le")
        let outcome = try bench.fit("c.tiff", to: "d.png", target(), as: .png)
        #expect(outcome.losses.contains("samples of 16 bits became 8 bits"))
    }

    @Test(arguments: ["gif", "bmp"]) func `what has few colours keeps them in a palette`(_ type: String) throws {
        let paletted =
            "-filter_complex testsrc2=s=320x240:d=0.2,noise=alls=60,split[a][b];[a]palettegen=max_colors=64[p];[b][p]paletteuse=dither=none"
        try bench.make("a.\(type)", paletted, "-frames:v 1", type == "bmp" ? "-pix_fmt bgr24" : "")
        let outcome = try bench.fit("a.\(type)", to: "b.png", target(), as: .png)
        #expect(try bench.probe("b.png", "stream=pix_fmt") == ["pal8"])
        #expect(try bench.pixels("a.\(type)", "320x240") == bench.pixels("b.png", "320x240"))
        #expect(outcome.losses == [])
        // Another encoder, without a palette, needs more.
        try bench.make("c.png", "-i \(bench.path("a.\(type)")) -frames:v 1 -pix_fmt rgb24 -pred mixed")
        #expect(bench.bytes("b.png") < bench.bytes("c.png"))
        #expect(try bench.complaints("b.png") == "")
    }

    @Test func `half transparent colours stay so in a palette`() throws {
        // 128 shades, each through another alpha: more than a palette costs.
        try bench.make(
            "a.png",
            "-f lavfi -i color=black:s=256x256,format=rgba,geq=r=X/2:g=255-Y/64*64:b=64:a=128+mod(X/4\\,2)*127",
            "-frames:v 1")
        _ = try bench.fit("a.png", to: "b.png", target(), as: .png)
        #expect(
            try bench.pixels("a.png", "256x256", format: "rgba") == bench.pixels("b.png", "256x256", format: "rgba"))
    }

    /// The profile that says what the colours are, as exiftool reads it.
    @Test(arguments: ["png", "jpg", "tiff"], [FileType.jpg, .png])
    func `a colour profile is kept`(_ from: String, _ output: FileType) throws {
        let exiftool = ExternalTool("exiftool")
        try bench.make(
            "a.\(from)", "-f lavfi -i testsrc2=s=160x120 -frames:v 1", from == "tiff" ? "-pix_fmt rgb24" : "")
        let profile = bench.path("p.icc")
        try Data(Self.profile).write(to: URL(filePath: profile))
        func told(_ name: String) throws -> String {
            try exiftool.run(["-s", "-icc_profile:all", bench.path(name)]).output
        }
        try exiftool.run(["-q", "-overwrite_original", "-icc_profile<=\(profile)", bench.path("a.\(from)")])
        _ = try bench.fit("a.\(from)", to: "b.\(output.id)", target(1, Size(width: 80, height: 60)), as: output)
        let before = try told("a.\(from)")
        #expect(before.contains("a display of ours"))
        #expect(try told("b.\(output.id)") == before)
    }

    /// A profile of RGB that has a name and a white (ICC.1:2010, 7.2, 9.2.41 and 9.2.49).
    private static let profile: [UInt8] = {
        func number(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
        func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
        let name = Array("a display of ours\0".utf8)
        let white = [63_190, 65_536, 54_061].flatMap(number)
        let described = Array("desc".utf8) + zeros(4) + number(name.count) + name + zeros(78)
        let first = described + zeros((4 - described.count % 4) % 4)
        let second = Array("XYZ ".utf8) + zeros(4) + white
        let start = 128 + 4 + 24
        let table =
            number(2) + Array("desc".utf8) + number(start) + number(described.count) + Array("wtpt".utf8)
            + number(start + first.count) + number(second.count)
        let head =
            number(start + first.count + second.count) + zeros(4) + [2, 0x40, 0, 0] + Array("mntrRGB XYZ ".utf8)
            + zeros(12) + Array("acsp".utf8) + zeros(28) + white + zeros(48)
        return head + table + first + second
    }()

    @Test(arguments: ["gif", "apng"]) func `an animation becomes a film, with every picture at its time`(
        _ type: String
    ) throws {
        try bench.make("a.\(type)", "-f lavfi -i testsrc2=s=64x48:r=10 -t 1.2", type == "apng" ? "-plays 0" : "-loop 0")
        let video = VideoTarget(stream: 0, size: Size(width: 64, height: 48))
        _ = try bench.fit("a.\(type)", to: "b.mp4", [.encodeVideo(video)], as: .mp4, maxBytes: 60_000)
        let times = try bench.probe("b.mp4", "frame=pts_time", "-select_streams", "v").compactMap {
            Double($0.split(separator: ",")[0])
        }
        #expect(times.count == 12)
        #expect(times.enumerated().allSatisfy { abs($1 - Double($0) / 10) < 0.002 }, "\(times)")
        #expect(try bench.probe("b.mp4", "stream=codec_name,pix_fmt") == ["h264,yuv420p"])
    }

    @Test func `an animation keeps its first picture, and says so`() throws {
        try bench.make("a.gif", "-f lavfi -i testsrc2=s=64x48:r=10 -t 0.5")
        let outcome = try bench.fit("a.gif", to: "b.png", target(), as: .png)
        #expect(outcome.losses == ["only the first picture of the animation was kept"])
    }

    @Test func `it is made smaller, never larger`() throws {
        try bench.make("a.bmp", "-f lavfi -i testsrc2=s=300x100 -frames:v 1")
        _ = try bench.fit("a.bmp", to: "b.jpg", target(6, Size(width: 90, height: 90)), as: .jpg)
        #expect(try bench.probe("b.jpg", "stream=width,height") == ["30,90"])
        _ = try bench.fit("a.bmp", to: "c.jpg", target(1, Size(width: 900, height: 900)), as: .jpg)
        #expect(try bench.probe("c.jpg", "stream=width,height") == ["300,100"])
    }

    @Test(arguments: [Int64(120_000), 30_000, 10_000, 3000], [FileType.jpg, .png])
    func `never over`(limit: Int64, type: FileType) throws {
        try bench.make("a.bmp", "-f lavfi -i testsrc2=s=320x240,noise=alls=50 -frames:v 1")
        let outcome = try bench.fit("a.bmp", to: "b.\(type.id)", target(), as: type, maxBytes: limit)
        #expect(outcome.bytes <= limit)
        #expect(outcome.saturated || outcome.bytes > limit / 2, "\(outcome)")
    }

    @Test func `what is no picture is told by name`() throws {
        try Data("no picture at all".utf8).write(to: bench.folder.file("a.bmp"))
        let failure = try #require(throws: Failure.self) { try bench.fit("a.bmp", to: "b.jpg", target(), as: .jpg) }
        #expect(failure.kind == .unreadable)
        #expect(failure.subject == "a.bmp")
        #expect(bench.bytes("b.jpg") == 0)
    }
}
