import ReelModel
import Testing

@testable import ReelReport

/// Files against destinations.
struct MatrixTests {
    private func file(_ path: String, _ findings: [Finding], open: [NotEvaluated] = []) -> FileReport {
        FileReport(
            path: path, verdict: .pass, profiles: ["a", "b"],
            facts: Facts(depth: .header, bytes: 1, fileExtension: "mp4", type: .known(.mp4)), findings: findings,
            notEvaluated: open)
    }

    private func finding(_ severity: Severity, _ profile: String?) -> Finding {
        Finding(
            rule: "r", severity: severity, profile: profile, code: "7", message: "It is so", measured: 1, allowed: 0,
            fix: "Mend it.",
            answer: PlatformAnswer(
                id: "p.7", platform: "tiktok", code: "7", parent: nil, gist: "it is too blue", when: "later",
                causes: [],
                isNotAboutTheFile: false, source: "s", confidence: .high, note: nil))
    }

    @Test func `a file stands with each destination as the worst that was found`() {
        let report = file(
            "x", [finding(.risk, "a"), finding(.changed, "a"), finding(.note, "b")],
            open: [NotEvaluated(rule: "q", why: "unread", gravity: .risk, profile: "b")])
        #expect(report.standing(with: "a") == .risk)
        #expect(report.standing(with: "b") == .passes)
        #expect(file("x", [finding(.reject, nil)]).standing(with: "b") == .refused)
        let open = NotEvaluated(rule: "q", why: "unread", gravity: .reject, profile: "b")
        #expect(file("x", [], open: [open]).standing(with: "b") == .unknown)
        #expect(file("x", [], open: [open]).standing(with: "a") == .passes)
    }

    @Test func `the table has a row for each destination, or for each file where those are more`() {
        let two = [file("x.mp4", [finding(.reject, "a")]), file("y.mp4", [finding(.changed, "b")])]
        #expect(
            Matrix.lines(of: two, Paint(color: false)) == [
                "   x.mp4    y.mp4", "a  refused  ✓", "b  ✓        changed",
            ])
        let three = two + [file("z.mp4", [])]
        #expect(
            Matrix.lines(of: three, Paint(color: false)) == [
                "       a        b", "x.mp4  refused  ✓", "y.mp4  ✓        changed", "z.mp4  ✓        ✓",
            ])
        var one = file("x.mp4", [])
        one.profiles = ["a"]
        #expect(Matrix.lines(of: [one], Paint(color: false)).isEmpty)
    }

    @Test func `the text tells what the platform will answer, and only counts advice for several destinations`() {
        let lines = TextFormat.lines(
            of: file("x.mp4", [finding(.reject, "a"), finding(.note, "b")]), style: ReportStyle())
        #expect(lines.contains("    TikTok will answer 7: it is too blue"))
        #expect(lines.contains("  1 note besides, in the other formats"))
        #expect(!lines.contains { $0.contains("note r") })
    }

    @Test func `programs get the answer and the standing`() {
        let json = JSONFormat.json(
            Report(tool: .init(version: "1", libraries: [:]), files: [file("x.mp4", [finding(.reject, "a")])]))
        #expect(json["files"]?[0]?["destinations"] == ["a": "refused", "b": "passes"])
        #expect(json["files"]?[0]?["findings"]?[0]?["answer"]?["gist"] == "it is too blue")
    }

    @Test func `two profiles are compared limit by limit`() {
        var first = Profile(
            name: "a", title: "A", use: .publish, summary: "", sources: ["s": .init(title: "", url: nil, asOf: "")])
        first.maxBytes = Limit(5, strength: .hard, source: "s")
        var second = first
        second.name = "b"
        #expect(ProfileDifference.text(first, second) == "a and b limit the same.\n")
        second.maxBytes = Limit(6, strength: .hard, source: "s")
        let text = ProfileDifference.text(first, second)
        #expect(text.contains("max_bytes\n  - 5 bytes"))
        #expect(text.contains("\n  + 6 bytes"))
        #expect(ProfileDifference.json(first, second)["limits"]?["max_bytes"]?["second"]?[0]?["value"] == 6)
    }
}
