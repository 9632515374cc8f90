import ReelModel
import Testing

@testable import ReelRules

/// One file, held against several destinations at once: none is told by what another says.
struct SeveralProfilesTests {
    private func open(_ result: Engine.Result, _ profile: Profile) -> [NotEvaluated] {
        result.notEvaluated.filter { $0.profile == profile.name }
    }

    private func found(_ result: Engine.Result, _ profile: Profile) -> [Finding] {
        result.findings.filter { $0.profile == profile.name }
    }

    /// Motion JPEG in AVI, of which no header tells how colour is sampled.
    private let film = Facts.example(.avi) {
        $0.editVideo {
            $0.codec = .known("mjpeg")
            $0.pixelFormat = .unknown(Facts.notInHeader)
        }
    }

    @Test func `a refusal of one does not delete what could not be evaluated for another`() throws {
        let video = try ProfileCatalog.profile("x-video"), photo = try ProfileCatalog.profile("telegram-bot-photo")
        let alone = Engine.judge(film, profiles: [video])
        #expect(alone.notEvaluated.contains { $0.rule == "chroma-not-accepted" })
        for profiles in [[video, photo], [photo, video]] {
            let both = Engine.judge(film, profiles: profiles)
            #expect(open(both, video) == open(alone, video))
            #expect(found(both, photo).map(\.severity).contains(.reject))
        }
    }

    @Test func `each destination is told the same, whatever others are asked about`() throws {
        let profiles = try ["x-video", "telegram-bot-photo", "instagram-reels", "whatsapp-audio", "mastodon-image"].map
        {
            try ProfileCatalog.profile($0)
        }
        let unknown = Facts.example(.mp4) {
            $0.type = .unknown("its content is of no known type")
            $0.video = .unknown("not read from this type of file")
            $0.audio = .unknown("not read from this type of file")
        }
        for facts in [film, .example(.jpg), .example(.mp4), unknown, .example(.ogg)] {
            let together = Engine.judge(facts, profiles: profiles)
            for profile in profiles {
                let alone = Engine.judge(facts, profiles: [profile])
                #expect(found(together, profile) == found(alone, profile), "\(profile.name)")
                #expect(open(together, profile) == open(alone, profile), "\(profile.name)")
            }
        }
    }

    @Test func `what is refused as of no known type has no list of what was not read`() throws {
        let facts = Facts.example(.mp4) {
            $0.type = .unknown("its content is of no known type")
            $0.video = .unknown("not read from this type of file")
            $0.audio = .unknown("not read from this type of file")
            $0.duration = .unknown("not read from this type of file")
        }
        let reel = try ProfileCatalog.profile("instagram-reels")
        let judged = Engine.judge(facts, profiles: [reel])
        #expect(judged.findings.contains { $0.rule == "type-not-accepted" && $0.severity == .reject })
        #expect(open(judged, reel) == [])
        #expect(Verdict(findings: judged.findings, notEvaluated: judged.notEvaluated, strict: false) == .fail)
        // One that names no types has refused nothing.
        var any = reel
        any.name = "any"
        any.types = nil
        #expect(!open(Engine.judge(facts, profiles: [reel, any]), any).isEmpty)
    }
}
