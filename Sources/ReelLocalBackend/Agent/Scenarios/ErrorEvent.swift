extension Scenario {
    static let errorEvent = Scenario(
        name: "error-event", words: ["errevent"],
        summary: "An event with an error and no content is all there is. Nothing is changed."
    ) { _ in
        Script(steps: [.errorEvent(code: "RESOURCE_EXHAUSTED", message: "quota")], changesTimeline: false)
    }
}
