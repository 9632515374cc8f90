import Foundation
import ReelModel
import Testing

struct ValueTests {
    @Test func `a rational is reduced and signed above`() {
        #expect(Rational(60000, 2002) == Rational(30000, 1001))
        #expect(Rational(1, -2)?.numerator == -1)
        #expect(Rational(1, 0) == nil)
        #expect(Rational(.min, 1) == nil)
    }

    @Test func `known survives the wire`() throws {
        var facts = Facts(depth: .frames, bytes: 5, fileExtension: "mp4", type: .known(.mp4))
        facts.duration = .known(61.25)
        facts.video = .known([VideoFacts(index: 0, codec: .known("h264"))])
        facts.measured = Measured(faults: [DecodeFault(stream: 0, time: 1.5, message: "x")], faultCount: 1)
        let back = try JSONDecoder().decode(Facts.self, from: JSONEncoder().encode(facts))
        #expect(back == facts)
        #expect(back.bitRate.reason == Facts.notRead)
    }

    @Test func `every file type has its own id and is found by it`() {
        #expect(Set(FileType.all.map(\.id)).count == FileType.all.count)
        for type in FileType.all { #expect(FileType.named(type.id) == type) }
        #expect(FileType.bearing(extension: "jpeg") == [.jpg])
    }

    @Test(
        arguments: [
            ([], [], false, Verdict.pass), ([.risk], [], false, .pass), ([.risk], [], true, .fail),
            ([.reject], [], false, .fail), ([], ["x"], false, .unreadable), ([.reject], ["x"], false, .fail),
            ([.changed, .note], [], true, .pass),
        ] as [([Severity], [String], Bool, Verdict)])
    func `a verdict fails closed`(severities: [Severity], unrun: [String], strict: Bool, expected: Verdict) {
        let findings = severities.map {
            Finding(rule: "r", severity: $0, message: "", measured: .null, allowed: .null, fix: "")
        }
        let verdict = Verdict(
            findings: findings, notEvaluated: unrun.map { NotEvaluated(rule: $0, why: "") }, strict: strict)
        #expect(verdict == expected)
    }

    @Test func `a display size has pixel aspect, then rotation, applied`() {
        var video = VideoFacts(index: 0, codec: .known("h264"))
        video.width = .known(1440)
        video.height = .known(1080)
        video.sampleAspectRatio = .known(Rational(4, 3)!)
        #expect(video.displaySize == .known(Size(width: 1920, height: 1080)))
        video.rotation = .known(90)
        #expect(video.displaySize == .known(Size(width: 1080, height: 1920)))
    }

    @Test(arguments: [
        ("1080x1920", Size(width: 1080, height: 1920)), ("0x5", nil), ("1080", nil), ("x", nil), ("1x2x3", nil),
    ])
    func `sizes are read strictly`(text: String, expected: Size?) {
        #expect(Size(text) == expected)
    }

    @Test(arguments: [
        ("2026-11-23", "2026-11-23"), ("read 2026-01-02, updated 2025-12-31", "2026-01-02"), ("undated", "undated"),
        ("2026-1-2", "2026-1-2"), ("of 2024-02-29x2023-01-01", "2024-02-29"), ("", ""), ("v２０２６-11-23", "v２０２６-11-23"),
    ])
    func `a source is of the latest day that it speaks of`(asOf: String, expected: String) {
        #expect(Profile.Source(title: "", url: nil, asOf: asOf).date == expected)
    }
}
