/// What to do about a message whose answer is not known: it was cut, or the process died. A message is never sent
/// again while it may have been received; the session's state is asked instead.
///
/// A pure machine: it is told what the state looks like, and says what to do next. Intervals are in units of the poll
/// interval: one, then two each (30 s, then 60 s, where the interval is the usual 30 s).
struct MessageRecovery {
    /// Looks at the state before it is concluded that nothing happened.
    static let looks = 5
    /// Looks that may fail beside them.
    private static let patience = 30

    enum Action: Equatable {
        /// Wait this many poll intervals, then look again.
        case wait(intervals: Int)
        /// The message took effect, and its effect has come to rest.
        case adopt
        /// Nothing changed and nothing was charged: it never arrived, and may be sent.
        case send
        /// Nothing changed, and it cannot be told whether it was charged.
        case giveUp
    }

    /// The session's state before the message, in canonical form.
    let before: String
    /// Credits (available, frozen) before the message, where they are known.
    let creditsBefore: [Int64]?
    private var looked = 0
    private var unread = 0
    private var lastChanged: String?

    init(before: String, creditsBefore: [Int64]?) {
        self.before = before
        self.creditsBefore = creditsBefore
    }

    /// The state as it is now, `nil` where it could not be read, and the credits.
    mutating func on(state: String?, isExportable: Bool, credits: [Int64]?) -> Action {
        // What could not be read is no evidence: it is looked again, so often as to outlast a bad quarter of an hour.
        let needsCredits = state == before && creditsBefore != nil
        if state == nil || (needsCredits && credits == nil), unread < Self.patience {
            unread += 1
            return .wait(intervals: state == nil ? 1 : 2)
        }
        looked += 1
        if let state, state != before, isExportable {
            // The agent may still be at work: what has changed counts once it has stopped changing.
            if state == lastChanged { return .adopt }
            lastChanged = state
            return .wait(intervals: 1)
        }
        guard looked >= Self.looks else { return .wait(intervals: 2) }
        let isUntouched = state == before && creditsBefore != nil && credits == creditsBefore
        return isUntouched ? .send : .giveUp
    }
}
