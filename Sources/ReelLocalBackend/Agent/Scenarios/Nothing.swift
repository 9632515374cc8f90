extension Scenario {
    static let nothing = Scenario(
        name: "nothing", words: ["nothing-at-all"],
        summary: "The stream ends without a single event. Nothing is changed."
    ) { _ in Script(steps: [], changesTimeline: false) }
}
