public import ReelModel
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// HTTP by libcurl: HTTP/2 over TLS, kept connections, the system's trust store, and the proxy variables as curl reads
/// them (loopback goes past any proxy). Redirects are not followed here. Cancelling the task that waits aborts the
/// transfer. When the last reference goes, what still runs is cancelled.
public final class Transport: Sendable {
    private let engine: Engine
    private let userAgent: String
    private let allowsPlainHTTP: Bool
    private let trustFile: String?

    /// - Parameters:
    ///   - userAgent: `reelgate/1.0`.
    ///   - allowsPlainHTTP: whether `http` may go to other machines than this one.
    ///   - trustFile: certificates (PEM) of the authorities to trust instead of the system's. The curl command takes it
    ///     from `CURL_CA_BUNDLE` or `SSL_CERT_FILE`; libcurl itself reads neither.
    public init(userAgent: String, allowsPlainHTTP: Bool = false, trustFile: String? = nil) throws(Failure) {
        engine = try Engine()
        self.userAgent = userAgent
        self.allowsPlainHTTP = allowsPlainHTTP
        self.trustFile = trustFile
    }

    deinit { engine.stop() }

    /// Bytes of an answer that is read whole, unless said otherwise.
    public static let usualLimit = 32 * 1024 * 1024

    /// Sends a request and reads the answer whole, whatever its status.
    /// - Parameter limit: bytes; a longer answer fails.
    public func collect(
        _ request: Request, limit: Int = Transport.usualLimit, progress: TransferProgressHandler? = nil
    ) async throws(TransportFailure) -> Response {
        let sink = CollectingSink(limit: limit)
        if let failure = await run(request, into: sink, progress: progress) { throw failure }
        guard let response = sink.response else {
            throw TransportFailure(.cut, origin: request.address.origin, mayHaveBeenSent: true)
        }
        return response
    }

    /// Sends a request and writes the answer to a file as far as `place` wants it.
    func write(
        _ request: Request, to descriptor: CInt, progress: FileSink.Progress? = nil,
        place: @escaping FileSink.Placement
    ) async -> (FileSink.Result, TransportFailure?) {
        let sink = FileSink(descriptor: descriptor, progress: progress, place: place)
        let failure = await run(request, into: sink, progress: nil)
        return (sink.result, failure)
    }

    /// Writes what stands at an address to an open file, from its start. No token is sent, no redirect followed.
    /// - Parameter limit: bytes; more fail.
    /// - Returns: HTTP's status. The file is written to only where it is 200.
    public func fetch(_ address: WebAddress, to descriptor: CInt, limit: Int64) async throws(TransportFailure) -> Int {
        let request = Request(.get, address, limits: Request.Limits(total: nil), acceptsCompression: false)
        let sink = FileSink(descriptor: descriptor, limit: limit, progress: nil) { $0.status == 200 ? 0 : nil }
        if let failure = await run(request, into: sink, progress: nil) { throw failure }
        guard let head = sink.result.head else {
            throw TransportFailure(.cut, origin: address.origin, mayHaveBeenSent: true)
        }
        return head.status
    }

    /// Sends a request and hands out the answer as it comes.
    func open(_ request: Request) -> OpenTransfer {
        let id = engine.newID()
        let channel = ByteChannel { [engine] in engine.resume(id: id) }
        let transfer = OpenTransfer(id: id, channel: channel, transport: self)
        if let refusal = refusal(of: request) {
            channel.finish(refusal)
        } else {
            engine.start(
                TransferOrder(
                    id: id, request: signed(request), trustFile: trustFile, sink: channel, progress: nil,
                    cancellation: transfer.cancellation,
                    completion: { channel.finish($0) }))
        }
        return transfer
    }

    fileprivate func cancel(id: Int) { engine.cancel(id: id) }

    private func run(
        _ request: Request, into sink: any BodySink, progress: TransferProgressHandler?
    ) async -> TransportFailure? {
        if let refusal = refusal(of: request) { return refusal }
        let id = engine.newID()
        let cancellation = CancellationFlag()
        let request = signed(request)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                engine.start(
                    TransferOrder(
                        id: id, request: request, trustFile: trustFile, sink: sink, progress: progress,
                        cancellation: cancellation,
                        completion: { continuation.resume(returning: $0) }))
            }
        } onCancel: {
            cancellation.set()
            engine.cancel(id: id)
        }
    }

    private func signed(_ request: Request) -> Request {
        var request = request
        request.headers.append(("User-Agent", userAgent))
        return request
    }

    private func refusal(of request: Request) -> TransportFailure? {
        guard request.address.scheme != "https", !request.address.isLoopback, !allowsPlainHTTP else { return nil }
        return TransportFailure(.plainTextRefused, origin: request.address.origin)
    }
}

/// A request whose answer is being read. It is cancelled when it is let go before its end.
final class OpenTransfer: Sendable {
    private let id: Int
    private let channel: ByteChannel
    private let transport: Transport
    fileprivate let cancellation = CancellationFlag()

    fileprivate init(id: Int, channel: ByteChannel, transport: Transport) {
        self.id = id
        self.channel = channel
        self.transport = transport
    }

    deinit { cancel() }

    func next() async -> ByteChannel.Item {
        await withTaskCancellationHandler {
            await channel.next()
        } onCancel: {
            cancel()
        }
    }

    func tick() { channel.tick() }

    func cancel() {
        cancellation.set()
        transport.cancel(id: id)
    }
}
