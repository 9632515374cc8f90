internal import ReelModel

extension ProfileReader {
    /// The section `checks:`, keyed by rule. Each names a rule that has thresholds in profiles, all of them, and no
    /// others: a misspelt threshold must not pass for none.
    func checks(_ node: ProfileNode, _ profile: inout Profile) throws(Failure) -> [String: Check] {
        var checks: [String: Check] = [:]
        for (id, node) in try node.members() {
            guard let rule = Catalog.all.first(where: { $0.page.id == id }) else {
                let meant = NearestName.of(id, among: Self.checked).map { "Did you mean \($0)? " } ?? ""
                throw node.failure("there is no rule called \(id)", "\(meant)`reelgate rules` lists those there are")
            }
            guard rule is any CheckRule.Type else {
                throw node.failure("the rule is not judged by a profile's checks", "Take it out; it always holds")
            }
            checks[id] = try check(node, rule.page, &profile)
        }
        return checks
    }

    private static var checked: [String] { Catalog.all.filter { $0 is any CheckRule.Type }.map { $0.page.id } }

    private func check(
        _ node: ProfileNode, _ page: RulePage, _ profile: inout Profile
    ) throws(Failure) -> Check {
        let names = page.thresholds.map(\.name)
        try node.allow(["severity", "source", "note"] + names)
        var check = Check(
            severity: try severity(node.required("severity")), source: try cited(node.required("source"), &profile),
            note: try node.optional("note")?.text())
        for name in names { check.thresholds[name] = try node.required(name).signedNumber() }
        return check
    }

    private func severity(_ node: ProfileNode) throws(Failure) -> Severity? {
        let word = try node.text()
        if word == "off" { return nil }
        guard let severity = Severity(rawValue: word) else {
            let all = (Severity.allCases.map(\.rawValue) + ["off"]).joined(separator: ", ")
            throw node.failure("\(word) is none of the choices", "Use one of \(all)")
        }
        return severity
    }
}
