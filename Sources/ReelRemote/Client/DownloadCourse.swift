internal import ReelModel

/// The course of one download over as many requests as it takes: redirects, cuts and resumptions. A pure machine.
///
/// It goes on where it was cut only when the server has named the version of what it sends (a strong ETag, or a date)
/// and confirms that it is still that version; else it begins anew.
struct DownloadCourse: Sendable {
    enum Action: Sendable, Hashable {
        case done(bytes: Int64)
        /// Ask again, from `offset`, after this many seconds.
        case again(wait: Double)
        /// Ask there instead.
        case follow(WebAddress)
        /// It is a JSON document where a file was due.
        case document
        case fail(RemoteError)
    }

    private(set) var address: WebAddress
    /// Bytes that are in.
    private(set) var offset: Int64 = 0
    /// Bytes in all, where it is known.
    private(set) var total: Int64?
    private var validator: String?
    private var redirects = 0
    private var failures = 0
    private var requests = 0
    private var waitedForRate = false
    private let waits: RetryPolicy.Waits
    private let mayUseLoopback: Bool

    private static let redirectLimit = 10
    /// A server that cuts after a few bytes each time is not followed for ever.
    private static let requestLimit = 200

    /// - Parameter mayUseLoopback: whether this machine may be asked, which no backend elsewhere has a say in.
    init(_ address: WebAddress, mayUseLoopback: Bool, waits: RetryPolicy.Waits) {
        self.address = address
        self.mayUseLoopback = mayUseLoopback
        self.waits = waits
    }

    /// Whether the address may be asked at all.
    var isAllowed: Bool { mayUseLoopback || !address.isLoopback }

    /// For the next request.
    var headers: [(name: String, value: String)] {
        guard offset > 0, let validator else { return [] }
        return [("Range", "bytes=\(offset)-"), ("If-Range", validator)]
    }

    /// Where the body of an answer with this head goes; `nil` where it is not the file.
    func placement(_ head: ResponseHead) -> Int64? {
        if let coding = head["content-encoding"]?.lowercased(), coding != "identity" { return nil }
        switch head.status {
        case 200: return Self.isDocument(head) ? nil : 0
        case 206:
            guard offset > 0, let range = ContentRange(head["content-range"] ?? ""), range.start == offset,
                total == nil || range.total == nil || range.total == total,
                head["etag"] == nil || head["etag"] == validator || !(validator?.hasPrefix("\"") ?? false)
            else { return nil }
            return offset
        case _: return nil
        }
    }

    private static func isDocument(_ head: ResponseHead) -> Bool {
        head.contentType == "application/json" || head.contentType == "text/html"
    }

    /// What an answer, whole or not, means. `end` is where the next byte would have gone.
    mutating func on(_ head: ResponseHead?, end: Int64?, failure: TransportFailure?, words: String?) -> Action {
        requests += 1
        guard requests < Self.requestLimit else {
            return .fail(error(.outcomeUnknown, "too many requests for one file"))
        }
        if let head, let end {
            if head.status == 200 { adopt(head) }
            if end > offset || head.status == 200 { failures = 0 }
            offset = end
            guard let failure else { return ended() }
            return cut(failure)
        }
        if let failure { return cut(failure) }
        guard let head else { return .fail(error(.outcomeUnknown, nil)) }
        return refused(head, words)
    }

    /// Remembers what version of how many bytes this is.
    private mutating func adopt(_ head: ResponseHead) {
        total = head.contentLength
        let tag = head["etag"].flatMap { $0.hasPrefix("\"") ? $0 : nil }
        validator = tag ?? head["last-modified"]
    }

    private mutating func ended() -> Action {
        guard let total else { return .done(bytes: offset) }
        if offset == total { return .done(bytes: offset) }
        if offset > total {
            return .fail(error(.unreadableAnswer, "\(offset) bytes came where \(total) were announced"))
        }
        return retry(error(.outcomeUnknown, "\(offset) of \(total) bytes came"))
    }

    private mutating func cut(_ failure: TransportFailure) -> Action {
        let error = RemoteError(failure, call: .download)
        return failure.isTransient ? retry(error) : .fail(error)
    }

    private mutating func retry(_ error: RemoteError) -> Action {
        guard failures < waits.transient.count else { return .fail(error) }
        failures += 1
        if validator == nil { offset = 0 }
        return .again(wait: waits.transient[failures - 1])
    }

    private mutating func refused(_ head: ResponseHead, _ words: String?) -> Action {
        switch head.status {
        case 200 where head.contentType == "application/json": return .document
        case 200:
            return .fail(error(.unreadableAnswer, "\(head["content-encoding"] ?? head.contentType ?? "a page") came"))
        case 206, 416:
            // Not the part that was asked for, or another version by now.
            if offset > 0, offset == total, head.status == 416 { return .done(bytes: offset) }
            startAnew()
            return retry(error(.unreadableAnswer, "a part came that does not fit"))
        case 301, 302, 303, 307, 308:
            guard redirects < Self.redirectLimit, let next = head["location"].flatMap(address.resolving) else {
                return .fail(error(.unreadableAnswer, "a redirect that leads nowhere"))
            }
            guard next.scheme == "https" || address.scheme == "http" else {
                return .fail(error(.insecure, "a redirect to plain http"))
            }
            redirects += 1
            address = next
            return .follow(next)
        case 401, 403, 404, 410: return .fail(error(.linkExpired, words ?? "HTTP \(head.status)"))
        case 429:
            guard !waitedForRate else { return .fail(error(.rateLimited, words)) }
            waitedForRate = true
            return .again(wait: waits.rateLimit)
        case 500...599: return retry(error(.serverError(status: head.status), words))
        case let status: return .fail(error(.refused(code: Int64(status)), words))
        }
    }

    private mutating func startAnew() {
        offset = 0
        total = nil
        validator = nil
    }

    private func error(_ kind: RemoteError.Kind, _ cause: String?) -> RemoteError {
        RemoteError(kind, call: .download, origin: address.origin, cause: cause)
    }
}

/// `bytes 100-199/200`, or `bytes 100-199/*`.
struct ContentRange: Sendable, Hashable {
    let start: Int64
    let end: Int64
    let total: Int64?

    init?(_ text: String) {
        guard text.lowercased().hasPrefix("bytes ") else { return nil }
        let parts = text.dropFirst(6).split(separator: "/")
        let bounds = parts.first?.split(separator: "-") ?? []
        guard parts.count == 2, bounds.count == 2, let start = Int64(bounds[0]), let end = Int64(bounds[1]), start >= 0,
            end >= start
        else { return nil }
        self.start = start
        self.end = end
        total = Int64(parts[1])
    }
}
