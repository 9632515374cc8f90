extension Scenario {
    static let exception = Scenario(
        name: "exception", words: ["boom"],
        summary: "The agent throws in the middle; the stream ends with its server's error line. Nothing is changed."
    ) { _ in
        Script(
            steps: [
                .say(["about to fail"]),
                .exception(type: "RuntimeError", message: "backend \"exploded\"\nline two"),
            ], changesTimeline: false)
    }
}
