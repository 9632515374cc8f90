import ReelModel
import Testing

@testable import ReelRules

/// What is told where no copy can be made.
struct RefusedPlanTests {
    private func why(_ facts: Facts, _ profile: Profile, _ options: PlanOptions = PlanOptions()) throws -> String {
        guard case .impossible(_, let why) = Planner.plan(facts, profile: profile, options: options) else {
            throw Failure(.notDone, subject: "", problem: "it was planned", remedy: "")
        }
        return why
    }

    @Test func `a film that is too small is not kept as it is`() throws {
        let profile = try ProfileOverride.set("min_bytes=99_999_999", on: .exampleUpload)
        #expect(try why(.example(.mp4), profile).contains("wants at least 99,999,999"))
    }

    @Test func `a picture of too few bits is not kept as it is`() throws {
        let profile = try ProfileOverride.set("min_video_bit_rate=900_000_000", on: .exampleUpload)
        #expect(try why(.example(.mp4), profile).contains("wants at least 900 Mb/s"))
    }

    @Test func `where the bit rate is the bound, the limit is named, not the bytes`() throws {
        let profile = try ProfileOverride.set("max_video_bit_rate=100", on: .exampleUpload)
        let told = try why(.example(.mp4), profile)
        #expect(told.contains("max_video_bit_rate") && !told.contains("0 bytes"), "\(told)")
        // Where bytes are the closer bound, they are what is told.
        let bytes = try why(.example(.mp4), .exampleUpload, PlanOptions(maxBytes: 10))
        #expect(bytes.contains("do not go into 10 bytes"), "\(bytes)")
    }

    @Test func `a fix does not advise a fit that would be refused`() throws {
        let board = try ProfileCatalog.profile("discord-soundboard")
        let sound = Facts.example(.mp3) { $0.setLength(10) }
        let long = Engine.judge(sound, profiles: [board]).findings.first { $0.rule == "duration-too-long" }
        let advice = try #require(long?.fix.words)
        let refusal = try why(sound, board)
        #expect(advice.contains("reelgate fit cannot") && advice.contains(refusal), "\(advice)")
        // Where it can, it is advised.
        let film = Facts.example(.mp4) { $0.setLength(4000) }
        let reel = Engine.judge(film, profiles: [try ProfileCatalog.profile("instagram-reels")]).findings
        let other = try #require(reel.first { $0.rule == "duration-too-long" }?.fix.words)
        #expect(other.contains("reelgate fit") && !other.contains("cannot"), "\(other)")
    }

    @Test(arguments: ["vorbis", "opus"])
    func `a voice message is not advised a fit that writes no Ogg`(_ codec: String) throws {
        let voice = try ProfileCatalog.profile("telegram-bot-voice")
        let facts = Facts.example(.ogg) {
            $0.bytes = 40_000
            $0.video = .known([])
            $0.editAudio { $0.codec = .known(codec) }
        }
        let advice = Engine.judge(facts, profiles: [voice]).findings.first { $0.rule == "audio-codec" }?.fix.words
        guard codec == "vorbis" else { return #expect(advice == nil) }
        let refusal = try why(facts, voice)
        #expect(advice?.hasSuffix("reelgate fit cannot do it: \(refusal).") == true, "\(advice ?? "none")")
        // Another shape is an option away: what is told of it stays.
        let wide = Facts.example(.mp4) { $0.editVideo { $0.width = .known(8000) } }
        let fixes = Engine.judge(wide, profiles: [try ProfileCatalog.profile("x-video")]).findings.map(\.fix.words)
        #expect(fixes.contains { $0.contains("reelgate fit --aspect") }, "\(fixes)")
        #expect(!fixes.contains { $0.contains("cannot do it") }, "\(fixes)")
    }

    @Test func `the plan carries the seconds that the copy may last`() throws {
        let film = Facts.example(.mp4) { $0.setLength(61) }
        guard case .plan(let plan) = Planner.plan(film, profile: .exampleDelivery, options: PlanOptions(maxDuration: 5))
        else { return #expect(Bool(false), "there is no plan") }
        #expect(plan.maxDuration == 5)
    }

    @Test(arguments: [("whatsapp-audio", Severity.reject), ("telegram-bot-voice", .risk)])
    func `Ogg is taken with Opus only`(_ name: String, _ severity: Severity) throws {
        let profile = try ProfileCatalog.profile(name)
        func found(_ codec: String) -> [Severity] {
            let facts = Facts.example(.ogg) {
                $0.bytes = 40_000
                $0.video = .known([])
                $0.editAudio { $0.codec = .known(codec) }
            }
            return Engine.judge(facts, profiles: [profile]).findings.filter { $0.rule == "audio-codec" }.map(\.severity)
        }
        #expect(found("vorbis") == [severity])
        #expect(found("opus") == [])
    }

    @Test(arguments: [(FileType.aac, "aac"), (.m4a, "aac"), (.mp3, "mp3"), (.amr, "amr_nb"), (.amr, "amr_wb")])
    func `what WhatsApp lists is taken as it usually is`(_ type: FileType, _ codec: String) throws {
        let facts = Facts.example(type) { $0.editAudio { $0.codec = .known(codec) } }
        let judged = Engine.judge(facts, profiles: [try ProfileCatalog.profile("whatsapp-audio")])
        #expect(judged.findings.filter { $0.severity >= .risk } == [])
    }
}
