import Foundation
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelInspect

/// Asking for less changes nothing of what is asked for.
struct ScopeTests {
    /// What an analysis told.
    static func told(_ analysis: Analysis, _ measured: Measured) -> [AnyHashable] {
        let (picture, sound) = (measured.picture, measured.sound)
        return switch analysis {
        case .bands: [picture?.bands, picture?.tooSmall.bands]
        case .bars: [picture?.bars]
        case .black: [measured.black]
        case .blocks: [picture?.blocks, picture?.tooSmall.blocks]
        case .blur: [picture?.blur, picture?.tooSmall.blur]
        case .cadence: [picture?.cadence]
        case .captions: [picture?.captions]
        case .combing: [picture?.combing, picture?.tooSmall.combing]
        case .edges: [picture?.emptyStart, picture?.emptyEnd]
        case .flashes: [picture?.flashes]
        case .flicker: [picture?.flicker]
        case .garbage: [picture?.garbage]
        case .jumps: [picture?.cuts, picture?.cutCount, picture?.strays]
        case .lettering: [picture?.lettering]
        case .levels: [picture?.levels]
        case .singleColor: [picture?.singleColor]
        case .still: [picture?.still, picture?.stillShare]
        case .channels: [sound?.channels, sound?.level]
        case .clipping: [sound?.clipped, sound?.clippedCount]
        case .levelSteps: [sound?.steps, sound?.stepCount]
        case .loudness:
            [
                sound?.loudness.integrated, sound?.loudness.range, sound?.loudness.momentaryMaximum,
                sound?.loudness.shortTermMaximum,
            ]
        case .peaks: [sound?.loudness.truePeak, sound?.loudness.truePeakTime, sound?.loudness.samplePeak]
        case .silence: [measured.silence, sound?.silences]
        case .stereo: [sound?.stereo]
        }
    }

    @Test func `every analyzer has an analysis, and every analysis one analyzer`() {
        let all = Analyzers.ofPicture.map { $0.analysis } + Analyzers.ofSound.map { $0.analysis }
        #expect(all.count == Analysis.allCases.count && Set(all) == Set(Analysis.allCases))
    }

    @Test func `each alone tells what all together tell, and nothing else`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.make(
            "film.mp4",
            [
                "-f", "lavfi", "-i", "testsrc2=s=854x480:r=25:d=3", "-f", "lavfi", "-i",
                "aevalsrc='sin(440*t)*(lt(t,1)+gt(t,1.7))|0.2*sin(300*t)':s=48000:d=3", "-vf",
                "drawbox=c=black:t=fill:enable='lt(t,0.11)+between(t,1,1.4)',negate=enable='eq(n,50)',"
                    + "drawbox=c=blue:t=fill:enable='between(t,2.4,2.8)'", "-af", "volume=2",
                "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "flac", "-strict", "-2",
            ])
        let whole = try #require(try inspect(path, .frames).measured)
        #expect(whole.leftOut.isEmpty)
        var empty = Measured(picture: PictureMeasurements(stream: 0, frames: 75))
        empty.sound = SoundMeasurements(stream: 1, rate: 48_000)
        for analysis in Analysis.allCases {
            let alone = try #require(try inspect(path, .frames, [analysis]).measured)
            #expect(Self.told(analysis, alone) == Self.told(analysis, whole), "\(analysis)")
            #expect(alone.leftOut == Set(Analysis.allCases).subtracting([analysis]))
            #expect(alone.streams == whole.streams)
            for other in Analysis.allCases where other != analysis {
                #expect(Self.told(other, alone) == Self.told(other, empty), "\(other) beside \(analysis)")
            }
        }
    }

    @Test func `every sound is listened to`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.make(
            "film.mkv",
            [
                "-f", "lavfi", "-i", "sine=440:r=48000:d=3", "-f", "lavfi", "-i", "sine=880:r=44100:d=3", "-map", "0",
                "-map", "1",
                "-filter:a:1", "volume=0:enable='gte(t,1)'", "-c:a", "flac",
            ])
        let measured = try #require(try inspect(path, .frames).measured)
        #expect(measured.sound?.stream == 0 && measured.silence.isEmpty)
        let other = try #require(measured.otherSounds.first)
        #expect(measured.otherSounds.count == 1 && other.stream == 1 && other.rate == 44_100)
        #expect(agree(other.silences.map(\.span), [TimeRange(start: 1, end: 3)], within: 0.03), "\(other.silences)")
    }
}
