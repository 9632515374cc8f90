import Foundation
import ReelModel
import ReelWorker
import Testing

/// What only the make with a process of its own has to show.
@Suite(.timeLimit(.minutes(2)))
struct ProcessTests {
    @Test func `names order nothing of a worker that was not told to misbehave`() async throws {
        let service = WorkerService(.tested())
        let file = try nothing(named: "misbehave:crash")
        let refused = await failure { try await service.inspect(file, depth: .header) { _ in } }
        #expect(refused?.kind != .workerDied)
    }

    @Test func `a task that is cancelled already does nothing`() async throws {
        let service = WorkerService(.tested())
        let work = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await failure { try await service.libraries() }
        }
        #expect(await work.value?.kind == .interrupted)
    }

    @Test func `workers are shared out: no more than allowed, and used again`() async throws {
        let service = WorkerService(.tested { $0.processLimit = 2 })
        try await withThrowingTaskGroup { group in
            for _ in 0..<8 { group.addTask { try await service.libraries() } }
            for try await versions in group { #expect(!versions.isEmpty) }
        }
        #expect((1...2).contains(service.processIdentifiers.count))
    }

    @Test func `a worker that dies between two requests is replaced unseen`() async throws {
        let service = WorkerService(.tested())
        _ = try await service.libraries()
        let first = try #require(service.processIdentifiers.first)
        kill(first, SIGKILL)
        var information = siginfo_t()
        waitid(P_PID, id_t(first), &information, WEXITED | WNOWAIT)
        #expect(try await service.libraries().isEmpty == false)
        #expect(service.processIdentifiers.first != first)
    }

    @Test func `what is no worker is said to be none`() async throws {
        for (path, words) in [("/nonexistent/reelgate-media", "cannot be started"), ("/bin/false", "did not start")] {
            let refused = await failure {
                try await WorkerService(WorkerService.Configuration(executable: path)).libraries()
            }
            #expect(refused?.kind == .notDone)
            #expect(refused?.subject == path)
            #expect(refused?.problem.contains(words) == true)
        }
    }

    @Test func `more files than a message can carry are refused`() async throws {
        let service = WorkerService(.tested())
        let file = try nothing(named: "a.png")
        let storyboard = Storyboard(
            canvas: Size(width: 2, height: 2), frameRate: Rational(30), duration: 0, scenes: [], titles: [], music: [])
        let refused = await failure {
            try await service.render(
                storyboard, assets: Array(repeating: file, count: 300), output: file, progress: { _ in })
        }
        #expect(refused?.kind == .usage)
    }
}
