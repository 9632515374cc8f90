import Synchronization
import Testing

@testable import ReelPipeline

struct SideBySideTests {
    /// Lets those who wait go on once somebody opens it.
    private final class Gate: Sendable {
        private let state = Mutex<(isOpen: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))

        func pass() async {
            await withCheckedContinuation { continuation in
                let isOpen = state.withLock { state in
                    if !state.isOpen { state.waiting.append(continuation) }
                    return state.isOpen
                }
                if isOpen { continuation.resume() }
            }
        }

        func open() {
            let waiting = state.withLock { state in
                state.isOpen = true
                defer { state.waiting = [] }
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
        }
    }

    private final class Told: Sendable {
        private let state = Mutex<[Int]>([])

        var items: [Int] { state.withLock { $0 } }

        func add(_ item: Int) { state.withLock { $0.append(item) } }
    }

    @Test func `results come in the order of the items, whichever is done first`() async throws {
        let gates = (0..<6).map { _ in Gate() }
        gates[5].open()
        let told = Told()
        let all = try await SideBySide.run(Array(0..<6), lanes: 6) { item in
            await gates[item].pass()
            if item > 0 { gates[item - 1].open() }
            return item
        } each: {
            told.add($0)
        }
        #expect(all == Array(0..<6))
        #expect(told.items == all)
    }

    @Test func `no more are at work than there are lanes, and others go on beside a slow one`() async throws {
        let count = Mutex((now: 0, most: 0, done: 0))
        let first = Gate()
        let all = try await SideBySide.run(Array(0..<40), lanes: 4) { item in
            count.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            if item == 0 { await first.pass() }
            let done = count.withLock {
                $0.now -= 1
                $0.done += 1
                return $0.done
            }
            // The first one is slower than all others together.
            if done == 39 { first.open() }
            return item
        } each: { _ in
        }
        #expect(all == Array(0..<40))
        #expect(count.withLock { $0.most } <= 4)
    }

    @Test func `what is cancelled begins no more`() async throws {
        let told = Told()
        let task = Task {
            try await SideBySide.run(Array(0..<100), lanes: 1) { item in
                // Of the task that carries out the lane; it is the whole work here.
                if item == 3 { withUnsafeCurrentTask { $0?.cancel() } }
                return item
            } each: {
                told.add($0)
            }
        }
        let result = await task.result
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(told.items == [0, 1, 2, 3])
    }

    @Test func `nothing to do is done at once`() async throws {
        let all = try await SideBySide.run([Int](), work: { $0 }, each: { _ in Issue.record("there is nothing") })
        #expect(all == [])
    }
}
