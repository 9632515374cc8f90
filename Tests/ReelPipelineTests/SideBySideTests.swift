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

    @Test func `results come in the order of the items, whichever is done first`() async throws {
        let gates = (0..<6).map { _ in Gate() }
        gates[5].open()
        var given: [Int] = []
        try await SideBySide.run(Array(0..<6)) { item in
            await gates[item].pass()
            if item > 0 { gates[item - 1].open() }
            return item
        } finish: {
            given.append($0)
        }
        #expect(given == Array(0..<6))
    }

    @Test func `no more are begun than the width ahead of the oldest`() async throws {
        let begun = Mutex(0)
        let first = Gate()
        var begunAtFirst = 0
        try await SideBySide.run(Array(0..<40), width: 4) { item in
            let number = begun.withLock { count in
                count += 1
                return count
            }
            // It waits until all that may be begun beside it are.
            if number == 4 { first.open() }
            if item == 0 { await first.pass() }
            return item
        } finish: { item in
            if item == 0 { begunAtFirst = begun.withLock { $0 } }
        }
        #expect(begunAtFirst == 4)
        #expect(begun.withLock { $0 } == 40)
    }

    @Test func `what is cancelled begins no more`() async throws {
        let finished = Mutex<[Int]>([])
        let task = Task {
            try await SideBySide.run(Array(0..<100), width: 2) {
                $0
            } finish: { item in
                finished.withLock { $0.append(item) }
                if item == 3 { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(finished.withLock { $0 } == [0, 1, 2, 3])
    }

    @Test func `nothing to do is done at once`() async throws {
        try await SideBySide.run([Int](), work: { $0 }, finish: { _ in Issue.record("there is nothing") })
    }
}
