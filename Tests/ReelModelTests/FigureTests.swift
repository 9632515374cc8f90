import ReelModel
import Testing

struct FigureTests {
    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (231_400_000, "231,400,000"), (-1234, "-1,234")])
    func `groups of three`(_ number: Int64, _ text: String) { #expect(Figure.grouped(number) == text) }

    @Test(arguments: [
        (61.2, 1, "61.2"), (10, 3, "10"), (9.9667, 3, "9.967"), (0.05, 2, "0.05"), (0.004, 2, "0"), (-1.5, 1, "-1.5"),
        (29.97002997, 3, "29.97"), (100, 0, "100"), (1.9996, 3, "2"), (-0.001, 2, "0"),
    ])
    func `no closing zeros`(_ number: Double, _ places: Int, _ text: String) {
        #expect(Figure.decimal(number, places: places) == text)
    }

    @Test(arguments: [(1, "1 byte"), (812, "812 bytes"), (231_400_000, "231.4 MB"), (2_000_000_000, "2 GB")])
    func `sizes in decimal units`(_ bytes: Int64, _ text: String) { #expect(Figure.size(bytes) == text) }
}
