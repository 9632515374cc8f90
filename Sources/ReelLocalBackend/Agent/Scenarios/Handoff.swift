extension Scenario {
    static let handoff = Scenario(
        name: "handoff", words: ["handoff"], summary: "Two agents speak in one stream, each with a final text."
    ) { scene in
        Script(
            steps: [
                scene.opening, .speaker("music_agent"), .say(["Local music ", "agent: choosing a bed.\n"], ends: true),
            ]
                + [.speaker("nemo_agent")] + scene.work + [scene.report])
    }
}
