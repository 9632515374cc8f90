extension Scenario {
    /// What happens where no word asks for anything else.
    static let plain = Scenario(
        name: "plain", words: [], summary: "Words, a thought, a call and its result, heartbeats, a report."
    ) { scene in
        if scene.choices.generation == .twoStage, scene.before == nil, scene.layout.isFromWordsAlone {
            return twoStage.play(scene)
        }
        return Script(
            steps: [scene.opening, .think("reading the message word by word")] + scene.work
                + [.nothing, .heartbeats(1), scene.report])
    }
}
