extension Scenario {
    private static let noise = "I encountered a temporary issue while finishing. Please try again later."

    static let temporaryIssue = Scenario(
        name: "temporary-issue", words: ["temporary-issue"],
        summary: "All goes well, and a last text speaks of a temporary issue all the same."
    ) { scene in
        Script(steps: [scene.opening] + scene.work + [scene.report, .say([noise])])
    }

    static let onlyTemporaryIssue = Scenario(
        name: "only-temporary-issue", words: ["only-issue"],
        summary: "A temporary issue is all that the stream speaks of. Nothing is changed."
    ) { _ in Script(steps: [.heartbeats(1), .say([noise])], changesTimeline: false) }
}
