extension Scenario {
    static let silent = Scenario(
        name: "silent", words: ["silent", "silently"],
        summary: "The edit is made, and the stream ends without a word."
    ) { scene in Script(steps: scene.work) }
}
