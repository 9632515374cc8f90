extension Scenario {
    static let brokenLine = Scenario(
        name: "broken-line", words: ["broken-line"], summary: "A line that is not JSON comes in the middle."
    ) { scene in
        Script(
            steps: [scene.opening, .raw("data: {\"content\": {\"parts\": [\n\n"), .raw("nonsense\n\n")] + scene.work
                + [scene.report])
    }
}
