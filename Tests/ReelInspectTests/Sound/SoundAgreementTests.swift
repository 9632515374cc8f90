import Foundation
import ReelModel
import ReelTestSupport
import Testing

/// Loudness and peaks against ffmpeg's `ebur128` on the same files.
struct `Loudness agrees with ffmpeg` {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    static let makes = [
        "a.wav -ac 2 -c:a pcm_s16le", "b.wav -ac 1 -c:a pcm_u8", "c.wav -ac 2 -c:a pcm_f64le -ar 96000",
        "d.flac -ac 2 -sample_fmt s32 -ar 44100", "e.m4a -ac 2 -c:a aac", "f.mp3 -ac 2 -ar 22050",
        "g.mka -ac 2 -c:a libopus", "h.mka -ac 6 -c:a pcm_s24le", "i.ogg -ac 2 -c:a libvorbis",
        "j.mp4 -ac 6 -c:a ac3", "k.wav -ac 2 -ar 8000",
    ]

    @Test(arguments: makes)
    func `loudness within 0.1 LU, peaks within 0.2 dB`(arguments: String) throws {
        let parts = arguments.split(separator: " ").map(String.init)
        let path = try folder.make(
            parts[0],
            [
                "-f", "lavfi", "-i", "anoisesrc=c=pink:r=48000:d=24:a=0.5:seed=7", "-f", "lavfi", "-i",
                "sine=f=997:r=48000:d=24", "-filter_complex",
                "[0]volume='0.25+0.2*sin(0.7*t)':eval=frame[n];[n][1]amix=weights='1 0.3'",
            ] + parts.dropFirst())
        let words = try ExternalTool.ffmpeg.run([
            "-hide_banner", "-nostats", "-i", path, "-af", "ebur128=peak=true+sample", "-f", "null", "-",
        ]).errors
        let summary = try #require(words.components(separatedBy: "Summary:").last)
        func told(_ key: String) -> [Double] {
            summary.split(separator: "\n").compactMap { line in
                let words = line.split(separator: " ")
                return words.first.map(String.init) == key + ":" ? words.dropFirst().first.flatMap { Double($0) } : nil
            }
        }
        let loudness = try #require(try inspect(path, .frames).measured?.sound?.loudness)
        // It tells tenths.
        #expect(abs((loudness.integrated.value ?? .nan) - told("I")[0]) <= 0.1, "\(loudness) \(summary)")
        #expect(abs((loudness.range.value ?? .nan) - told("LRA")[0]) <= 0.1, "\(loudness) \(summary)")
        #expect(abs((loudness.samplePeak.value ?? .nan) - told("Peak")[0]) <= 0.2, "\(loudness) \(summary)")
        #expect(abs((loudness.truePeak.value ?? .nan) - told("Peak")[1]) <= 0.2, "\(loudness) \(summary)")
    }
}
