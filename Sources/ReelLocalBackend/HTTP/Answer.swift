internal import FlyingFox
internal import Foundation
internal import ReelModel

/// An answer before it is sent: a value, so that faults can spoil it and the record can tell of it.
struct Answer: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        case stream([StreamLine])
        /// A part of a file.
        case file(URL, Range<Int>)
    }

    /// How it is sent, where that is not simply as it is.
    struct Manner: Sendable {
        /// Seconds before its first byte.
        var delay = 0.0
        var bytesPerSecond: Double?
        /// Bytes of the body after which the connection is closed.
        var cutAfter: Int?
        /// Seconds for which it stands still before that.
        var stall = 0.0
        /// What `Content-Length` says, instead of the truth.
        var announcedBytes: Int?
        /// Not a byte is sent, and the connection is closed.
        var isWithheld = false
        /// Where the connection is closed early, it is reset.
        var resets = false
    }

    var status = 200
    var headers: [String: String] = [:]
    var body: Body
    var manner = Manner()
    /// Told how it ended, once, even where the answer is never sent.
    var ending: Playback.Ending?

    static func json(_ body: JSON, status: Int = 200) -> Answer {
        Answer(status: status, headers: ["Content-Type": "application/json"], body: .bytes(body.bytes()))
    }

    static func stream(_ lines: [StreamLine]) -> Answer {
        Answer(
            headers: ["Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store"],
            body: .stream(lines))
    }

    /// A file, or the part of it that is asked for.
    static func file(_ url: URL, type: String, for request: HTTPRequest) throws -> Answer {
        let path = url.path(percentEncoded: false)
        guard let length = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int else {
            throw Refusal.notFound
        }
        let tag = "\"\(url.deletingPathExtension().lastPathComponent.prefix(16))-\(length)\""
        var headers = ["Content-Type": type, "Accept-Ranges": "bytes", "ETag": tag]
        // A part of another version would be joined to the wrong file.
        let condition = request.headers[HTTPHeader("If-Range")]
        let asked = condition == nil || condition == tag ? request.headers[.range] : nil
        switch ByteRange(header: asked, length: length) {
        case .unsatisfiable:
            return Answer(status: 416, headers: ["Content-Range": "bytes */\(length)"], body: .bytes([]))
        case .part(let range) where request.method == .GET:
            headers["Content-Range"] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(length)"
            return Answer(status: 206, headers: headers, body: .file(url, range))
        case .part, .whole:
            headers["Content-Length"] = String(length)
            let body = request.method == .GET ? 0..<length : 0..<0
            return Answer(headers: headers, body: .file(url, body))
        }
    }

    /// Bytes of the body; `nil` for a stream, whose length is not told.
    var length: Int? {
        switch body {
        case .bytes(let bytes): bytes.count
        case .file(_, let range): range.count
        case .stream: nil
        }
    }

    /// Bytes that will be sent, if all goes well.
    var extent: Int {
        switch body {
        case .bytes(let bytes): bytes.count
        case .file(_, let range): range.count
        case .stream(let lines): lines.reduce(0) { $0 + $1.text.utf8.count }
        }
    }
}

/// A piece of a stream, written and flushed on its own.
struct StreamLine: Sendable {
    enum Kind: Hashable, Sendable {
        case event
        /// An event whose text is meant for people.
        case words
        case heartbeat
    }

    var text: String
    var kind = Kind.event
    /// Seconds before it.
    var pause: Double?
    /// Done just before it is written.
    var effect: (@Sendable () async -> Void)?
}
