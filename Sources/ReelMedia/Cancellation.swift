internal import Synchronization
public import ReelModel

/// A switch that stops long work from another thread. Reading and writing check it at each piece of a file, and the
/// work then ends with a `Failure` of kind `interrupted`.
public final class Cancellation: Sendable {
    private let flag = Atomic<Bool>(false)
    private let ask: @Sendable () -> Bool

    public init() { ask = { false } }

    /// Besides, the work stops where `ask` says so. It is asked at each piece of a file: whoever watches over the work
    /// can take that for a sign of life.
    public init(asking ask: @escaping @Sendable () -> Bool) { self.ask = ask }

    /// Asks the work to stop. It cannot be taken back.
    public func cancel() { flag.store(true, ordering: .relaxed) }

    public var isCancelled: Bool { flag.load(ordering: .relaxed) || ask() }

    /// Throws where the work has been asked to stop.
    public func check(subject: String) throws(Failure) {
        if isCancelled { throw Failure.stopped(subject) }
    }
}

extension Failure {
    /// What work that was asked to stop ends with.
    static func stopped(_ subject: String) -> Failure {
        Failure(.interrupted, subject: subject, problem: "it was stopped before the end", remedy: "Start it again")
    }
}
