internal import ReelModel

extension Subject {
    /// Held against a delivery that asks for one check.
    static func checked(
        _ rule: String, _ thresholds: [Threshold: Double] = [:], severity: Severity = .reject, _ facts: Facts
    ) -> Subject {
        var profile = Profile.exampleDelivery
        var named: [String: Double] = [:]
        for (threshold, value) in thresholds { named[threshold.name] = value }
        profile.checks = [rule: Check(severity: severity, thresholds: named, source: "s")]
        return Subject(facts, against: .profile(profile))
    }
}
