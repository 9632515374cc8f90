import ReelModel
import Testing

@testable import ReelRules

/// Figures that no film has and no destination states, but that a file or a caller can: they are judged, not trapped on.
struct AbsurdFigureTests {
    /// Judged and planned; that it comes back is what counts.
    private func judge(_ facts: Facts, _ profile: Profile) -> (Engine.Result, Planned) {
        (Engine.judge(facts, profiles: [profile]), Planner.plan(facts, profile: profile))
    }

    @Test(arguments: ProfileCatalog.names)
    func `a TIFF of 178 bytes whose sides are 4294967295 pixels`(_ name: String) throws {
        let profile = try ProfileCatalog.profile(name)
        for frames in [1, 4_294_967_295] {
            let facts = Facts.example(.tiff) {
                $0.bytes = 178
                $0.image?.width = .known(0xFFFF_FFFF)
                $0.image?.height = .known(0xFFFF_FFFF)
                $0.image?.frames = .known(frames)
            }
            let (judged, _) = judge(facts, profile)
            if profile[.maxPixels] != nil, profile.medium == .image {
                #expect(judged.findings.contains { $0.rule == "frame-too-large" }, "\(judged.findings)")
            }
        }
    }

    @Test(arguments: ProfileCatalog.names)
    func `a Matroska film that says it lasts 1e25 seconds`(_ name: String) throws {
        let profile = try ProfileCatalog.profile(name)
        for type in [FileType.mkv, .mp4, .wav, .gif] {
            for seconds in [1e25, .greatestFiniteMagnitude, 1e-300] {
                let facts = Facts.example(type) {
                    $0.duration = .known(seconds)
                    $0.editVideo { $0.duration = .known(seconds) }
                    $0.editAudio { $0.bitRate = .known(.max) }
                    $0.image?.duration = .known(seconds)
                    $0.image?.frames = .known(.max)
                }
                let (judged, _) = judge(facts, profile)
                if let most = profile.maxDuration, most.severity >= .risk, seconds > 1, type == .mkv {
                    #expect(judged.findings.contains { $0.rule == "duration-too-long" }, "\(judged.findings)")
                }
            }
        }
    }

    @Test func `no limit with a fraction can be absurd, and what to write is said`() throws {
        let profile = try ProfileCatalog.profile("tiktok-video")
        for value in ["1e300", "inf", "1e10"] {
            let failure = #expect(throws: Failure.self) { try ProfileOverride.set("min_fps=\(value)", on: profile) }
            #expect(failure?.remedy.isEmpty == false)
        }
        #expect(try ProfileOverride.set("min_fps=1000000000", on: profile)[.minFPS]?.value == 1e9)
    }

    @Test(arguments: LimitKind.all.filter { $0.scope == .file })
    func `any limit may be the greatest number that there is`(_ kind: LimitKind) throws {
        for value in ["9223372036854775807", "1000000000", "0"] {
            guard
                let profile = try? ProfileOverride.set(
                    "\(kind.name)=\(value)", on: try ProfileCatalog.profile("tiktok-video"))
            else { continue }
            for type in [FileType.mp4, .gif, .m4a] {
                for options in [PlanOptions(), PlanOptions(maxBytes: .max, maxDuration: 1)] {
                    let facts = Facts.example(type) { $0.setLength(10) }
                    _ = judge(facts, profile)
                    let planned = Planner.plan(facts, profile: profile, options: options)
                    if case .plan(let plan) = planned { #expect(plan.predictedBytes.value ?? 0 >= 0, "\(plan)") }
                }
            }
        }
    }

    @Test func `a form around the file that takes all that there is leaves nothing for it`() throws {
        var profile = Profile.exampleUpload
        profile.envelopeBytes = .max
        #expect(profile.fileByteLimit == 0)
        let (judged, planned) = judge(.example(.mp4), profile)
        #expect(judged.findings.map(\.rule) == ["file-too-large"])
        guard case .impossible = planned else { return #expect(Bool(false), "\(planned)") }
    }
}
