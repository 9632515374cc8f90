extension Scenario {
    /// "refuse-2001": credits, within a stream that has begun.
    static let refused = Scenario(
        name: "refused", words: Set([1001, 1002, 2001, 402, 429].map { "refuse-\($0)" }),
        summary: "The message is refused with that code inside the stream. Nothing is changed."
    ) { scene in
        let code = scene.message.lowercased().firstMatch(of: /refuse-(\d+)/).flatMap { Int($0.1) } ?? 2001
        return Script(steps: [.heartbeats(1), .refusal(code, "refused, as the message asks")], changesTimeline: false)
    }
}
