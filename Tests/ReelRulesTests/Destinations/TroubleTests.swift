import Foundation
import ReelFormats
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelRules

/// What people were refused for: each a file made by ffmpeg, read and judged as the command does it.
struct TroubleTests {
    struct Trouble: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let file: String
        let arguments: [String]
        /// Profile, and ids of the rules that find a risk or worse.
        let verdicts: [String: [String]]
    }

    private static func film(_ size: String = "720x1280", rate: String = "30") -> [String] {
        ["-f", "lavfi", "-i", "testsrc2=s=\(size):r=\(rate):d=4"]
    }
    private static let sound = ["-f", "lavfi", "-i", "sine=r=48000:d=4"]
    private static let picture = [
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-movflags", "+faststart",
    ]
    private static let aac = ["-c:a", "aac", "-ac", "2", "-b:a", "128k"]

    static let troubles: [Trouble] = [
        Trouble(
            testDescription: "a plain film is taken", file: "good.mp4", arguments: film() + sound + picture + aac,
            verdicts: [
                "instagram-reels": [], "tiktok-video": [], "youtube-shorts": [], "threads-video": [],
                "facebook-reels": [], "x-video": [], "linkedin-video": [], "bluesky-video": [],
            ]),
        Trouble(
            testDescription: "60.02 frames a second are not 60", file: "60.mp4",
            arguments: film(rate: "3001/50") + sound + picture + aac + ["-video_track_timescale", "30010"],
            verdicts: [
                "instagram-reels": ["frame-rate-too-high"], "tiktok-video": ["frame-rate-too-high"],
                "mastodon-video": [], "facebook-reels": ["frame-rate-too-high"],
            ]),
        Trouble(
            testDescription: "4:4:4 of a screen recorder", file: "444.mp4",
            arguments: film() + sound + picture + ["-pix_fmt", "yuv444p"] + aac,
            verdicts: [
                "x-video": ["chroma-not-accepted"], "instagram-reels": ["chroma-not-accepted"], "tiktok-video": [],
            ]),
        Trouble(
            testDescription: "the index at the end", file: "last.mp4",
            arguments: film() + sound + picture + ["-movflags", "0"] + aac,
            verdicts: ["youtube-shorts": ["index-last"], "instagram-reels": ["index-last"], "tiktok-video": []]),
        Trouble(
            testDescription: "fragments", file: "fragments.mp4",
            arguments: film() + sound + picture + ["-movflags", "frag_keyframe+empty_moov"] + aac,
            verdicts: ["instagram-reels": ["fragmented-media"]]),
        Trouble(
            testDescription: "sound before the picture", file: "order.mp4",
            arguments: film() + sound + ["-map", "1", "-map", "0"] + picture + aac,
            verdicts: ["tiktok-video": ["video-not-first"], "instagram-reels": []]),
        Trouble(
            testDescription: "5.1 sound", file: "six.mp4",
            arguments: film() + ["-f", "lavfi", "-i", "sine=r=48000:d=4,aformat=channel_layouts=5.1"] + picture
                + ["-c:a", "aac"],
            verdicts: ["x-video": ["audio-channels"], "instagram-reels": ["audio-channels"], "tiktok-video": []]),
        Trouble(
            testDescription: "a silent film", file: "silent.mp4", arguments: film() + picture,
            verdicts: ["instagram-reels": [], "tiktok-video": [], "whatsapp-video": []]),
        Trouble(
            testDescription: "two streams of sound", file: "two.mp4",
            arguments: film() + sound + ["-map", "0", "-map", "1", "-map", "1"] + picture + aac,
            verdicts: ["whatsapp-video": ["audio-streams-several"], "instagram-reels": []]),
        Trouble(
            testDescription: "a telephone's film, wide as stored and upright as shown", file: "turned.mp4",
            arguments: film("1920x1080") + sound + ["-metadata:s:v", "rotate=90"] + picture + aac,
            verdicts: ["youtube-shorts": [], "facebook-reels": [], "instagram-reels": []]),
        Trouble(
            testDescription: "the same not turned", file: "wide.mp4",
            arguments: film("1920x1080") + sound + picture + aac,
            verdicts: ["facebook-reels": [], "instagram-reels": [], "pinterest-video": []]),
        Trouble(
            testDescription: "pixels that are not square", file: "wide-pixels.mp4",
            arguments: film("720x960") + sound + ["-vf", "setsar=4/3"] + picture + aac,
            verdicts: ["x-video": ["pixel-aspect-not-accepted"], "instagram-reels": []]),
        Trouble(
            testDescription: "15 frames a second", file: "15.mp4", arguments: film(rate: "15") + sound + picture + aac,
            verdicts: [
                "instagram-reels": ["frame-rate-too-low"], "tiktok-video": ["frame-rate-too-low"], "x-video": [],
            ]),
        Trouble(
            testDescription: "1086 pixels in a carousel", file: "1086.jpg",
            arguments: ["-f", "lavfi", "-i", "testsrc2=s=1086x1448:r=1:d=1", "-frames:v", "1"],
            verdicts: ["tiktok-photo": ["frame-too-large"], "instagram-feed-image": ["aspect-out-of-range"]]),
        Trouble(
            testDescription: "941x1672, which went through", file: "941.jpg",
            arguments: [
                "-f", "lavfi", "-i", "testsrc2=s=942x1672:r=1:d=1", "-vf", "format=yuvj444p,crop=941:1672", "-frames:v",
                "1",
            ],
            verdicts: ["tiktok-photo": []]),
        Trouble(
            testDescription: "a PNG where JPEG is taken", file: "a.png",
            arguments: ["-f", "lavfi", "-i", "testsrc2=s=1080x1080:r=1:d=1", "-frames:v", "1"],
            verdicts: [
                "instagram-feed-image": ["type-not-accepted"], "tiktok-photo": ["type-not-accepted"],
                "threads-image": [], "linkedin-image": [],
            ]),
        Trouble(
            testDescription: "a flat picture can be too small", file: "flat.png",
            arguments: ["-f", "lavfi", "-i", "color=s=720x720:r=1:d=1", "-frames:v", "1"],
            verdicts: ["google-business-photo": ["file-too-small"]]),
        Trouble(
            testDescription: "a Matroska file", file: "a.mkv", arguments: film() + sound + picture + aac,
            verdicts: [
                "instagram-reels": ["type-not-accepted"], "tiktok-video": ["type-not-accepted"],
                "discord-attachment": [],
            ]),
    ]

    @Test(arguments: troubles)
    func `what is found is what was suffered`(_ trouble: Trouble) throws {
        let folder = try TemporaryFolder()
        try ExternalTool.ffmpeg.run(["-v", "error"] + trouble.arguments + [folder.path(trouble.file)])
        var source = MemorySource(Array(try Data(contentsOf: folder.file(trouble.file))))
        let facts = try HeaderReader.facts(of: &source, name: trouble.file)
        for (name, ids) in trouble.verdicts {
            let result = Engine.judge(facts, profiles: [try ProfileCatalog.profile(name)])
            let found = Set(result.findings.filter { $0.severity >= .risk }.map(\.rule)).sorted()
            #expect(found == ids, "\(name): \(result.findings.map(\.message))")
            // What could refuse it is told by the header.
            #expect(!result.notEvaluated.contains { $0.gravity == .reject }, "\(name): \(result.notEvaluated)")
        }
    }

    @Test func `HE-AAC is not AAC-LC`() throws {
        // No encoder for it is at hand: the facts are those that its header gives.
        let facts = Facts.example(.mp4) { $0.editAudio { $0.profile = .known("HE-AAC") } }
        let result = Engine.judge(facts, profiles: [try ProfileCatalog.profile("x-video")])
        #expect(result.findings.contains { $0.rule == "audio-codec" && $0.severity == .reject })
        let reels = Engine.judge(facts, profiles: [try ProfileCatalog.profile("instagram-reels")])
        #expect(!reels.findings.contains { $0.rule == "audio-codec" })
    }

    @Test func `the answer is predicted, and a hosting error is said not to be the file's`() throws {
        let facts = Facts.example(.mp4) { $0.editVideo { $0.codec = .known("vp9") } }
        let result = Engine.judge(facts, profiles: [try ProfileCatalog.profile("instagram-reels")])
        let finding = try #require(result.findings.first { $0.rule == "video-codec" })
        #expect(finding.code == "2207026")
        #expect(finding.answer?.parent == "352")
        #expect(finding.answer?.isNotAboutTheFile == false)
        let hosting = try #require(try ProfileCatalog.answers().first { $0.code == "2207052" })
        #expect(hosting.isNotAboutTheFile && hosting.causes.isEmpty)
    }

    @Test func `the size of an Instagram reel is a risk from 300 MB and refused from 1 GB`() throws {
        let profile = try ProfileCatalog.profile("instagram-reels")
        func severity(_ bytes: Int64) -> Severity? {
            Engine.judge(.example(.mp4) { $0.bytes = bytes }, profiles: [profile]).findings
                .first { $0.rule == "file-too-large" }?.severity
        }
        #expect(severity(300_000_000) == nil)
        #expect(severity(300_000_001) == .risk)
        #expect(severity(1_000_000_001) == .reject)
        // What is made for it keeps to the stricter one.
        #expect(profile.maxBytes?.value == 300_000_000)
    }
}
