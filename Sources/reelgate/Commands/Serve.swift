import ArgumentParser
import Foundation
import ReelLocalBackend
import ReelModel

struct Serve: ReelgateCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the local backend on 127.0.0.1: the same HTTP contract as the cloud, without the cloud.",
        discussion: """
            Speak to it with --backend http://127.0.0.1:PORT. It never pretends to be a model: prompts become plain, \
            labelled scenes, and what is uploaded is laid out and rendered for real.
            """)

    @Option(help: ArgumentHelp("The port to listen on; 0 takes a free one.", valueName: "n"))
    var port: UInt16 = 8765

    func carryOut() async throws -> ExitStatus {
        let settings = try Settings.load()
        let state = URL(filePath: settings.stateFolder).appending(path: "serve")
        let server = LocalBackend(
            configuration: LocalBackend.Configuration(state: state), media: Media.service())
        let listening = try await server.start(port: port)
        Terminal.shared.result("http://127.0.0.1:\(listening)")
        Terminal.shared.note("The local backend is listening; interrupt it to stop.")
        try? await Task.sleep(for: .seconds(365 * 24 * 3600))
        await server.stop()
        return .allPass
    }
}
