import ReelModel
import Testing

@testable import ReelPipeline

struct FittingTests {
    private let plan = Plan(
        steps: [], output: .mp4, maxBytes: 1000, maxDuration: 5, predictedBytes: .unknown("not asked"))

    private func facts(_ bytes: Int64, _ duration: Known<Double>) -> Facts {
        var facts = Facts(depth: .header, bytes: bytes, fileExtension: "mp4", type: .known(.mp4))
        facts.duration = duration
        return facts
    }

    @Test func `a copy over the bytes or the seconds that were asked for is told as that`() {
        #expect(Fitting.excess(of: facts(1000, .known(5)), over: plan) == nil)
        #expect(
            Fitting.excess(of: facts(1001, .known(5)), over: plan) == "has 1,001 bytes, and 1,000 were allowed")
        #expect(
            Fitting.excess(of: facts(1000, .known(5.005)), over: plan) == "lasts 5.005 s, and 5 s were allowed")
        #expect(Fitting.excess(of: facts(1000, .unknown("it is nowhere")), over: plan)?.contains("nowhere") == true)
        var free = plan
        free.maxBytes = nil
        free.maxDuration = nil
        #expect(Fitting.excess(of: facts(.max, .known(1e25)), over: free) == nil)
    }
}
