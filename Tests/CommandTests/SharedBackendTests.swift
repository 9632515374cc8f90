import Foundation
import ReelTestSupport
import Testing

/// Several processes on one state folder, with one local backend among them.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct SharedBackendTests {
    private func start(_ command: Command, _ name: String, seconds: Int) throws -> Command.Started {
        try command.start([
            "run", "a.jpg", "--prompt", "make a \(seconds) second clip", "-o", "\(name).mp4", "--backend", "local",
            "--poll-interval", "0.2",
        ])
    }

    @Test func `each ends when it is done, and none takes the backend away from the others`() throws {
        let command = try Command()
        _ = try Inputs(folder: command.folder).still("a.jpg", "200x100")
        let runs = try (1...3).map { try start(command, "\($0)", seconds: $0) }
        for run in runs {
            run.process.waitUntilExit()
            let outcome = try run.outcome()
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        #expect(try command.accepted() == ["upload": 3, "message": 3, "render": 3])
        for number in 1...3 { #expect(FileManager.default.fileExists(atPath: command.folder.path("\(number).mp4"))) }
    }

    @Test func `where the one that runs the backend is killed, another takes its place`() throws {
        let command = try Command(["NEMO_API_URL": "local"])
        _ = try Inputs(folder: command.folder).still("a.jpg", "200x100")
        // A talk in which nobody says anything.
        let host = try command.start(
            ["chat", "--new"], under: ["bash", "-c", "mkfifo held; exec \"$0\" \"$@\" <> held"])
        while host.process.isRunning, try !host.outcome().errors.contains("Ready!") { usleep(20_000) }
        let run = try start(command, "out", seconds: 1)
        while run.process.isRunning, try command.accepted()["render"] == nil { usleep(20_000) }
        kill(host.process.processIdentifier, SIGKILL)
        host.process.waitUntilExit()
        run.process.waitUntilExit()
        let outcome = try run.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try command.accepted() == ["upload": 1, "message": 1, "render": 1])
    }
}
