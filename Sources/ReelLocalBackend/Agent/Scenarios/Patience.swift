extension Scenario {
    /// "heartbeats 3 minutes" lasts three; without a number it lasts longer than a client should wait.
    static let patience = Scenario(
        name: "patience", words: ["heartbeats"],
        summary: "Nothing but heartbeats for as many minutes as the message says (else 12), then all goes well."
    ) { scene in
        let minutes = scene.message.firstMatch(of: /(\d{1,3}) ?(min|minutes?|分钟)/).flatMap { Double($0.1) } ?? 12
        return Script(steps: [scene.opening, .stretch(minutes * 60)] + scene.work + [scene.report])
    }
}
