import ReelModel
import Testing

@testable import ReelRules

/// When a plan lets pictures be left out for the bytes.
struct ThinningPlanTests {
    private static func film(_ rate: Rational, _ edit: (inout VideoFacts) -> Void = { _ in }) -> Facts {
        .example(.mkv) {
            $0.bytes = 90_000_000
            $0.duration = .known(60)
            $0.editVideo {
                $0.frameRate = .known(rate)
                $0.duration = .known(60)
                edit(&$0)
            }
            $0.editAudio { $0.duration = .known(60) }
        }
    }

    private static func profile(_ edit: (inout Profile) -> Void) -> Profile {
        var profile = Profile.exampleUpload
        edit(&profile)
        return profile
    }

    private static func mayThin(
        _ facts: Facts, _ profile: Profile = .exampleUpload, _ options: PlanOptions = PlanOptions(maxBytes: 4_000_000)
    ) throws -> Bool {
        guard case .plan(let plan) = Planner.plan(facts, profile: profile, options: options) else {
            throw Failure(.notDone, subject: "plan", problem: "there is none", remedy: "")
        }
        for case .encodeVideo(let target) in plan.steps { return target.mayThin }
        throw Failure(.notDone, subject: "plan", problem: "no picture is coded", remedy: "\(plan)")
    }

    @Test(arguments: [
        (Rational(120), true), (Rational(60), true), (Rational(50), true), (Rational(30), true), (Rational(25), true),
        (Rational(24), true), (Rational(23), false), (Rational(15), false),
    ]) func `no film becomes a row of stills`(_ rate: Rational, _ expected: Bool) throws {
        #expect(try Self.mayThin(Self.film(rate)) == expected)
        let ntsc = try #require(Rational(24_000, 1001))
        #expect(try Self.mayThin(Self.film(ntsc)) == true)
    }

    @Test func `where there are bytes enough, or no limit on them, every picture is kept`() throws {
        #expect(try Self.mayThin(Self.film(Rational(60)), .exampleUpload, PlanOptions(maxBytes: 80_000_000)) == false)
        let hevc = Self.film(Rational(60)) { $0.codec = .known("hevc") }
        let delivery = Self.profile {
            $0.videoCodecs = Limit(["h264"], strength: .hard, source: "s")
            $0.maxBytes = nil
        }
        #expect(try Self.mayThin(hevc, delivery, PlanOptions()) == false)
    }

    @Test(arguments: [PlanOptions.Preference.resolution, .speed])
    func `whoever prefers something else keeps every picture`(_ preference: PlanOptions.Preference) throws {
        #expect(
            try Self.mayThin(
                Self.film(Rational(60)), .exampleUpload, PlanOptions(maxBytes: 4_000_000, prefer: preference)) == false)
    }

    @Test func `what a destination takes and advises stays within it`() throws {
        let least = Self.profile { $0[.minFPS] = Limit(23, strength: .hard, source: "s") }
        #expect(try Self.mayThin(Self.film(Rational(60)), least) == true)
        #expect(try Self.mayThin(Self.film(Rational(30)), least) == false)
        let advised = Self.profile {
            $0[.preferredFPS] = Limit(LimitNumbers([30, 60]), strength: .recommended, source: "s")
        }
        #expect(try Self.mayThin(Self.film(Rational(60)), advised) == true)
        #expect(try Self.mayThin(Self.film(Rational(30)), advised) == false)
        // Where its own rate is none of those, no other is worse.
        #expect(try Self.mayThin(Self.film(Rational(50)), advised) == true)
        let most = Self.profile { $0[.maxFPS] = Limit(30, strength: .hard, source: "s") }
        // The rate changes by the order, and not once more for the bytes.
        #expect(try Self.mayThin(Self.film(Rational(60)), most) == false)
    }

    @Test func `a plan says it in words`() throws {
        guard
            case .plan(let plan) = Planner.plan(
                Self.film(Rational(60)), profile: .exampleUpload, options: PlanOptions(maxBytes: 4_000_000))
        else { throw Failure(.notDone, subject: "plan", problem: "there is none", remedy: "") }
        #expect(
            plan.steps.contains {
                $0.description == "encode stream 0 as H.264, at most 1080x1920, "
                    + "every frame, or every second where samples look better so"
            })
    }
}
