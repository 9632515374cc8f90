/// What mends a finding. Where `reelgate fit` does it, that is a value and no words, so that it can be asked whether it
/// would, and amended where it would not.
public enum Fix: Sendable, Hashable {
    /// Whole sentences.
    case told(String)
    /// `fit` does it, with these options besides; what it does, as a sentence without its full stop.
    case fit(String, options: String? = nil)
    /// `fit` makes a file of another type: that one, unless the plan for the file says better. Where none is known and
    /// no plan is possible, those sentences are left.
    case convert(to: FileType?, otherwise: String)

    /// For people.
    public var words: String {
        switch self {
        case .told(let words): words
        case .fit(let what, let options): "\(what): reelgate fit\(options.map { " \($0)" } ?? "")."
        case .convert(let type?, _): Fix.fit("Convert it to \(type.id)").words
        case .convert(nil, let otherwise): otherwise
        }
    }

    /// For people, where `fit` would be refused.
    public func words(refused why: String) -> String {
        switch self {
        case .told(let words): words
        case .fit(let what, _): "\(what). reelgate fit cannot do it: \(why)."
        case .convert(let type?, _): Fix.fit("Convert it to \(type.id)").words(refused: why)
        case .convert(nil, let otherwise): otherwise
        }
    }
}

extension Fix: ExpressibleByStringInterpolation {
    public init(stringLiteral words: String) { self = .told(words) }
}
