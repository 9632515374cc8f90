import ReelModel
import Testing

private let rates: [(nanoseconds: Double, told: String)] = [
    (33_333_333, "30"), (33_366_667, "30000/1001"), (40_000_000, "25"), (41_708_333, "24000/1001"), (2e9, "1/2"),
]

@Test(arguments: rates)
func `the nearest fraction of a frame rate`(nanoseconds: Double, told: String) {
    #expect(Rational(nearest: 1e9 / nanoseconds, upTo: 30000)?.description == told)
}

@Test(arguments: [0, -1, Double.nan, .infinity, 1e9])
func `no fraction where there is none`(value: Double) {
    #expect(Rational(nearest: value, upTo: 30000) == nil)
}
