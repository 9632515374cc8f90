internal import Synchronization

/// Which sessions have a message in work, and what their timeline looks like meanwhile. Apart from the store, so that a
/// stream that is dropped can let go at once.
final class WorkingSessions: Sendable {
    private struct Work {
        var messages: Int
        var shown: Composition?
    }

    private let work = Mutex<[String: Work]>([:])

    func begin(_ id: String, showing composition: Composition?) {
        work.withLock { work in
            var entry = work[id] ?? Work(messages: 0, shown: composition)
            entry.messages += 1
            work[id] = entry
        }
    }

    /// What has been done so far.
    func show(_ composition: Composition?, in id: String) { work.withLock { $0[id]?.shown = composition } }

    /// What was shown last.
    @discardableResult
    func end(_ id: String) -> Composition? {
        work.withLock { work in
            guard var entry = work[id] else { return nil }
            entry.messages -= 1
            work[id] = entry.messages > 0 ? entry : nil
            return entry.shown
        }
    }

    func contains(_ id: String) -> Bool { work.withLock { $0[id] != nil } }

    /// The timeline as it is to be seen: while a message is in work, that is how far the work has come.
    func visible(_ session: Session) -> Composition? {
        work.withLock { work in
            guard let entry = work[session.id] else { return session.composition }
            return entry.shown
        }
    }
}
