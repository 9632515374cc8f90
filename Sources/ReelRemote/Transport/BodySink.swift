internal import Synchronization
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Where the bytes of an answer go. Called on the engine's thread only.
protocol BodySink: AnyObject, Sendable {
    func begin(_ head: ResponseHead)
    func take(_ bytes: UnsafeRawBufferPointer) -> SinkVerdict
}

enum SinkVerdict {
    case taken
    /// Full: hand the same bytes over again after `Engine.resume`.
    case pause
    case fail(TransportFailure.Kind)
}

/// Keeps the answer in memory, up to a limit.
final class CollectingSink: BodySink {
    private let limit: Int
    private let state = Mutex<(head: ResponseHead?, body: [UInt8])>((nil, []))

    init(limit: Int) { self.limit = limit }

    func begin(_ head: ResponseHead) { state.withLock { $0.head = head } }

    func take(_ bytes: UnsafeRawBufferPointer) -> SinkVerdict {
        state.withLock { state in
            guard bytes.count <= limit - state.body.count else { return .fail(.answerTooLong(limit)) }
            state.body.append(contentsOf: bytes)
            return .taken
        }
    }

    var response: Response? {
        state.withLock { state in state.head.map { Response(head: $0, body: state.body) } }
    }
}

/// Writes the answer to an open file where its head is to the caller's taste, else keeps it in memory.
final class FileSink: BodySink {
    /// Where in the file the body begins; `nil` keeps it in memory, as the words of an error.
    typealias Placement = @Sendable (ResponseHead) -> Int64?

    private struct State {
        var head: ResponseHead?
        var offset: Int64?
        var expectedEnd: Int64?
        var aside: [UInt8] = []
    }

    /// Told where the next byte goes, and where the last one will, where that is known.
    typealias Progress = @Sendable (_ offset: Int64, _ end: Int64?) -> Void

    private let descriptor: CInt
    private let place: Placement
    private let progress: Progress?
    private let limit: Int64
    private let state = Mutex(State())
    /// Bytes of an answer that is not written, at most.
    static let asideLimit = 1024 * 1024

    /// - Parameter limit: bytes that the file may come to have.
    init(descriptor: CInt, limit: Int64 = .max, progress: Progress?, place: @escaping Placement) {
        self.descriptor = descriptor
        self.limit = limit
        self.progress = progress
        self.place = place
    }

    func begin(_ head: ResponseHead) {
        let offset = place(head)
        state.withLock { state in
            state.head = head
            state.offset = offset
            state.expectedEnd = offset.flatMap { start in head.contentLength.map { start + $0 } }
        }
    }

    func take(_ bytes: UnsafeRawBufferPointer) -> SinkVerdict {
        state.withLock { state in
            guard let offset = state.offset else {
                guard bytes.count <= Self.asideLimit - state.aside.count else {
                    return .fail(.answerTooLong(Self.asideLimit))
                }
                state.aside.append(contentsOf: bytes)
                return .taken
            }
            guard Int64(bytes.count) <= limit - offset else { return .fail(.answerTooLong(Int(limit))) }
            var written = 0
            while written < bytes.count {
                let n = pwrite(
                    descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written,
                    off_t(offset) + off_t(written))
                if n < 0, errno == EINTR { continue }
                guard n > 0 else { return .fail(.sinkUnwritable(n < 0 ? errno : EIO)) }
                written += n
                state.offset = offset + Int64(written)
            }
            progress?(offset + Int64(written), state.expectedEnd)
            return .taken
        }
    }

    struct Result {
        var head: ResponseHead?
        /// Where the next byte would go; `nil` where nothing is to be written.
        var end: Int64?
        /// What was not written.
        var aside: [UInt8]
    }

    var result: Result {
        state.withLock { Result(head: $0.head, end: $0.offset, aside: $0.aside) }
    }
}
