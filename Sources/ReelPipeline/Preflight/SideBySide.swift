internal import Foundation
internal import Synchronization

/// Work on many items at once whose results are wanted in the items' order.
public enum SideBySide {
    /// More than there are processors, because some items wait for the worker.
    public static var lanes: Int { 2 * ProcessInfo.processInfo.activeProcessorCount }

    /// Carries out `work` for each item, on several lanes of which each takes the next item when it is done with one.
    ///
    /// - Parameter each: told each result in the items' order, as soon as it and those before it are there; one at a
    ///   time, on whichever lane.
    /// - Returns: all results, in the items' order.
    /// - Throws: `CancellationError` when the task was cancelled; what `each` was told until then stands.
    public static func run<Item: Sendable, Output: Sendable>(
        _ items: [Item], lanes: Int = lanes, work: @escaping @Sendable (Item) async -> Output,
        each: @escaping @Sendable (Output) -> Void
    ) async throws -> [Output] {
        let queue = Queue<Output>(count: items.count)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<min(lanes, items.count) {
                group.addTask {
                    while let place = queue.take() {
                        try Task.checkCancellation()
                        let output = await work(items[place])
                        queue.put(output, at: place, each)
                    }
                }
            }
            try await group.waitForAll()
        }
        return queue.told
    }

    private final class Queue<Output: Sendable>: Sendable {
        private struct State {
            var taken = 0
            var told: [Output] = []
            /// Those that wait for an earlier one.
            var ahead: [Int: Output] = [:]
        }

        private let count: Int
        private let state = Mutex(State())

        init(count: Int) { self.count = count }

        var told: [Output] { state.withLock { $0.told } }

        /// The place of an item that nobody has begun.
        func take() -> Int? {
            state.withLock { state in
                guard state.taken < count else { return nil }
                defer { state.taken += 1 }
                return state.taken
            }
        }

        func put(_ output: Output, at place: Int, _ each: (Output) -> Void) {
            state.withLock { state in
                state.ahead[place] = output
                while let next = state.ahead.removeValue(forKey: state.told.count) {
                    state.told.append(next)
                    each(next)
                }
            }
        }
    }
}
