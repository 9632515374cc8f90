internal import Synchronization

/// A progress that never goes back, also when a part is sent or fetched again.
final class RisingFraction: Sendable {
    private let highest = Mutex(-1.0)
    private let handler: @Sendable (Double) -> Void

    init(_ handler: @escaping @Sendable (Double) -> Void) { self.handler = handler }

    func tell(_ fraction: Double) {
        let fraction = min(max(fraction, 0), 1)
        let isNews = highest.withLock { highest in
            guard fraction > highest else { return false }
            highest = fraction
            return true
        }
        if isNews { handler(fraction) }
    }
}
