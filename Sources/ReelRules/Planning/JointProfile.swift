public import ReelModel

/// Several destinations as one, so that one file can be made for all of them.
public enum JointProfile: Sendable {
    /// What all of them ask, each limit in its strictest form.
    case one(Profile)
    /// Two that cannot be met at once, and by which limit.
    case contradiction(first: String, second: String, limit: String, why: String)

    /// - Parameter profiles: at least one; a single one stays as it is.
    public init?(_ profiles: [Profile]) {
        guard var joined = profiles.first else { return nil }
        // Each pair first, so that what is told are the two that stand against each other.
        for (place, first) in profiles.enumerated() {
            for second in profiles[(place + 1)...] {
                if case .contradiction(let limit, let why) = Self.join(first, second) {
                    self = .contradiction(first: first.name, second: second.name, limit: limit, why: why)
                    return
                }
            }
        }
        for next in profiles.dropFirst() {
            switch Self.join(joined, next) {
            case .joined(let profile): joined = profile
            case .contradiction(let limit, let why):
                // Three can exclude each other where no two do: an empty common list of types.
                self = .contradiction(first: joined.name, second: next.name, limit: limit, why: why)
                return
            }
        }
        self = .one(joined)
    }

    private enum Join {
        case joined(Profile)
        case contradiction(limit: String, why: String)
    }

    private static func join(_ first: Profile, _ second: Profile) -> Join {
        var joined = first
        joined.name = "\(first.name)+\(second.name)"
        joined.title = "\(first.title) and \(second.title)"
        joined.sources.merge(second.sources) { own, _ in own }
        joined.answers.merge(second.answers) { own, _ in own }
        joined.checks.merge(second.checks) { own, _ in own }
        joined.envelopeBytes = [first.envelopeBytes, second.envelopeBytes].compactMap { $0 }.max()
        if first.medium == .any {
            joined.medium = second.medium
        } else if second.medium != .any, first.medium != second.medium {
            return .contradiction(
                limit: "media", why: "one is for \(first.medium.rawValue), the other for \(second.medium.rawValue)")
        }
        joined[all: LimitKey.preferredSizes.kind] += second[all: LimitKey.preferredSizes.kind]
        for kind in LimitKind.all where kind.scope == .file {
            let own = kept(first, kind), other = kept(second, kind)
            guard let other else { continue }
            guard let own else {
                joined[all: kind] = [other]
                continue
            }
            guard var both = stricter(own, other, kind) else {
                return .contradiction(
                    limit: kind.name, why: "\(own.value.words) there, \(other.value.words) here")
            }
            // Whatever either of them states most firmly, the joint figure keeps to: it is as firm as that.
            let all = first[all: kind] + second[all: kind]
            if let firmest = all.max(by: { firmness($0) < firmness($1) }), firmness(firmest) > firmness(both) {
                both.strength = firmest.strength
                both.effect = firmest.effect
                both.isHearsay = firmest.isHearsay
                both.code = both.code ?? firmest.code
            }
            joined[all: kind] = [both]
        }
        for (least, most) in bounds {
            guard let low = kept(joined, least)?.value.amount, let high = kept(joined, most)?.value.amount, low > high
            else { continue }
            let floor = Figure.decimal(low, places: 4), ceiling = Figure.decimal(high, places: 4)
            return .contradiction(
                limit: most.name, why: "one wants at least \(floor), the other takes at most \(ceiling)")
        }
        return .joined(joined)
    }

    /// The limit that a plan keeps to; advice and what the destination changes by itself are no reason to exclude
    /// each other.
    private static func kept(_ profile: Profile, _ kind: LimitKind) -> Limit<LimitFigure>? {
        profile[all: kind].last { $0.severity >= .risk }
    }

    /// By which of two limits counts as the firmer, also where they are as severe.
    private static func firmness(_ limit: Limit<LimitFigure>) -> (Severity, Int, Int) {
        let effect = limit.effect.flatMap { LimitEffect.allCases.firstIndex(of: $0) } ?? -1
        return (limit.severity, limit.strength == .hard ? 1 : 0, -effect)
    }

    private static let bounds: [(LimitKind, LimitKind)] = [
        (LimitKey.minBytes.kind, LimitKey.maxBytes.kind), (LimitKey.minDuration.kind, LimitKey.maxDuration.kind),
        (LimitKey.minFPS.kind, LimitKey.maxFPS.kind), (LimitKey.minWidth.kind, LimitKey.maxWidth.kind),
        (LimitKey.minHeight.kind, LimitKey.maxHeight.kind), (LimitKey.aspectMin.kind, LimitKey.aspectMax.kind),
        (LimitKey.minVideoBitRate.kind, LimitKey.maxVideoBitRate.kind),
        (LimitKey.minShortSide.kind, LimitKey.maxShortSide.kind),
    ]

    /// What keeps to both; `nil` where nothing does.
    private static func stricter(
        _ a: Limit<LimitFigure>, _ b: Limit<LimitFigure>, _ kind: LimitKind
    ) -> Limit<LimitFigure>? {
        switch (a.value, b.value) {
        case (.whole, .whole), (.number, .number):
            guard let first = a.value.amount, let second = b.value.amount else { return nil }
            let isFloor = kind.name.hasPrefix("min_") || kind.name.hasSuffix("_min") || kind.name.contains("_min_")
            // What is wanted exactly cannot be had twice.
            if kind.name.hasPrefix("preferred_") { return first == second ? a : nil }
            return (first < second) == isFloor ? b : a
        case (.flag(let first), .flag): return first ? a : b
        case (.text(let first), .text(let second)): return first == second ? a : nil
        case (.texts(let one), .texts(let other)):
            // The order of the words is the same, whichever destination is named first.
            let isFirst = one.count == other.count ? !other.lexicographicallyPrecedes(one) : one.count < other.count
            let (first, second) = isFirst ? (one, other) : (other, one)
            let common = kind == LimitKey.audioCodecs.kind ? sounds(first, second) : first.filter(second.contains)
            if common.isEmpty { return nil }
            return a.with(.texts(common))
        case _: return a
        }
    }

    /// AAC-LC is AAC, and the narrower word is the one that both take.
    private static func sounds(_ first: [String], _ second: [String]) -> [String] {
        var common = first.filter(second.contains)
        for (narrow, wide) in [(first, second), (second, first)] {
            if narrow.contains("aac-lc"), wide.contains("aac"), !common.contains("aac-lc"), !common.contains("aac") {
                common.append("aac-lc")
            }
        }
        return common
    }
}

extension LimitFigure {
    fileprivate var amount: Double? {
        switch self {
        case .whole(let value): Double(value)
        case .number(let value): value
        case .flag, .text, .texts, .numbers, .table: nil
        }
    }
}

extension JointProfile {
    /// The destinations in as few groups as are found one after the other, each of which one file can be made for.
    public static func groups(_ profiles: [Profile]) -> [[Profile]] {
        var groups: [[Profile]] = []
        for profile in profiles {
            let place = groups.firstIndex { group in
                if case .one? = JointProfile(group + [profile]) { true } else { false }
            }
            if let place { groups[place].append(profile) } else { groups.append([profile]) }
        }
        return groups
    }
}
