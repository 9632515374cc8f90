internal import Dispatch
internal import Foundation
internal import ReelFormats
internal import ReelModel
internal import ReelRemote
internal import Synchronization

/// A file at an http(s) address, read by range: only the pieces that a header reader asks for cross the network.
///
/// Its reads block, so it is used on a thread of its own: `RangeSource.headerFacts`.
struct RangeSource: ByteSource {
    private let transport: Transport
    private let address: WebAddress
    let length: Int64
    /// Which version of the file the first answer was about.
    private let validator: String?
    private var window: [UInt8]
    private var windowStart: Int64 = 0

    /// Bytes that are asked for at least at a time: one round trip costs more than this many bytes do.
    private static let windowSize = 64 * 1024
    private static let redirectLimit = 5

    /// Asks for the file's beginning, and so learns its length.
    private init(_ transport: Transport, _ address: WebAddress) throws {
        var address = address
        for _ in 0...Self.redirectLimit {
            let response = try Self.ask(transport, address, 0..<Int64(Self.windowSize), validator: nil)
            if (301...308).contains(response.head.status), let next = response.head["location"] {
                guard let resolved = address.resolving(next) else { break }
                address = resolved
                continue
            }
            self.transport = transport
            self.address = address
            window = response.body
            validator =
                response.head["etag"].flatMap { $0.hasPrefix("W/") ? nil : $0 } ?? response.head["last-modified"]
            length = try Self.length(response, address)
            return
        }
        throw Failure(
            .unreadable, subject: address.text, problem: "it leads from address to address without an end",
            remedy: "Give the address of the file itself")
    }

    private static func length(_ response: Response, _ address: WebAddress) throws(Failure) -> Int64 {
        switch response.head.status {
        case 206:
            // Content-Range: bytes 0-65535/231400000 (RFC 9110, 14.4)
            if let total = response.head["content-range"]?.split(separator: "/").last.flatMap({ Int64($0) }) {
                return total
            }
        case 200 where response.body.count < windowSize: return Int64(response.body.count)
        case 416: return 0
        case let status where status >= 400:
            throw Failure(
                .unreadable, subject: address.text, problem: "the server answers \(status)", remedy: "Check the address"
            )
        case _: break
        }
        throw Failure(
            .unreadable, subject: address.text, problem: "its server does not give parts of files",
            remedy: "Download it and give the path")
    }

    mutating func read(at offset: Int64, count: Int) throws -> [UInt8] {
        guard offset >= 0, count > 0, offset < length else { return [] }
        let wanted = min(Int64(count), length - offset)
        if offset < windowStart || offset + wanted > windowStart + Int64(window.count) {
            let end = min(offset + max(wanted, Int64(Self.windowSize)), length)
            let response = try Self.ask(transport, address, offset..<end, validator: validator)
            guard response.head.status == 206, Int64(response.body.count) == end - offset else {
                throw Failure(
                    .unreadable, subject: address.text, problem: "it changed, or its server stopped giving parts of it",
                    remedy: "Try again")
            }
            window = response.body
            windowStart = offset
        }
        let start = Int(offset - windowStart)
        return Array(window[start..<start + Int(wanted)])
    }

    private static func ask(
        _ transport: Transport, _ address: WebAddress, _ range: Range<Int64>, validator: String?
    ) throws -> Response {
        var headers = [(name: "Range", value: "bytes=\(range.lowerBound)-\(range.upperBound - 1)")]
        if let validator { headers.append(("If-Range", validator)) }
        let request = Request(.get, address, headers: headers, acceptsCompression: false)
        let answer = Mutex<Result<Response, TransportFailure>?>(nil)
        let done = DispatchSemaphore(value: 0)
        // A server that ignores the range sends it all: more than what was asked for is not read.
        let limit = Int(range.count) + 1024
        Task {
            let result: Result<Response, TransportFailure>
            do throws(TransportFailure) {
                result = .success(try await transport.collect(request, limit: limit))
            } catch {
                result = .failure(error)
            }
            answer.withLock { $0 = result }
            done.signal()
        }
        done.wait()
        switch answer.withLock({ $0 }) {
        case .success(let response)?: return response
        case .failure(let failure)?:
            throw Failure(
                .unreachable, subject: address.text, problem: "it cannot be read over the network",
                remedy: "Check the address, or download it and give the path", cause: "\(failure)")
        case nil:
            throw Failure(.unreachable, subject: address.text, problem: "no answer came", remedy: "Try again")
        }
    }

    /// The facts of the file at that address, from its headers alone.
    static func headerFacts(of text: String, _ transport: Transport) async throws -> Facts {
        guard let address = WebAddress(text) else {
            throw Failure(
                .usage, subject: text, problem: "it is no http(s) address",
                remedy: "Give a path, or an address of a file")
        }
        // The name is the path's last part, without what follows a question mark.
        let path = address.text.split(separator: "?", maxSplits: 1).first.map(String.init) ?? address.text
        let name = URL(string: path)?.lastPathComponent ?? path
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        var source = try RangeSource(transport, address)
                        return try HeaderReader.facts(of: &source, name: name)
                    })
            }
        }
    }
}
