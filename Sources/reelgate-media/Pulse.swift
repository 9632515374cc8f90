internal import Synchronization

/// How far the work is, told at most ten times a second, and once a second while it moves at all. It beats only when
/// the work calls it: a worker that is stuck falls silent, which is how the front finds out.
final class Pulse: Sendable {
    private static let shortest = Duration.milliseconds(100)
    private static let longest = Duration.milliseconds(900)

    private struct State {
        var fraction = 0.0
        var told = -1.0
        var toldAt = ContinuousClock.now - .seconds(1)
    }

    private let state = Mutex(State())
    private let tell: @Sendable (Double) -> Void

    init(tell: @escaping @Sendable (Double) -> Void) { self.tell = tell }

    /// From 0 to 1; what goes back counts as a sign of life only.
    func report(_ fraction: Double) {
        advance(to: fraction.isFinite ? min(max(fraction, 0), 1) : 0)
    }

    /// A sign of life.
    func beat() { advance(to: 0) }

    private func advance(to fraction: Double) {
        let now = ContinuousClock.now
        // Told inside the lock: the lines of two threads must not mix.
        state.withLock { state in
            state.fraction = max(state.fraction, fraction)
            let since = now - state.toldAt
            let moved = state.fraction > state.told
            guard since >= Self.longest || (moved && (since >= Self.shortest || state.fraction == 1)) else { return }
            state.told = state.fraction
            state.toldAt = now
            tell(state.fraction)
        }
    }
}
