import Foundation
import ReelModel
import ReelWorker
import Synchronization
import Testing

/// What only the make with a process of its own has to show.
@Suite(.timeLimit(.minutes(2)))
struct ProcessTests {
    @Test(arguments: [
        ("crash", "crashed (signal 11)"), ("exit", "ended by itself (exit status 3)"),
        ("grow", "crashed (signal 6)"), ("babble", "sent something that is not an answer, and was stopped"),
    ])
    func `a worker that dies costs one request`(way: String, words: String) async throws {
        let service = WorkerService(.misbehaving { $0.memoryLimit = 2 << 30 })
        let name = "misbehave:\(way)"
        let lost = await failure { try await service.inspect(nothing(named: name), depth: .header) { _ in } }
        #expect(lost?.kind == .workerDied)
        #expect(lost?.subject == name)
        #expect(lost?.problem == "the media worker \(words)")
        #expect(try await service.libraries().isEmpty == false)
    }

    @Test func `a worker that hangs is killed, and replaced`() async throws {
        let service = WorkerService(.misbehaving { $0.patience = .seconds(2) })
        let lost = await failure {
            try await service.inspect(nothing(named: "misbehave:hang"), depth: .header) { _ in }
        }
        #expect(lost?.kind == .workerDied)
        #expect(lost?.problem.contains("gave no sign of progress for 2.0 seconds") == true)
        #expect(try await service.libraries().isEmpty == false)
    }

    @Test func `names order nothing of a worker that was not told to misbehave`() async throws {
        let service = WorkerService(.tested())
        let file = try nothing(named: "misbehave:crash")
        let refused = await failure { try await service.inspect(file, depth: .header) { _ in } }
        #expect(refused?.kind != .workerDied)
    }

    @Test func `cancelling ends the worker, and the next request has a new one`() async throws {
        let service = WorkerService(.misbehaving { $0.processLimit = 1 })
        let (started, begin) = AsyncStream.makeStream(of: Double.self)
        let work = Task {
            await failure {
                try await service.inspect(nothing(named: "misbehave:work"), depth: .header) { begin.yield($0) }
            }
        }
        for await _ in started.prefix(3) {}
        work.cancel()
        #expect(await work.value?.kind == .interrupted)
        #expect(try await service.libraries().isEmpty == false)
    }

    @Test func `a request that waits for its turn can be called off`() async throws {
        let service = WorkerService(.misbehaving { $0.processLimit = 1 })
        let (started, begin) = AsyncStream.makeStream(of: Double.self)
        let first = Task {
            await failure {
                try await service.inspect(nothing(named: "misbehave:work"), depth: .header) { begin.yield($0) }
            }
        }
        for await _ in started.prefix(1) {}
        let second = Task { await failure { try await service.libraries() } }
        second.cancel()
        #expect(await second.value?.kind == .interrupted)
        first.cancel()
        #expect(await first.value?.kind == .interrupted)
    }

    @Test func `a task that is cancelled already does nothing`() async throws {
        let service = WorkerService(.tested())
        let work = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await failure { try await service.libraries() }
        }
        #expect(await work.value?.kind == .interrupted)
    }

    @Test func `progress never goes back`() async throws {
        let service = WorkerService(.misbehaving())
        let seen = Mutex<[Double]>([])
        let (enough, say) = AsyncStream.makeStream(of: Void.self)
        let work = Task {
            await failure {
                try await service.inspect(nothing(named: "misbehave:work"), depth: .header) { fraction in
                    let count = seen.withLock { seen in
                        seen.append(fraction)
                        return seen.count
                    }
                    if count == 4 { say.finish() }
                }
            }
        }
        for await _ in enough {}
        work.cancel()
        _ = await work.value
        let fractions = seen.withLock { $0 }
        #expect(fractions == fractions.sorted())
        #expect(fractions.allSatisfy { (0...1).contains($0) })
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
