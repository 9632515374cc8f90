extension Scenario {
    static let fenced = Scenario(
        name: "fenced", words: ["fenced"], summary: "The report holds a block of code with what looks like an event."
    ) { scene in
        Script(
            steps: [scene.opening] + scene.work + [
                .say([
                    "Local backend, as asked:\n```json\n", "data: {\"error\": \"not an error\"}\n\n",
                    "{\"t\": []}\n```\nThat was the block.",
                ])
            ])
    }
}
