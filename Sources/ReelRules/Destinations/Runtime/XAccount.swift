internal import ReelModel

/// Whether an account pays (X API v2, user fields `subscription_type` and `verified_type`), or plainly
/// `{"premium": true}`.
enum XAccount: RuntimeLimits {
    static let platform = "x"
    static let title = "a user of X with subscription_type or verified_type, or {\"premium\": true}"

    private static func pays(_ answer: JSON) -> Bool? {
        let user = answer["data"] ?? answer
        if let premium = user["premium"]?.boolean { return premium }
        if let subscription = user["subscription_type"]?.text { return subscription.hasPrefix("Premium") }
        return user["verified_type"]?.text.map { $0 != "none" }
    }

    static func recognizes(_ answer: JSON) -> Bool { pays(answer) != nil }

    static func apply(_ answer: JSON, to profile: Profile) throws(Failure) -> Profile {
        pays(answer) == true ? profile.choosing("premium") ?? profile : profile
    }
}
