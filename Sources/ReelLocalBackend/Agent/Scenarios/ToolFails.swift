internal import ReelModel

extension Scenario {
    static let toolFails = Scenario(
        name: "tool-fails", words: ["tool-fails"], summary: "A call fails, is made again, and succeeds."
    ) { scene in
        Script(
            steps: [
                scene.opening, .call(tool: scene.layout.tool, arguments: [:]),
                .result(["status": "error", "error": "local backend: the first call always fails here"]),
            ] + scene.work + [scene.report])
    }
}
