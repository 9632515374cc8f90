import ReelModel
import Testing

@testable import ReelRules

struct EngineTests {
    let upload = try? ProfileCatalog.profile("nemo-upload")
    let export = try? ProfileCatalog.profile("nemo-export")

    @Test func `an upload needs headers, a delivery and an order every frame`() throws {
        let upload = try #require(upload), export = try #require(export)
        #expect(Engine.depth(for: [upload]) == .header)
        #expect(Engine.depth(for: []) == .header)
        #expect(Engine.depth(for: [export]) == .frames)
        #expect(Engine.depth(for: [upload], expectation: Expectation(codec: "h264")) == .frames)
    }

    @Test func `only the rules that are chosen are asked, and no deeper is measured than they need`() throws {
        let export = try #require(export)
        let header = try Catalog.selection(only: ["index-last", "video-codec"], skipping: [])
        #expect(Engine.depth(for: [export], selection: header) == .header)
        let facts = Facts.example(.mp4) { $0.fastStart = .known(false) }
        let result = Engine.judge(facts, profiles: [export], selection: header)
        #expect(result.findings.map(\.rule) == ["index-last"] && result.notEvaluated == [])
        let without = try Catalog.selection(only: nil, skipping: ["index-last"])
        #expect(Engine.judge(facts, profiles: [export], selection: without).findings == [])
        #expect(Engine.depth(for: [export], selection: without) == .frames)
        #expect(throws: Failure.self) { try Catalog.selection(only: ["index-lost"], skipping: []) }
    }

    @Test func `what was asked, what was sent and what came are told side by side`() throws {
        let order = Expectation(duration: 10).completed(by: Expectation(duration: 10, draftDuration: 12))
        let facts = Facts.decodedExample(.mp4) {
            $0.editMeasured(0) { $0.span = TimeRange(start: 0, end: 9.96) }
            $0.editMeasured(1) { $0.span = TimeRange(start: 0, end: 4.1) }
            $0.duration = .known(12)
        }
        let messages = Engine.judge(facts, profiles: [], expectation: order).findings.map(\.message)
        #expect(
            messages.contains(
                "10 s was ordered, the draft has 12 s; the file says 12 s, the picture lasts 9.96 s, the sound 4.1 s"))
    }

    @Test func `every accepted type passes the upload under each of its names`() throws {
        let upload = try #require(upload)
        for id in upload.types?.value ?? [] {
            let type = try #require(FileType.named(id))
            let result = Engine.judge(.example(type), profiles: [upload])
            #expect(verdict(result, strict: true) == .pass, "\(id): \(result)")
        }
    }

    @Test func `every other type is answered 4001`() throws {
        let upload = try #require(upload)
        for type in FileType.all where upload.types?.value.contains(type.id) == false {
            for name in [type.id, "mp4", "jpg"] {
                let facts = Facts.example(type) { $0.fileExtension = name }
                let result = Engine.judge(facts, profiles: [upload])
                #expect(result.findings.map(\.rule) == ["type-not-accepted"], "\(type) named .\(name)")
                #expect(result.findings.map(\.code) == ["4001"])
                #expect(verdict(result) == .fail)
            }
        }
    }

    @Test func `a large file of a refused type has both codes`() throws {
        let upload = try #require(upload)
        let facts = Facts.example(.ts) { $0.bytes = 231_400_000 }
        let result = Engine.judge(facts, profiles: [upload])
        #expect(result.findings.map(\.rule) == ["file-too-large", "type-not-accepted"])
        #expect(result.findings.map(\.code) == ["4002", "4001"])
        #expect(result.findings[0].measured == 231_400_000)
        #expect(result.findings[0].allowed == ["max": 200_000_000])
        #expect(result.findings[1].fix.words.contains("mp4"))
    }

    @Test func `a finding says into what fit would make the file`() throws {
        let upload = try #require(upload)
        let ogg = Facts.example(.ogg) { $0.video = .known([]) }
        let drawing = Facts.example(.bmp) {
            $0.image?.width = .known(64)
            $0.image?.height = .known(48)
        }
        for (facts, made) in [(ogg, "m4a"), (drawing, "png"), (.example(.avif), "jpg"), (.example(.wmv), "mp4")] {
            let fix = Engine.judge(facts, profiles: [upload]).findings.first?.fix.words
            #expect(fix == "Convert it to \(made): reelgate fit.")
        }
    }

    @Test func `one cause, one finding`() throws {
        let upload = try #require(upload), export = try #require(export)
        let empty = Facts.example(.mp4) {
            $0.bytes = 0
            $0.type = .unknown("it is empty")
            $0.video = .unknown("it is empty")
            $0.missingBytes = .unknown("it is empty")
        }
        #expect(Engine.judge(empty, profiles: [upload]).findings.map(\.rule) == ["empty-file"])
        #expect(Engine.judge(empty, profiles: [export]).notEvaluated == [])
        let page = Facts.example(.html) { $0.fileExtension = "mp4" }
        #expect(Engine.judge(page, profiles: [upload]).findings.map(\.rule) == ["type-not-accepted"])
        #expect(Engine.judge(page, profiles: []).findings.map(\.rule) == ["no-media-stream"])
    }

    @Test func `a risk does not silence a refusal`() throws {
        var lenient = Profile(
            name: "lenient", title: "Lenient", use: .upload, summary: "",
            sources: ["s": Profile.Source(title: "", url: nil, asOf: "")])
        lenient.types = Limit(["mp4"], strength: .hard, effect: .unverified, source: "s")
        let result = Engine.judge(.example(.html), profiles: [lenient])
        #expect(result.findings.map(\.rule) == ["no-media-stream", "type-not-accepted"])
        #expect(verdict(result) == .fail)
    }

    @Test func `what was not decoded does not pass as a delivery`() throws {
        let export = try #require(export)
        let result = Engine.judge(.example(.mp4), profiles: [export])
        #expect(result.findings == [])
        // Beside them, every check of the profile that needs more than headers.
        let checks = export.checks.keys.filter { id in Catalog.pages.contains { $0.id == id && $0.depth > .header } }
        #expect(
            result.notEvaluated.map(\.rule).filter { !checks.contains($0) } == [
                "audio-ends-early", "broken-framing", "decode-error", "frames-short", "missing-parameter-sets",
                "no-key-frame-first", "picture-missing", "sound-missing", "timestamp-gap",
                "timestamps-not-monotonic", "video-ends-early", "zeroed-range",
            ])
        #expect(Set(result.notEvaluated.map(\.rule)).isSuperset(of: checks))
        #expect(verdict(result) == .unreadable)
        #expect(verdict(Engine.judge(.decodedExample(.mp4), profiles: [export]), strict: true) == .pass)
    }

    @Test func `what is looked for is what the asked rules read`() throws {
        let usual = Set(Analysis.allCases).subtracting(Analysis.ofDestinations)
        #expect(Engine.analyses(for: .all, against: []) == usual)
        let reels = try ProfileCatalog.profile("instagram-reels")
        #expect(Engine.analyses(for: .all, against: [reels]) == Set(Analysis.allCases))
        let four = try Catalog.selection(
            only: ["black-inside", "frozen-inside", "sound-silent", "loudness-off", "true-peak-high"], skipping: [])
        #expect(Engine.analyses(for: four, against: []) == [.black, .still, .channels, .loudness, .peaks])
        let without = try Catalog.selection(only: nil, skipping: ["blur", "phase-inverted"])
        #expect(Engine.analyses(for: without, against: []) == usual.subtracting([.blur]))
        let container = try Catalog.selection(only: ["index-last"], skipping: [])
        #expect(Engine.analyses(for: container, against: []).isEmpty)
    }

    /// `verify --only black-inside` had passed a text, and a file of no bytes: the rule that refuses them was not asked.
    @Test(arguments: [FileType.text, nil]) func `what is no media does not pass by a rule that looks at frames`(
        _ type: FileType?
    ) throws {
        let export = try #require(export)
        let selection = try Catalog.selection(only: ["black-inside"], skipping: [])
        var facts = Facts.example(type ?? .mp4)
        if type == nil { (facts.type, facts.bytes) = (.unknown("it is empty"), 0) }
        let only = Engine.judge(facts, profiles: [export], selection: selection)
        #expect(only.notEvaluated.map(\.rule) == ["black-inside"] && verdict(only) == .unreadable)
        // Where it is refused as what it is, that is all that is said.
        let all = Engine.judge(facts, profiles: [export])
        #expect(verdict(all) == .fail && all.notEvaluated.isEmpty, "\(all)")
    }

    @Test func `what was left out is not evaluated`() throws {
        let export = try #require(export)
        let facts = Facts.decodedExample(.mp4) { $0.measured?.leftOut = [.black, .peaks] }
        let result = Engine.judge(facts, profiles: [export])
        #expect(result.notEvaluated.map(\.rule) == ["black-inside", "true-peak-high"])
        #expect(verdict(result) == .unreadable)
    }

    @Test func `a sample shows faults and proves nothing`() throws {
        let export = try #require(export)
        var facts = Facts.decodedExample(.mp4)
        facts.depth = .header
        facts.packets = nil
        facts.measured?.leftOut = Set(Analysis.allCases).subtracting(Analysis.ofSamples)
        facts.measured?.sample = Sample(
            spans: [TimeRange(start: 0, end: 1), TimeRange(start: 4, end: 6)], keyFrames: [2], of: 10)
        let clean = Engine.judge(facts, profiles: [export])
        let deep = Catalog.pages.filter { $0.depth > .header && export.checks[$0.id]?.severity != nil }
        #expect(Set(clean.notEvaluated.map(\.rule)).isSuperset(of: deep.map(\.id)))
        #expect(clean.notEvaluated.allSatisfy { $0.why.contains("only 30 % of the film was decoded") })
        #expect(verdict(clean) == .unreadable)
        // A risk or a hint that was asked for alone does not pass either.
        for rule in ["combed", "blockiness", "stray-frames"] {
            let narrow = Engine.judge(facts, profiles: [export], selection: RuleSelection(only: [rule]))
            #expect(narrow.notEvaluated.map(\.rule) == [rule])
            #expect(verdict(narrow, isSample: true) == .unreadable)
        }
        let header = Engine.judge(facts, profiles: [export], selection: RuleSelection(only: ["pixels-not-square"]))
        #expect(verdict(header, isSample: true) == .pass)
        facts.measured?.black = [TimeRange(start: 4.5, end: 5.5)]
        let black = Engine.judge(facts, profiles: [export])
        #expect(black.findings.filter { $0.severity == .reject }.map(\.rule) == ["black-inside"])
        #expect(verdict(black) == .fail)
        #expect(!black.notEvaluated.contains { $0.rule == "black-inside" })
    }

    @Test func `what is found in samples is read of what samples tell`() {
        for page in Catalog.pages where page.findsInSamples {
            #expect(page.depth > .header && page.reads.isSubset(of: Analysis.ofSamples), "\(page.id)")
        }
        let read = Catalog.pages.filter(\.findsInSamples).reduce(into: Set<Analysis>()) { $0.formUnion($1.reads) }
        #expect(read == Analysis.ofSamples)
    }

    @Test func `a second sound is judged as the first is`() throws {
        let export = try #require(export)
        var facts = Facts.decodedExample(.mp4)
        let first = try #require(facts.audio.value?.first)
        var second = first
        second.index = 2
        facts.audio = .known([first, second])
        facts.measured?.streams.append(
            MeasuredStream(
                index: 2, packets: 469, frames: 469, samples: 480_000, span: TimeRange(start: 0, end: 10), sizes: []))
        let unheard = Engine.judge(facts, profiles: [export]).notEvaluated
        #expect(unheard.contains { $0.rule == "silence-inside" })
        var sound = try #require(facts.measured?.sound)
        sound.stream = 2
        sound.silences = [
            SilentSpan(span: TimeRange(start: 4, end: 6), before: .known(-20), after: .known(-20))
        ]
        facts.measured?.otherSounds = [sound]
        let found = Engine.judge(facts, profiles: [export]).findings.filter { $0.rule == "silence-inside" }
        #expect(found.map(\.stream) == [2])
    }

    @Test func `what could only be a hint need not be known, and what could be a risk only strictly`() throws {
        let export = try #require(export)
        let small = Facts.decodedExample(.mp4) {
            $0.measured?.picture?.blocks = .unknown("too small")
            $0.measured?.picture?.blur = .unknown("too small")
        }
        let hints = Engine.judge(small, profiles: [export])
        #expect(hints.notEvaluated.map(\.rule) == ["blockiness", "blur"])
        #expect(hints.notEvaluated.allSatisfy { $0.gravity == .note })
        #expect(verdict(hints, strict: true) == .pass)
        let tiny = Facts.decodedExample(.mp4) { $0.measured?.picture?.combing = .unknown("too small") }
        let risks = Engine.judge(tiny, profiles: [export])
        #expect(risks.notEvaluated.map(\.rule) == ["combed"])
        #expect(verdict(risks) == .pass && verdict(risks, strict: true) == .unreadable)
    }

    @Test func `a profile's own check is looked at as deep as it needs, refusal or hint`() throws {
        var profile = try #require(export)
        profile.checks = profile.checks.filter { $0.key == "blockiness" }
        #expect(profile.checks["blockiness"]?.severity == .note)
        profile.use = .upload
        #expect(Engine.depth(for: [profile]) == .frames)
    }

    @Test func `what destinations advise of lettering is no reason to decode, and what they refuse is`() throws {
        var reels = try ProfileCatalog.profile("instagram-reels")
        #expect(reels.checks["lettering-covered"]?.severity == .note)
        #expect(Engine.depth(for: [reels]) == .header)
        let selection = try Catalog.selection(only: ["lettering-covered"], skipping: [])
        #expect(Engine.depth(for: [reels], selection: selection) == .frames)
        #expect(Engine.analyses(for: selection, against: [reels]) == [.captions])
        reels.checks["lettering-covered"]?.severity = .risk
        #expect(Engine.depth(for: [reels]) == .frames)
    }

    @Test func `loudness that could not be measured is not evaluated, silence and a blink have none`() throws {
        let export = try #require(export)
        for (why, isOpen) in [
            ("it is sampled too slowly", true), (SoundMeasurements.silent, false), (SoundMeasurements.short, false),
        ] {
            let facts = Facts.decodedExample(.mp4) { $0.measured?.sound?.loudness.integrated = .unknown(why) }
            let open = Engine.judge(facts, profiles: [export]).notEvaluated.map(\.rule)
            #expect(open.contains("loudness-off") == isOpen, "\(why)")
        }
    }

    @Test func `an unread header does not pass as an upload`() throws {
        let upload = try #require(upload)
        let facts = Facts.example(.avi) {
            $0.video = .unknown(Facts.notRead)
            $0.audio = .unknown(Facts.notRead)
        }
        let result = Engine.judge(facts, profiles: [upload])
        #expect(result.notEvaluated == [NotEvaluated(rule: "no-media-stream", why: Facts.notRead)])
        #expect(verdict(result) == .unreadable)
    }

    @Test func `each profile finds for itself, and soundness once for all`() throws {
        let upload = try #require(upload), export = try #require(export)
        let facts = Facts.decodedExample(.mkv) { $0.missingBytes = .known(7) }
        let result = Engine.judge(facts, profiles: [upload, export])
        #expect(
            result.findings.map { "\($0.rule) \($0.profile ?? "-")" } == [
                "truncated -", "type-not-accepted nemo-export", "smoother-type nemo-upload",
            ])
        #expect(Engine.judge(facts, profiles: [upload, export]).findings == result.findings)
    }

    @Test func `an order is held against what came`() throws {
        let order = Expectation(
            codec: "h264", size: Size(width: 1080, height: 1920), duration: 10, audio: true, origin: .draft)
        let good = Engine.judge(.decodedExample(.mp4), profiles: [], expectation: order)
        #expect(good.findings == [])
        #expect(good.notEvaluated == [])
        let bad = Facts.decodedExample(.mp4) {
            $0.editVideo {
                $0.codec = .known("hevc")
                $0.width = .known(720)
                $0.height = .known(1280)
            }
            $0.audio = .known([])
            $0.duration = .known(12)
        }
        #expect(
            Engine.judge(bad, profiles: [], expectation: order).findings.map(\.rule) == [
                "audio-missing", "duration-mismatch", "size-mismatch", "video-codec",
            ])
    }

    private func verdict(_ result: Engine.Result, strict: Bool = false, isSample: Bool = false) -> Verdict {
        Verdict(
            findings: result.findings, notEvaluated: result.notEvaluated, strict: strict, isSample: isSample)
    }
}
