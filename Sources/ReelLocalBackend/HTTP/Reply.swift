internal import FlyingFox
internal import FlyingSocks
internal import Foundation
internal import ReelModel

/// The answers, each bearing the name of who gave it.
enum Reply {
    static func envelope(_ data: JSON) -> HTTPResponse {
        json(["code": 0, "message": "local backend", "data": data])
    }

    static func json(_ body: JSON, status: Int = 200) -> HTTPResponse {
        marked(
            HTTPResponse(
                statusCode: statusCode(status), headers: [.contentType: "application/json"],
                body: Data(body.bytes())))
    }

    static func stream(_ body: some AsyncBufferedSequence<UInt8>) -> HTTPResponse {
        marked(
            HTTPResponse(
                statusCode: .ok,
                headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"],
                body: HTTPBodySequence(from: body, suggestedBufferSize: 4096)))
    }

    /// A file, or the part of it that is asked for.
    static func file(_ url: URL, type: String, for request: HTTPRequest) throws -> HTTPResponse {
        let path = url.path(percentEncoded: false)
        guard let length = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int else {
            throw Refusal.notFound
        }
        let tag = "\"\(url.deletingPathExtension().lastPathComponent.prefix(16))-\(length)\""
        var headers: HTTPHeaders = [.contentType: type, .acceptRanges: "bytes", .eTag: tag]
        // A part of another version would be joined to the wrong file.
        let condition = request.headers[HTTPHeader("If-Range")]
        let asked = condition == nil || condition == tag ? request.headers[.range] : nil
        switch ByteRange(header: asked, length: length) {
        case .unsatisfiable:
            return marked(
                HTTPResponse(
                    statusCode: .rangeNotSatisfiable,
                    headers: [.contentRange: "bytes */\(length)"] as HTTPHeaders, body: Data()))
        case .part(let range) where request.method == .GET:
            headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(length)"
            return marked(
                HTTPResponse(statusCode: .partialContent, headers: headers, body: try body(url, range, request)))
        case .part, .whole:
            headers[.contentLength] = String(length)
            return marked(HTTPResponse(statusCode: .ok, headers: headers, body: try body(url, 0..<length, request)))
        }
    }

    private static func body(_ url: URL, _ range: Range<Int>, _ request: HTTPRequest) throws -> HTTPBodySequence {
        guard request.method == .GET, !range.isEmpty else { return HTTPBodySequence() }
        return try HTTPBodySequence(file: url, range: range, suggestedBufferSize: 262_144)
    }

    private static func marked(_ response: HTTPResponse) -> HTTPResponse {
        var response = response
        response.headers[HTTPHeader("X-Reelgate-Local")] = "1"
        response.headers[HTTPHeader("Server")] = "reelgate-local"
        return response
    }

    private static func statusCode(_ code: Int) -> HTTPStatusCode {
        let known: [HTTPStatusCode] = [
            .ok, .badRequest, .unauthorized, .paymentRequired, .notFound, .methodNotAllowed, .conflict,
            .payloadTooLarge, .unsupportedMediaType, .unprocessableContent, .internalServerError,
        ]
        return known.first { $0.code == code } ?? HTTPStatusCode(code, phrase: "Refused")
    }
}
