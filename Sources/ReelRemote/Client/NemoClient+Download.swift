#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
internal import ReelModel

extension NemoClient {
    /// Downloads a result into an open file, from its start, and cuts the file to length. What is cut off on the way is
    /// gone on with, where the server can say that it is still the same. Redirects are followed; the token goes to the
    /// backend itself and to nobody else.
    /// - Parameters:
    ///   - address: as `RenderStatus` gives it.
    ///   - descriptor: open for writing; the caller keeps it open until the call returns. Its position is not used.
    ///   - progress: called on another thread with a fraction from 0 to 1 that never goes back, where the length
    ///     is known.
    /// - Returns: bytes.
    @discardableResult
    public func download(
        _ address: String, to descriptor: CInt, progress: @escaping @Sendable (Double) -> Void = { _ in }
    ) async throws -> Int64 {
        guard let address = backend.address.resolving(address) else {
            throw RemoteError(
                .unreadableAnswer, call: .download, origin: backend.origin,
                cause: "the result's address is no http(s) address")
        }
        switch try await fetch(address, to: descriptor, progress: progress) {
        case .file(let bytes): return bytes
        case .document(let envelope):
            throw RemoteError(
                .unreadableAnswer, call: .download, origin: address.origin,
                cause: envelope?.message ?? "a JSON document came where a file was due")
        }
    }

    /// Downloads a finished export by its id, which also serves when its address is missing or has expired.
    @discardableResult
    public func downloadFallback(
        render id: String, to descriptor: CInt, progress: @escaping @Sendable (Double) -> Void = { _ in }
    ) async throws -> Int64 {
        guard let address = backend.path("api", "render", "proxy", WebAddress.segment(id), "download") else {
            throw RemoteError(.notFound, call: .download, origin: backend.origin)
        }
        switch try await fetch(address, to: descriptor, progress: progress) {
        case .file(let bytes): return bytes
        case .document(let envelope):
            // Some answer with the address instead of the file.
            let status = envelope.map { RenderStatus($0, backend: backend) }
            guard let next = status?.address, next != address.text else {
                throw RemoteError(
                    .linkExpired, call: .download, origin: backend.origin, cause: envelope?.message)
            }
            return try await download(next, to: descriptor, progress: progress)
        }
    }

    private enum Fetched {
        case file(bytes: Int64)
        case document(Envelope?)
    }

    private func fetch(
        _ address: WebAddress, to descriptor: CInt, progress: @escaping @Sendable (Double) -> Void
    ) async throws -> Fetched {
        // A file that is there is free to ask for: more patience than with anything else.
        var waits = configuration.waits
        waits.transient += [5, 15]
        var course = DownloadCourse(address, mayUseLoopback: backend.address.isLoopback, waits: waits)
        let rising = RisingFraction(progress)
        while true {
            guard course.isAllowed else {
                throw RemoteError(
                    .insecure, call: .download, origin: course.address.origin,
                    cause: "the backend points at this machine")
            }
            let (result, failure) = await transport.write(
                try await request(course), to: descriptor,
                progress: { offset, end in
                    if let end, end > 0 { rising.tell(Double(offset) / Double(end)) }
                },
                place: { [course] head in course.placement(head) })
            if failure?.kind == .cancelled { throw CancellationError() }
            let envelope = result.aside.isEmpty ? nil : (try? JSON(parsing: result.aside)).map(Envelope.init)
            switch course.on(result.head, end: result.end, failure: failure, words: envelope?.message) {
            case .done(let bytes):
                guard ftruncate(descriptor, off_t(bytes)) == 0 else {
                    throw RemoteError(
                        .localFile, call: .download, origin: course.address.origin,
                        cause: String(cString: strerror(errno)))
                }
                rising.tell(1)
                return .file(bytes: bytes)
            case .again(let seconds): try await configuration.sleep(seconds)
            case .follow: break
            case .document: return .document(envelope)
            case .fail(let error): throw error
            }
        }
    }

    private func request(_ course: DownloadCourse) async throws -> Request {
        var headers = course.headers
        if course.address.hasSameOrigin(as: backend.address) {
            headers.append(("Authorization", "Bearer \(try await keeper.token().secret)"))
            headers += configuration.attribution.headers
        }
        return Request(
            .get, course.address, headers: headers, limits: Request.Limits(total: nil), acceptsCompression: false)
    }
}
