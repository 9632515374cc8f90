import ReelModel
import Testing

struct TimeLeftTests {
    private func told(_ marks: [(Double, Double)]) -> String? {
        var left = TimeLeft()
        for (fraction, seconds) in marks { left.note(fraction, at: seconds) }
        return left.words
    }

    @Test func `nothing is said before something was seen`() {
        #expect(told([]) == nil)
        #expect(told([(0, 0)]) == nil)
        #expect(told([(0, 0), (0.5, 0.4)]) == nil)
        #expect(told([(0, 0), (0.001, 5)]) == nil)
        #expect(told([(0, 0), (1, 10)]) == nil)
    }

    @Test func `the rest takes as long as the last while says`() {
        #expect(told([(0, 0), (0.25, 10)]) == "0:30 left")
        #expect(told([(0.2, 100), (0.22, 260)]) == "1:44:00 left")
        // What was faster, long ago, no longer counts.
        #expect(told([(0, 0), (0.5, 1), (0.5, 20), (0.6, 30)]) == "0:40 left")
        // Another step begins at its own pace.
        #expect(told([(0, 0), (0.9, 10), (0, 11), (0.5, 13)]) == "0:02 left")
    }
}
