internal import Synchronization

/// The answer of one request on its way from the engine's thread to one reader, with a bound: when the reader falls
/// behind, the engine is told to pause, and the server feels it.
final class ByteChannel: BodySink {
    enum Item: Sendable {
        case head(ResponseHead)
        case bytes([UInt8])
        /// Nothing arrived; somebody called `tick`.
        case tick
        /// Said once; after it, `end` without failure for ever.
        case end(TransportFailure?)
    }

    private struct State {
        var head: ResponseHead?
        var chunks: [[UInt8]] = []
        var buffered = 0
        var isPaused = false
        var end: Item?
        var isTicked = false
        var reader: CheckedContinuation<Item, Never>?
    }

    /// Bytes that wait for the reader, at most (one delivery of libcurl beyond it: 16 KiB).
    static let capacity = 256 * 1024

    private let state = Mutex(State())
    private let resume: @Sendable () -> Void

    /// - Parameter resume: asks the engine to go on after a pause.
    init(resume: @escaping @Sendable () -> Void) { self.resume = resume }

    // MARK: The engine's side

    func begin(_ head: ResponseHead) {
        deliver { $0.head = head }
    }

    func take(_ bytes: UnsafeRawBufferPointer) -> SinkVerdict {
        let isFull = state.withLock { state in
            state.isPaused = state.buffered >= Self.capacity
            return state.isPaused
        }
        guard !isFull else { return .pause }
        deliver { state in
            state.chunks.append(Array(bytes))
            state.buffered += bytes.count
        }
        return .taken
    }

    func finish(_ failure: TransportFailure?) {
        deliver { state in if state.end == nil { state.end = .end(failure) } }
    }

    // MARK: The clock's side

    /// Lets a waiting reader look at the time.
    func tick() {
        deliver { $0.isTicked = true }
    }

    private func deliver(_ change: (inout State) -> Void) {
        let waiting = state.withLock { state -> (CheckedContinuation<Item, Never>, Item)? in
            change(&state)
            guard let reader = state.reader, let item = Self.pop(&state) else { return nil }
            state.reader = nil
            return (reader, item)
        }
        if let (reader, item) = waiting { reader.resume(returning: item) }
    }

    // MARK: The reader's side

    /// The next item. One reader at a time.
    func next() async -> Item {
        let item = await withCheckedContinuation { reader in
            let ready = state.withLock { state in
                let item = Self.pop(&state)
                if item == nil { state.reader = reader }
                return item
            }
            if let ready { reader.resume(returning: ready) }
        }
        let mustResume = state.withLock { state in
            guard state.isPaused, state.buffered <= Self.capacity / 2 else { return false }
            state.isPaused = false
            return true
        }
        if mustResume { resume() }
        return item
    }

    private static func pop(_ state: inout State) -> Item? {
        if let head = state.head {
            state.head = nil
            return .head(head)
        }
        if !state.chunks.isEmpty {
            // All that is there, in one: fewer turns for the reader.
            let chunks = state.chunks
            state.chunks = []
            state.buffered = 0
            return .bytes(chunks.count == 1 ? chunks[0] : Array(chunks.joined()))
        }
        if let end = state.end {
            state.end = .end(nil)
            return end
        }
        if state.isTicked {
            state.isTicked = false
            return .tick
        }
        return nil
    }
}
