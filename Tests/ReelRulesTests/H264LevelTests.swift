import ReelModel
import Testing

@testable import ReelRules

struct H264LevelTests {
    /// What the table itself says (ITU-T H.264, table A-1, and the sizes that A.3.4 lists).
    @Test(arguments: [
        ("3.1", 1280, 720, 30.0, 5, true), ("3.1", 1280, 720, 31, 5, false), ("3.1", 1280, 720, 30, 6, false),
        ("4.0", 1920, 1080, 30, 4, true), ("4.0", 1920, 1080, 30, 5, false), ("4.0", 1920, 1080, 60, 4, false),
        ("4.2", 1920, 1080, 60, 4, true), ("4.0", 1080, 1920, 30000.0 / 1001, 4, true),
        ("5.1", 3840, 2160, 30, 5, true),
        ("5.1", 3840, 2160, 60, 5, false), ("5.2", 3840, 2160, 60, 5, true), ("1b", 176, 144, 15, 4, true),
        ("3.0", 720, 576, 25, 5, true), ("3.0", 2880, 64, 25, 2, false),
    ])
    func `what a level allows`(
        _ name: String, _ width: Int, _ height: Int, _ rate: Double, _ references: Int, _ fits: Bool
    ) throws {
        let level = try #require(H264Level.named(name))
        let use = H264Level.Use(
            size: Size(width: width, height: height), frameRate: rate, referenceFrames: references)
        #expect((level.broken(by: use) == nil) == fits, "\(level.broken(by: use) ?? "")")
    }

    @Test func `levels rise`() {
        for (low, high) in zip(H264Level.all, H264Level.all.dropFirst()) {
            #expect(low.rate <= high.rate && low.frame <= high.frame && low.buffer <= high.buffer)
        }
    }
}
