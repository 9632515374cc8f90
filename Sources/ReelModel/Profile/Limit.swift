/// One limit of a profile.
public struct Limit<Value: Sendable>: Sendable {
    public typealias Strength = LimitStrength
    public typealias Effect = LimitEffect

    public var value: Value
    public var strength: Strength
    public var effect: Effect?
    /// The destination's error code for breaking it.
    public var code: String?
    /// An id in the profile's answers, which tells more about that code.
    public var answer: String?
    /// An id in the profile's sources.
    public var source: String
    /// Further sources that say the same.
    public var also: [String] = []
    /// How the source's unit was read where it says only "MB": `ambiguous` is the decimal reading, the stricter one.
    public var unit: String?
    public var note: String?
    /// Whether only third parties state it.
    public var isHearsay = false

    @inlinable public init(
        _ value: Value, strength: Strength, effect: Effect? = nil, code: String? = nil, source: String,
        note: String? = nil
    ) {
        self.value = value
        self.strength = strength
        self.effect = effect
        self.code = code
        self.source = source
        self.note = note
    }

    /// How bad breaking it is. A must that only third parties state is a risk, and so is advice for which the
    /// platform has an answer; other advice is worth a note.
    @inlinable public var severity: Severity {
        switch (effect, strength) {
        case (.scaled, _), (.cropped, _), (.converted, _), (.transcoded, _), (.letterboxed, _): .changed
        case (.ignored, _): .note
        case (.unverified, _), (.reject, .recommended): .risk
        case (nil, .recommended): code == nil ? .note : .risk
        case (nil, .hard), (.reject, .hard): isHearsay ? .risk : .reject
        }
    }

    /// The same limit of another value.
    @inlinable public func with<Other>(_ value: Other) -> Limit<Other> {
        var other = Limit<Other>(value, strength: strength, effect: effect, code: code, source: source, note: note)
        other.answer = answer
        other.also = also
        other.unit = unit
        other.isHearsay = isHearsay
        return other
    }
}

/// How firmly a source states a limit.
public enum LimitStrength: String, Sendable, Hashable, Codable, CaseIterable {
    /// A must, or an error code exists for it.
    case hard
    /// Advice.
    case recommended
}

/// What a destination does with a file that breaks a limit.
public enum LimitEffect: String, Sendable, Hashable, Codable, CaseIterable {
    case reject, scaled, cropped, converted, transcoded, letterboxed, ignored
    /// A documented requirement for which no refusal is confirmed.
    case unverified
}

extension Limit: Equatable where Value: Equatable {}
extension Limit: Hashable where Value: Hashable {}

extension Limit where Value: LimitValue {
    /// As profiles keep it.
    public var plain: Limit<LimitFigure> { with(value.figure) }
}

extension Limit<LimitFigure> {
    /// As a rule wants it; `nil` where it is of another shape.
    @inlinable public func typed<Typed: LimitValue>() -> Limit<Typed>? { Typed(value).map { with($0) } }
}
