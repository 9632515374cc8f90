import ReelModel
import Testing

@testable import ReelRules

/// One file for several destinations.
struct JointProfileTests {
    private func profiles(_ names: String...) throws -> [Profile] { try names.map { try ProfileCatalog.profile($0) } }

    private func joint(_ names: String...) throws -> Profile {
        guard case .one(let profile)? = JointProfile(try names.map { try ProfileCatalog.profile($0) }) else {
            throw Failure(.usage, subject: "\(names)", problem: "they cannot be joined", remedy: "")
        }
        return profile
    }

    @Test func `the stricter limit of each kind holds`() throws {
        let both = try joint("instagram-reels", "tiktok-video")
        #expect(both.types?.value == ["mp4", "mov"])
        #expect(both.maxBytes?.value == 300_000_000)
        #expect(both.maxDuration?.value == 600)
        #expect(both.minDuration?.value == 3)
        #expect(both.videoCodecs?.value == ["h264", "hevc"])
        #expect(both[.minWidth]?.value == 360)
        #expect(try joint("instagram-reels", "x-video").audioCodecs?.value == ["aac-lc"])
        #expect(try joint("x-video") == (try ProfileCatalog.profile("x-video")))
    }

    @Test(arguments: [
        ("threads-video", "linkedin-video"), ("x-video", "instagram-reels"), ("facebook-page-video", "tiktok-video"),
        ("telegram-bot-video", "bluesky-video"), ("mastodon-video", "pinterest-video"),
    ])
    func `the order does not matter`(_ first: String, _ second: String) throws {
        let a = try joint(first, second), b = try joint(second, first)
        for kind in LimitKind.all where kind.scope == .file {
            let one = a[all: kind].last { $0.severity >= .risk }, other = b[all: kind].last { $0.severity >= .risk }
            #expect(one?.value == other?.value, "\(kind.name)")
            #expect(one?.strength == other?.strength, "\(kind.name)")
            #expect(one?.effect == other?.effect, "\(kind.name)")
            #expect(one?.severity == other?.severity, "\(kind.name)")
        }
    }

    @Test func `the joint figure is as firm as the firmer of the two`() throws {
        let base = try ProfileCatalog.profile("x-video")
        func limited(_ name: String, _ value: Double, _ effect: LimitEffect?) -> Profile {
            var profile = base
            profile.name = name
            profile.maxDuration = Limit(value, strength: .hard, effect: effect, source: "user")
            return profile
        }
        // The closer one is only unconfirmed, the other is refused.
        let close = limited("a", 60, .unverified), firm = limited("b", 90, nil)
        for pair in [[close, firm], [firm, close]] {
            guard case .one(let joint)? = JointProfile(pair) else { return #expect(Bool(false), "not joined") }
            #expect(joint.maxDuration?.value == 60)
            #expect(joint.maxDuration?.severity == .reject)
        }
    }

    @Test func `two that cannot be met at once are named, with the limit`() throws {
        guard
            case .contradiction(let first, let second, let limit, _)? = JointProfile(
                try profiles("tiktok-video", "instagram-reels", "instagram-feed-image"))
        else { return #expect(Bool(false), "they were joined") }
        #expect(first == "tiktok-video" && second == "instagram-feed-image" && limit == "media")
        let film = try ProfileCatalog.profile("pinterest-video")
        let long = try ProfileOverride.set("min_duration=1000", on: film)
        guard case .contradiction(_, _, let other, _)? = JointProfile([try ProfileCatalog.profile("x-dm-video"), long])
        else { return #expect(Bool(false), "they were joined") }
        #expect(other == "max_duration")
        #expect(JointProfile([]) == nil)
        let groups = JointProfile.groups(try profiles("tiktok", "instagram-feed-image", "instagram", "x-image"))
        #expect(
            groups.map { $0.map(\.name) } == [
                ["tiktok-video", "instagram-reels"], ["instagram-feed-image", "x-image"],
            ])
    }

    // MARK: Plans

    private func steps(_ facts: Facts, _ names: String...) throws -> [Plan.Step] {
        guard case .one(let profile)? = JointProfile(try names.map { try ProfileCatalog.profile($0) }),
            case .plan(let plan) = Planner.plan(facts, profile: profile)
        else { throw Failure(.usage, subject: "\(names)", problem: "there is no plan", remedy: "") }
        return plan.steps
    }

    @Test func `what passes everywhere is kept, and what a copy mends is copied`() throws {
        #expect(try steps(.example(.mp4), "instagram-reels", "tiktok-video", "threads-video") == [])
        let last = Facts.example(.mp4) { $0.fastStart = .known(false) }
        #expect(try steps(last, "instagram-reels", "tiktok-video") == [.remux(streams: [0, 1])])
        let loud = Facts.example(.mp4) { $0.editAudio { $0.channels = .known(6) } }
        guard case .encodeAudio(let sound)? = try steps(loud, "instagram-reels").last else {
            return #expect(Bool(false), "the sound is not coded anew")
        }
        #expect(sound.channels == 2)
        #expect(try !steps(loud, "instagram-reels").contains { if case .encodeVideo = $0 { true } else { false } })
    }

    @Test func `a frame rate that is too high or too low is brought into the limits`() throws {
        func rate(_ numerator: Int64, _ denominator: Int64) throws -> Rational? {
            let facts = Facts.example(.mp4) {
                $0.editVideo { $0.frameRate = Known(Rational(numerator, denominator), else: "") }
            }
            for case .encodeVideo(let target) in try steps(facts, "tiktok-video") { return target.frameRate }
            return nil
        }
        #expect(try rate(3001, 50) == Rational(60))
        #expect(try rate(120_000, 1001) == Rational(60_000, 1001))
        #expect(try rate(15, 1) == Rational(30))
        #expect(try rate(30, 1) == nil)
    }

    @Test func `a size that X advises is made, not one within its doubtful bounds`() throws {
        for case .encodeVideo(let target) in try steps(.example(.mp4), "x-video") {
            #expect(target.size == Size(width: 720, height: 1280))
        }
        let advised = Facts.example(.mp4) {
            $0.editVideo {
                $0.width = .known(720)
                $0.height = .known(1280)
            }
        }
        #expect(try steps(advised, "x-video", "instagram-reels") == [])
    }

    @Test func `what cannot be mended is said at once`() throws {
        let short = Facts.example(.mp4) { $0.setLength(1) }
        let profile = try ProfileCatalog.profile("instagram-reels")
        guard case .impossible(_, let why) = Planner.plan(short, profile: profile) else {
            return #expect(Bool(false), "there is a plan")
        }
        #expect(why.contains("1 s"))
    }

    @Test func `another shape is made on request`() throws {
        let wide = Facts.example(.mp4) {
            $0.editVideo {
                $0.width = .known(1920)
                $0.height = .known(1080)
            }
        }
        var options = PlanOptions()
        options.reframing = Reframing(aspect: "9:16", fill: .blur)
        guard
            case .plan(let plan) = Planner.plan(
                wide, profile: try ProfileCatalog.profile("youtube-shorts"), options: options),
            case .encodeVideo(let target)? = plan.steps.first
        else { return #expect(Bool(false), "there is no plan") }
        #expect(target.size == Size(width: 1080, height: 1920))
        #expect(target.reframing?.fill == .blur)
        let crop = try #require(Reframing(aspect: "9:16", fill: .crop))
        #expect(crop.frame(for: Size(width: 1920, height: 1080)) == Size(width: 608, height: 1080))
        #expect(Reframing(aspect: "9x16", fill: .crop) == nil)
    }
}
