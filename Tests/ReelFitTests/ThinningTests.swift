import Foundation
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelFit

struct `The choice of how many pictures are kept` {
    /// What becomes of samples of which every second picture is coded: their bytes and similarity, by scale and factor.
    private typealias Rule = (_ scale: Double, _ factor: Double) -> SampledFactors.Result

    private static let aim = 1e5
    private static let all = SizeSearch.Choice(
        scale: 2, curve: RateCurve(factor: 36, share: 1, halving: 6), decibels: 8)

    private func chosen(thinned: Double = aim, likeness: Double = 0.95, _ rule: Rule) throws -> (
        ThinningSearch.Choice, [ThinningSearch.Trial]
    ) {
        var search = ThinningSearch(Self.all, needed: 40, aims: (Self.aim, thinned), likeness: likeness)
        var trials: [ThinningSearch.Trial] = []
        while trials.count < 20 {
            switch search.next() {
            case .measure(let trial):
                trials.append(trial)
                search.note(trial, rule(SizeSearch.scales[trial.scale], trial.factor))
            case .choose(let choice): return (choice, trials)
            }
        }
        throw Failure(.notDone, subject: "search", problem: "it does not end", remedy: "\(trials)")
    }

    /// Similarity that rises by 1.5 dB with each doubling of the bytes.
    /// - Parameters:
    ///   - gain: decibels over the film with every picture, at the same bytes.
    ///   - share: of the bytes of all pictures at the same factor.
    ///   - best: the scale at which it looks best.
    private func rule(gain: Double, share: Double = 0.8, best: Double = SizeSearch.scales[2]) -> Rule {
        { scale, factor in
            let bytes = Self.aim * share * exp2((36 - factor) / 6) * pow(scale / SizeSearch.scales[2], 1.4)
            let place = SizeSearch.scales.firstIndex(of: scale) ?? 0
            let held = SizeSearch.handicap(place, needed: 40) - SizeSearch.handicap(2, needed: 40)
            let off = abs(log2(scale / best)) - abs(log2(SizeSearch.scales[2] / best))
            let decibels = 8 + gain + held + 1.5 * log2(bytes / Self.aim) - 2 * off
            return SampledFactors.Result(bytes: bytes, similarity: 1 - pow(10, -decibels / 10))
        }
    }

    @Test(arguments: [0.5, 0.8, 1.0]) func `every second picture is kept where that is better`(_ share: Double) throws {
        let (choice, trials) = try chosen(rule(gain: 0.6, share: share))
        #expect(choice.isThinned)
        #expect(choice.scale == 2)
        let curve = try #require(choice.curve)
        #expect(abs(curve.needed - (36 + 6 * log2(share))) < 0.3)
        #expect(trials.count <= 4)
    }

    @Test(arguments: [-2.0, -0.5, -0.1]) func `what is hardly better is not worth a motion that jerks`(_ gain: Double)
        throws
    {
        let (choice, trials) = try chosen(rule(gain: gain))
        #expect(choice == ThinningSearch.Choice(isThinned: false, scale: 2, curve: Self.all.curve))
        #expect(trials.allSatisfy { $0.scale == 2 })
        #expect(trials.count <= 2)
    }

    @Test func `the more a motion loses by it, the more has to be won`() throws {
        // Of a film that is 8 dB like its source about a sixth is missing.
        let gains = [(likeness: 1.0, -0.35, -0.2), (0.96, -0.2, 0.0), (0.925, 0.0, 0.15)]
        for (likeness, little, enough) in gains {
            #expect(try !chosen(likeness: likeness, rule(gain: little)).0.isThinned, "\(likeness)")
            #expect(try chosen(likeness: likeness, rule(gain: enough)).0.isThinned, "\(likeness)")
        }
    }

    @Test func `with fewer pictures a larger size may be the best`() throws {
        let (choice, trials) = try chosen(rule(gain: 0.6, best: SizeSearch.scales[1]))
        #expect(choice.isThinned)
        #expect(choice.scale == 1)
        #expect(trials.count <= 6)
    }

    @Test func `bytes of tables that are not written go into the pictures`() throws {
        let (choice, _) = try chosen(thinned: Self.aim * 2, rule(gain: 0))
        #expect(choice.isThinned)
        let curve = try #require(choice.curve)
        #expect(abs(curve.needed - (30 + 6 * log2(0.8))) < 0.3)
    }

    @Test func `where the bytes do not matter nothing is tried`() {
        let search = ThinningSearch(SizeSearch.Choice(scale: 0), needed: 22, aims: (1e5, 1e5), likeness: 1)
        #expect(search.next() == .choose(ThinningSearch.Choice(isThinned: false, scale: 0)))
    }

    @Test func `what moves by more than is lost to the coding is not tried`() {
        // A film that is 10 dB like its source misses a tenth of it.
        #expect(ThinningSearch.isPromising(likeness: 1, decibels: 10))
        #expect(ThinningSearch.isPromising(likeness: 0.96, decibels: 10))
        #expect(!ThinningSearch.isPromising(likeness: 0.94, decibels: 10))
        #expect(ThinningSearch.isPromising(likeness: 0.94, decibels: 7))
    }

    @Test func `a survey of all pictures tells of those that are kept`() throws {
        let before = ByteBudget(limit: 500_000, besides: 20_000)
        let after = ByteBudget(limit: 500_000, besides: 16_000)
        var ladder = EncodeLadder(budget: before, frames: 400, size: Size(width: 640, height: 360), ceiling: 17)
        guard case .encode(let survey) = ladder.next() else {
            throw Failure(.notDone, subject: "", problem: "", remedy: "")
        }
        // The first half takes thrice what the second takes.
        let coded = (0..<400).map {
            EncodeLadder.Coded(place: $0, bytes: $0 < 200 ? 1800 : 600, factor: 40, isKey: $0 % 100 == 0)
        }
        ladder.note(survey, coded: coded, fileBytes: nil)
        ladder.thin(after, shown: (0..<400).map { $0 / 2 })
        ladder.resize(pixels: 0.25, RateCurve(factor: 30, share: 1, halving: 6))
        #expect(ladder.surveyedBytes.count == 200)
        #expect(abs(ladder.surveyedBytes[10] - 3600) < 1e-6)
        #expect(abs(ladder.surveyedBytes[190] - 1200) < 1e-6)
        guard case .encode(let first) = ladder.next() else {
            throw Failure(.notDone, subject: "", problem: "", remedy: "")
        }
        #expect(first.extent == .whole)
        #expect((30...30.4).contains(first.pilot.factor))
        #expect(first.pilot.weights.count == 200)
        let budget = try #require(first.pilot.budget)
        #expect(budget > 480_000)
    }

    // MARK: Films

    private func fit(_ picture: String, _ bytes: Int64, mayThin: Bool = true, seconds: Double = 4) throws -> (
        FitOutcome, [String]
    ) {
        let bench = try Bench()
        try bench.make(
            "a.mkv", Content.film(picture, seconds: seconds, sound: false),
            "-c:v libx264 -preset veryfast -qp 4 -pix_fmt yuv420p")
        let target = VideoTarget(
            stream: 0, size: Size(width: 320, height: 180), sizing: .measured, mayThin: mayThin)
        let outcome = try bench.fit("a.mkv", to: "b.mp4", [.encodeVideo(target)], as: .mp4, maxBytes: bytes)
        #expect(outcome.bytes <= bytes)
        #expect(Double(outcome.bytes) > Double(bytes) * 0.95)
        #expect(try bench.complaints("b.mp4") == "")
        let told = try bench.probe(
            "b.mp4", "stream=r_frame_rate,nb_read_frames,duration", "-count_frames", "-select_streams", "v")
        return (outcome, told.first.map { $0.split(separator: ",").map(String.init) } ?? [])
    }

    private static let twice = "testsrc2=s=320x180:r=30,fps=60"

    @Test func `pictures that are shown twice are coded once, as long as they were shown`() throws {
        let (outcome, told) = try fit(Self.twice, 40_000)
        #expect(told == ["30/1", "4.000000", "120"])
        #expect(
            outcome.losses.contains {
                $0
                    == "frames were left out, from 60 to 30 per second: samples of it looked better so, in the same bytes"
            })
    }

    @Test func `an odd number of them ends when it did`() throws {
        let (_, told) = try fit(Self.twice + ",trim=end_frame=239", 40_000, seconds: 5)
        #expect(told == ["30/1", "3.983333", "120"])
    }

    @Test func `nobody asked, so every picture is kept`() throws {
        let (outcome, told) = try fit(Self.twice, 40_000, mayThin: false)
        #expect(told == ["60/1", "4.000000", "240"])
        #expect(!outcome.losses.contains { $0.hasPrefix("frames were left out") })
    }
}
