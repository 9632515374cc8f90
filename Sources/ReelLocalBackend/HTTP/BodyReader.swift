internal import FlyingFox
internal import Foundation
internal import ReelModel

/// A request's body, read once and to its end: what a refusal leaves unread would be taken for the next request.
final class BodyReader {
    /// Not safe to share, and not shared: one request has one reader, and it awaits each piece before the next.
    private nonisolated(unsafe) var iterator: HTTPBodySequence.Iterator
    private let announced: Int?
    private let exchange: Exchange
    private(set) var received: Int64 = 0
    private var isAtEnd = false

    init(_ request: HTTPRequest, _ exchange: Exchange) {
        self.exchange = exchange
        iterator = request.bodySequence.makeAsyncIterator()
        announced = request.headers[.contentLength].flatMap { Int($0) }
    }

    /// What the request says that its body has.
    var announcedBytes: Int64? { announced.map(Int64.init) }

    /// The next piece; `nil` at the end. A connection that ends before the body does is an error, not an end.
    func next() async throws -> Data? {
        guard !isAtEnd else { return nil }
        guard let piece = try await iterator.next(), !piece.isEmpty else {
            isAtEnd = true
            if let announced, received < announced {
                throw Failure(
                    .unreadable, subject: "the request",
                    problem: "its body ended after \(received) of \(announced) bytes",
                    remedy: "Send it again")
            }
            return nil
        }
        received += Int64(piece.count)
        exchange.received(piece.count)
        return piece
    }

    /// The whole body as JSON.
    func json(limit: Int) async throws -> JSON {
        var bytes: [UInt8] = []
        while let piece = try await next() {
            guard bytes.count + piece.count <= limit else {
                throw Refusal(status: 413, detail: "local backend: a document may have \(limit) bytes")
            }
            bytes.append(contentsOf: piece)
        }
        do {
            let json = try JSON(parsing: bytes)
            exchange.asked(json)
            return json
        } catch {
            throw Refusal.unprocessable([
                Refusal.field("json_invalid", [String(error.offset)], "JSON decode error", input: [:])
            ])
        }
    }

    /// Reads on to the end; `false` where there is more than the limit.
    func drain(limit: Int64) async throws -> Bool {
        let start = received
        while try await next() != nil {
            if received - start > limit { return false }
        }
        return true
    }
}
