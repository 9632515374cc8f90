import Foundation
import ReelInspect
import ReelModel
import ReelTestSupport
import Testing

/// Spans against ffmpeg's own detectors with the same thresholds.
struct `Analyzers agree with ffmpeg` {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    // 32 on the scale from 16 to 235.
    static let blackdetect = ["-an", "-vf", "blackdetect=d=0.1:pix_th=0.0731:pic_th=0.98"]
    static let silencedetect = ["-vn", "-af", "silencedetect=n=-60dB:d=0.5"]

    @Test(arguments: [
        "-c:v libx264 -preset ultrafast", "-c:v libx264 -preset ultrafast -pix_fmt yuv420p10le",
        "-c:v libx264 -preset ultrafast -pix_fmt yuvj420p", "-c:v libx264 -preset ultrafast -pix_fmt gray",
        "-c:v ffv1 -pix_fmt yuv422p16le", "-c:v rawvideo -pix_fmt yuyv422",
    ])
    func `black`(codec: String) throws {
        let path = try folder.makeFilm("a.mkv", codec.split(separator: " ").map(String.init) + ["-an"])
        let told = try detected(path, Self.blackdetect, start: "black_start", end: "black_end", duration: 6)
        let found = try #require(try inspect(path, .frames).measured)
        #expect(agree(found.black, told, within: 0.0401), "\(found.black) \(told)")
        #expect(agree(found.black, [TimeRange(start: 2, end: 3.2)], within: 0.0011), "\(found.black)")
    }

    @Test func `black in RGB, which the other judge cannot tell directly`() throws {
        let path = try folder.makeFilm("a.mkv", ["-c:v", "libx264rgb", "-preset", "ultrafast", "-an"])
        let found = try #require(try inspect(path, .frames).measured)
        #expect(agree(found.black, [TimeRange(start: 2, end: 3.2)], within: 0.0011), "\(found.black)")
    }

    @Test func `black at the start, at the end, and too short to tell`() throws {
        let path = try folder.make(
            "ends.mp4",
            [
                "-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=4", "-vf",
                "drawbox=c=black:t=fill:enable='lt(t,0.5)+between(t,2,2.07)+between(t,3,3.09)+gte(t,3.6)'",
                "-c:v", "libx264",
            ])
        let found = try #require(try inspect(path, .frames).measured?.black)
        let expected = [(0, 0.52), (3, 3.12), (3.6, 4)].map { TimeRange(start: $0.0, end: $0.1) }
        #expect(agree(found, expected, within: 0.0001), "\(found)")
        let told = try detected(path, Self.blackdetect, start: "black_start", end: "black_end", duration: 4)
        #expect(agree(found, told, within: 0.0401), "\(told)")
    }

    @Test(arguments: [
        "wav -c:a pcm_s16le", "wav -c:a pcm_u8", "wav -c:a pcm_s24le", "wav -c:a pcm_f64le", "flac -sample_fmt s32",
        "m4a -c:a aac", "mp3 -c:a libmp3lame", "mka -c:a libopus -ac 2", "mka -c:a pcm_f32le -ac 6",
        "mp4 -c:a aac -ac 2",
    ])
    func `silence`(arguments: String) throws {
        let parts = arguments.split(separator: " ").map(String.init)
        let path = try folder.makeFilm("a." + parts[0], parts.dropFirst() + (parts[0] == "mp4" ? [] : ["-vn"]))
        let told = try detected(path, Self.silencedetect, start: "silence_start", end: "silence_end", duration: 6)
        let found = try #require(try inspect(path, .frames).measured?.silence)
        // Matroska counts in milliseconds, so that the first block's time is rounded, and ffmpeg starts a file that
        // begins before 0 at 0.
        #expect(agree(found, told, within: parts[0] == "mka" ? 0.0082 : 0.0002), "\(found) \(told)")
        #expect(agree(found, [TimeRange(start: 3, end: 4.5)], within: 0.06), "\(found)")
    }

    @Test func `all of it silent, and none`() throws {
        let silent = try folder.make("s.wav", ["-f", "lavfi", "-i", "anullsrc=r=8000", "-t", "2"])
        #expect(try inspect(silent, .frames).measured?.silence == [TimeRange(start: 0, end: 2)])
        let loud = try folder.make("l.wav", ["-f", "lavfi", "-i", "sine", "-t", "2"])
        #expect(try inspect(loud, .frames).measured?.silence == [])
    }
}
