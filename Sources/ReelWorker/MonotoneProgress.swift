internal import Synchronization

/// Passes on how far the work is, from 0 to 1, and never back.
package final class MonotoneProgress: Sendable {
    private let handler: ProgressHandler
    private let reached = Mutex<Double>(-1)

    package init(_ handler: @escaping ProgressHandler) { self.handler = handler }

    package func report(_ fraction: Double) {
        guard fraction.isFinite else { return }
        let value = min(max(fraction, 0), 1)
        // Told inside the lock, so that two reporters cannot overtake each other on the way.
        reached.withLock { reached in
            guard value > reached else { return }
            reached = value
            handler(value)
        }
    }
}
