internal import ReelModel

extension Scenario {
    /// The clip first; then, by itself, the agent adds music and a title, all in one stream without a mark between.
    static let twoStage = Scenario(
        name: "two-stage", words: ["two-stage"],
        summary: "The pictures are there first, then music and title are added, in one stream."
    ) { scene in
        var first = scene.layout.composition
        first.title = scene.before?.title
        first.music = scene.before?.music
        return Script(
            steps: [
                scene.opening, .call(tool: "generate_video_local", arguments: ["scenes": "cards"]), .heartbeats(2),
                .result(["status": "ok"], shows: first),
                .say(["Local backend: the pictures are there. ", "Music and a title are next.\n"]),
                .call(tool: "edit_multitrack", arguments: ["op": "add_bgm"]), .heartbeats(1),
                .result(["status": "ok"]), .call(tool: "edit_multitrack", arguments: ["op": "add_title"]),
                .result(["status": "ok"], shows: scene.layout.composition), .emptyText, scene.report,
            ])
    }
}
