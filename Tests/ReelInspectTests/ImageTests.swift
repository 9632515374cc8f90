import Foundation
import ReelInspect
import ReelModel
import ReelTestSupport
import Testing

struct `Pictures` {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: [
        ("a.png", FileType.png, "rgba", true), ("b.jpg", .jpg, "yuvj420p", false), ("c.webp", .webp, "yuv420p", false),
        ("d.bmp", .bmp, "bgr24", false), ("e.tiff", .tiff, "rgb24", false),
    ])
    func `one picture, of the size it has`(name: String, type: FileType, format: String, alpha: Bool) throws {
        let path = try folder.make(
            name, ["-f", "lavfi", "-i", "testsrc=s=123x77:d=1:r=1", "-frames:v", "1", "-pix_fmt", format])
        let facts = try inspect(path, .frames)
        #expect(facts.type.value == type)
        let image = try #require(facts.image)
        #expect(image.size.value == Size(width: 123, height: 77))
        #expect(image.frames.value == 1)
        #expect(image.orientation.value == 1)
        #expect(image.alpha.value == alpha)
        #expect(image.bitDepth.value == 8)
        #expect(facts.measured?.faultCount == 0)
        #expect(facts.measured?.stream(0)?.sizes == [Size(width: 123, height: 77)])
        #expect(facts.measured?.black == [])
    }

    @Test func `an animation has its frames`() throws {
        let path = try folder.make("a.gif", ["-f", "lavfi", "-i", "testsrc=s=64x48:d=1:r=10"])
        let facts = try inspect(path, .frames)
        #expect(facts.type.value == .gif)
        #expect(facts.image?.frames.value == 10)
        #expect(facts.image?.duration.value == 1)
    }

    /// FFmpeg 5.1 has no decoder for it: that is no fault of the file.
    @Test(arguments: [Depth.packets, .frames])
    func `an animated WebP is told to be undecodable, and not damaged`(depth: Depth) throws {
        let facts = try inspect(Places.fixtures.appending(path: "passes-animated.webp").path, depth)
        #expect(facts.image?.decodable == .known(false))
        #expect((facts.measured?.faultCount ?? 0) == 0)
        let still = try inspect(Places.fixtures.appending(path: "passes-lossy.webp").path, depth)
        #expect(still.image?.decodable == .known(true))
    }

    @Test func `a cut picture is a fault`() throws {
        for name in ["a.png", "b.jpg"] {
            let whole = try folder.make(name, ["-f", "lavfi", "-i", "testsrc2=s=640x480:d=1:r=1", "-frames:v", "1"])
            let path = try folder.damage(whole, as: "cut-" + name) { $0 = $0.prefix($0.count / 2) }
            #expect((try inspect(path, .frames).measured?.faultCount ?? 0) > 0, "\(name)")
        }
    }

    @Test func `EXIF says how a photograph is held`() throws {
        let plain = try folder.make("a.jpg", ["-f", "lavfi", "-i", "testsrc=s=64x48:d=1:r=1", "-frames:v", "1"])
        // TIFF structure with one entry in directory 0: Orientation (274), SHORT, 1, value 6.
        let tiff: [UInt8] = [
            0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
        ]
        let body = Array("Exif".utf8) + [0, 0] + tiff
        let path = try folder.damage(plain, as: "turned.jpg") { data in
            data.insert(contentsOf: [0xFF, 0xE1, 0, UInt8(body.count + 2)] + body, at: 2)
        }
        let facts = try inspect(path, .frames)
        #expect(facts.image?.orientation.value == 6)
        #expect(facts.measured?.faultCount == 0)
    }
}
