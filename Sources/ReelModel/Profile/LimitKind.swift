/// A kind of limit: what a profile's file calls it, and what its value means.
public struct LimitKind: Sendable, Hashable {
    /// What has to be looked at to tell whether it is kept.
    public enum Scope: String, Sendable, Hashable, CaseIterable {
        /// The file.
        case file
        /// All the files of one post.
        case post
        /// How it is sent and by whom: nothing that a file shows. Told, and not judged.
        case procedure
    }

    public let name: String
    public let shape: LimitFigure.Shape
    public let scope: Scope
    /// Of the value: `bytes`, `seconds`, `pixels` …
    public let unit: String?
    /// What it limits, as a phrase.
    public let summary: String

    /// The kind of that name; `nil` where there is none.
    public static func named(_ name: String) -> LimitKind? { byName[name] }

    private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}

/// A kind of limit with the type of its value.
public struct LimitKey<Value>: Sendable, Hashable {
    public let kind: LimitKind
}

extension LimitKey where Value: LimitValue {
    init(_ name: String, unit: String? = nil, scope: LimitKind.Scope = .file, _ summary: String) {
        kind = LimitKind(name: name, shape: Value.shape, scope: scope, unit: unit, summary: summary)
    }
}
