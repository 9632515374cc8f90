/// The clock of a message's stream. A pure machine: it is told what happened and when, in seconds of any clock that
/// only goes forward.
struct StreamPace: Sendable {
    enum Happening: Sendable {
        /// Words, or a tool.
        case substance
        /// A heartbeat, or nothing at all.
        case nothing
    }

    enum Action: Sendable, Hashable {
        case goOn
        /// Time to say that work goes on.
        case reassure
        case stop(why: String)
    }

    let limits: NemoClient.MessageLimits
    private let start: Double
    private var lastSubstance: Double
    private var lastWord: Double

    init(_ limits: NemoClient.MessageLimits, now: Double) {
        self.limits = limits
        start = now
        lastSubstance = now
        lastWord = now
    }

    mutating func on(_ happening: Happening, now: Double) -> Action {
        switch happening {
        case .substance:
            lastSubstance = now
            lastWord = now
        case .nothing: break
        }
        if now - start >= limits.total { return .stop(why: "no end after \(Self.minutes(limits.total))") }
        if now - lastSubstance >= limits.heartbeatsOnly {
            return .stop(why: "nothing but heartbeats for \(Self.minutes(limits.heartbeatsOnly))")
        }
        guard now - lastWord >= limits.reassurance else { return .goOn }
        lastWord = now
        return .reassure
    }

    private static func minutes(_ seconds: Double) -> String {
        seconds < 60 ? "\(seconds) s" : "\(Int((seconds / 60).rounded())) min"
    }
}
