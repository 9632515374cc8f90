internal import ReelModel

extension Scenario {
    /// What the script says that a real agent server was recorded with; the record is among the fixtures.
    static let agentServer = Scenario(
        name: "agent-server", words: ["adk-default"],
        summary: "The very events that a real agent server was recorded with. Nothing is changed."
    ) { _ in
        Script(
            steps: [
                .say(["Gen", "erating ", "your video…\n"], ends: true), .think("planning the shot"),
                .announce(
                    "calling tool", tool: "generate_video_with_seedance",
                    arguments: ["prompt": "sunset", "duration": 10]),
                .result(["status": "ok", "url": "https://x/v.mp4"]), .emptyText, .emptyContent, .nothing,
                .say(["Done 完成 ✅"], ends: true),
            ], changesTimeline: false)
    }
}
