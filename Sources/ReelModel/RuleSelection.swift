/// Which rules are asked. What was left out by choice is neither found nor reported as not evaluated.
public struct RuleSelection: Sendable, Hashable {
    /// Ids of the only rules to ask; `nil` is all.
    public var only: Set<String>?
    public var skipped: Set<String>

    public static let all = RuleSelection()

    public init(only: Set<String>? = nil, skipped: Set<String> = []) {
        self.only = only
        self.skipped = skipped
    }

    public func contains(_ rule: String) -> Bool {
        only?.contains(rule) != false && !skipped.contains(rule)
    }
}
