extension Fault {
    /// Longer than any client should wait: ten minutes of nothing else is the contract's limit.
    static let heartbeatsOnly = Fault(
        name: "heartbeats-only", summary: "The stream has nothing but heartbeats; the work was done.",
        parameter: Parameter(meaning: "seconds that it lasts", standard: 900), occasions: \.isMessage,
        spoil: { strike, answer in
            guard case .stream(let lines) = answer.body else { return }
            let effects = lines.compactMap(\.effect)
            let period = 15.0
            let beats = (0..<max(1, Int(strike.value / period))).map { _ in
                StreamLine(text: "data:\n\n", kind: .heartbeat, pause: period)
            }
            // What was to happen has happened before the first of them.
            answer.body = .stream(
                [
                    StreamLine(text: "data:\n\n", kind: .heartbeat) {
                        for effect in effects { await effect() }
                    }
                ] + beats)
        })
}
