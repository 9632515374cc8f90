import Foundation
import ReelModel
import ReelWorker
import Synchronization
import Testing

/// That no worker, whatever it does, costs more than the request that it had.
@Suite(.enabled(if: canMisbehave, "only the debug build of the worker misbehaves"), .timeLimit(.minutes(2)))
struct MisbehaviourTests {
    @Test(arguments: [
        ("crash", "crashed (signal 11)"), ("abort", "crashed (signal 6)"),
        ("exit", "ended by itself (exit status 3)"),
        ("babble", "sent something that is not an answer, and was stopped"),
        ("chatter", "sent more messages than there is to say, and was stopped"),
        ("long-line", "sent a line that has no end, and was stopped"),
    ])
    func `a worker that dies costs one request`(way: String, words: String) async throws {
        let service = WorkerService(.misbehaving { $0.memoryLimit = 2 << 30 })
        let name = "misbehave:\(way)"
        let lost = await failure { try await service.inspect(nothing(named: name), depth: .header) { _ in } }
        #expect(lost?.kind == .workerDied)
        #expect(lost?.subject == name)
        #expect(lost?.problem == "the media worker \(words)")
        #expect(lost?.loss == .crashed)
        #expect(try await service.libraries().isEmpty == false)
    }

    @Test func `a worker that takes memory without end is stopped`() async throws {
        let service = WorkerService(.misbehaving { $0.memoryLimit = 1 << 30 })
        let lost = await failure {
            try await service.inspect(nothing(named: "misbehave:grow"), depth: .frames) { _ in }
        }
        #expect(lost?.kind == .workerDied)
        #expect(lost?.loss == .outOfMemory)
        #expect(try await service.libraries().isEmpty == false)
    }

    @Test(arguments: [
        ("work", "took"), ("work", "computed for"), ("beat", "got no further for"), ("spin", "computed for"),
        ("shout", "computed for"),
    ])
    func `a worker that works without end is stopped`(way: String, words: String) async throws {
        #if !os(Linux)
            if words == "computed for" { try Test.cancel("only Linux tells the time that another process used") }
        #endif
        let service = WorkerService(
            .misbehaving {
                switch words {
                case "took": $0.timeLimit = .seconds(4)
                case "computed for": $0.processorTimeLimit = .milliseconds(300)
                case _: $0.standstillLimit = .seconds(4)
                }
            })
        let lost = await failure {
            try await service.inspect(nothing(named: "misbehave:\(way)"), depth: .header) { _ in }
        }
        #expect(lost?.loss == .timedOut)
        #expect(lost?.problem.hasPrefix("the media worker \(words)") == true)
        #expect(try await service.libraries().isEmpty == false)
    }

    @Test func `a worker that hangs is killed, and replaced`() async throws {
        let service = WorkerService(.misbehaving { $0.patience = .seconds(2) })
        let lost = await failure {
            try await service.inspect(nothing(named: "misbehave:hang"), depth: .header) { _ in }
        }
        #expect(lost?.kind == .workerDied)
        #expect(lost?.loss == .timedOut)
        #expect(lost?.problem.contains("gave no sign of progress for 2.0 seconds") == true)
        #expect(try await service.libraries().isEmpty == false)
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
}
