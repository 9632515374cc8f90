import ReelModel
import Testing

@testable import ReelReport

struct RulePagesTests {
    private let page = RulePage(
        id: "too-blue", group: .content, summary: "The picture is too blue.",
        why: "Blue is the colour of the sky and of nothing else that anybody would want to look at for longer than a "
            + "moment, as everybody knows.", fix: "Take some out.", depth: .header, yieldsTo: ["empty-file"],
        examples: [
            Example("grey", .passes, Subject(.everything, against: .soundness)),
            Example("blue", .fires, Subject(.everything, against: .soundness)),
        ])

    private func findings(_ page: RulePage, _ example: Example) -> [Finding] {
        guard example.outcome == .fires else { return [] }
        return [
            Finding(
                rule: page.id, severity: .reject, code: "4001", message: "It is blue", measured: 1, allowed: 0,
                fix: page.fix)
        ]
    }

    @Test func `a page has its reasons, its fix, and what is said of each example`() {
        #expect(
            RulePages.text(page, findings: findings) == """
                too-blue  (content, depth header)

                The picture is too blue.

                Why
                  Blue is the colour of the sky and of nothing else that anybody would want to look at for longer
                  than a moment, as everybody knows.

                Fix
                  Take some out.

                Examples
                  passes         grey
                  fires          blue
                                 reject 4001: It is blue.

                Silent where one of these has spoken
                  empty-file

                """)
    }

    @Test func `programs get the same`() {
        let json = RulePages.json(page, findings: findings)
        #expect(json["schema"] == "reelgate.rule/1")
        #expect(json["id"] == "too-blue")
        #expect(json["examples"]?[0]?["findings"]?.elements == [])
        #expect(
            json["examples"]?[1]?["findings"]?[0]
                == ["severity": "reject", "code": "4001", "message": "It is blue", "fix": "Take some out."])
        let list = RulePages.json([page], findings: findings)
        #expect(list["schema"] == "reelgate.rules/1")
        #expect(list["rules"]?[0]?["yieldsTo"] == ["empty-file"])
    }

    @Test func `the list stands by groups, a line for each`() {
        #expect(
            RulePages.text([page]) == """
                content
                  too-blue  The picture is too blue.

                1 rule; `reelgate explain RULE` prints the page of one.

                """)
    }

    @Test func `prose breaks at spaces, and a long word stands alone`() {
        let long = String(repeating: "w", count: 120)
        #expect(Prose.wrapped("a \(long) b", indent: 2) == "a\n  \(long)\n  b")
        #expect(Prose.wrapped("", indent: 2) == "")
    }
}

extension Facts {
    fileprivate static let everything = Facts(depth: .header, bytes: 1, fileExtension: "png", type: .known(.png))
}
