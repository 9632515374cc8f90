import ReelFormats
import ReelModel
import ReelTestSupport
import Testing

/// Every committed file, cut and changed: whatever is done to it, the answer is a possible one and costs no more than
/// the file is long. `tools/fuzz --every` does the same at every single byte, which takes a release build.
struct DamageTests {
    static let small = Fixture.all.filter { ((try? $0.bytes().count) ?? 0) < 64 << 10 }

    @Test(arguments: small)
    func `cut where its headers are, and at steps behind them`(fixture: Fixture) throws {
        let bytes = try fixture.bytes()
        let dense = min(bytes.count, 300)
        let ends = Array(0..<dense) + Array(stride(from: dense, to: bytes.count, by: max(bytes.count / 97, 1)))
        for cut in Damage.cuts(of: bytes, at: ends) { expectAnswer(cut, "cut at \(cut.count)") }
    }

    @Test(arguments: small)
    func `one byte of its headers is another`(fixture: Fixture) throws {
        let bytes = try fixture.bytes()
        for (count, changed) in Damage.changes(of: bytes, at: 0..<min(bytes.count, 128)).enumerated() {
            expectAnswer(changed, "change \(count)")
        }
    }

    @Test(arguments: small.filter { $0.name.hasPrefix("passes-") })
    func `sizes that cannot be`(fixture: Fixture) throws {
        for (count, changed) in Damage.impossibleSizes(of: try fixture.bytes()).enumerated() where count % 29 == 0 {
            expectAnswer(changed, "change \(count)")
        }
    }

    private func expectAnswer(_ input: [UInt8], _ what: String) {
        let complaint = FuzzTarget.whole.complaint(input)
        #expect(complaint == nil, "\(what): \(complaint ?? "")")
    }
}
