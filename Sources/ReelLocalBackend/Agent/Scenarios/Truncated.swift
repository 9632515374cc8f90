extension Scenario {
    /// The agent's server copies the reason why a model stopped into an error code, beside a good text.
    static let truncated = Scenario(
        name: "truncated", words: ["max-tokens"], summary: "The last text bears an error code; the text is good."
    ) { scene in
        Script(
            steps: [scene.opening] + scene.work
                + [.errorEvent(code: "MAX_TOKENS", message: "the answer was cut short", text: scene.layout.report)])
    }
}
