internal import FlyingFox
internal import FlyingSocks
internal import Foundation
internal import ReelModel
internal import Synchronization

/// Hands an answer to the server library, each bearing the name of who gave it.
struct Delivery {
    /// Seconds between two lines of a stream.
    let pace: Double
    /// Every pause is so many times as long as it says.
    let timeScale: Double
    /// Called once, when the last byte was taken or the reader has gone.
    let whenEnded: @Sendable (Playback.End) -> Void
    let peer: PeerSocket?

    func response(_ answer: Answer) -> HTTPResponse {
        let manner = answer.manner
        if manner.resets { peer?.resetWhenClosed() }
        if manner.isWithheld {
            let ending = Playback.Ending(whenEnded)
            ending.reach(.init(sent: 0, how: .withheld))
            return HTTPResponse(webSocket: Silence())
        }
        let playback = Playback(
            answer: answer, pace: pace, timeScale: timeScale, ending: Playback.Ending(whenEnded))
        let body =
            if let length = manner.announcedBytes ?? answer.length {
                HTTPBodySequence(from: playback, count: length, suggestedBufferSize: 262_144)
            } else {
                HTTPBodySequence(from: playback, suggestedBufferSize: 4096)
            }
        var response = HTTPResponse(statusCode: Self.statusCode(answer.status), headers: [:], body: body)
        for (name, value) in Self.marked(answer.headers) { response.headers[HTTPHeader(name)] = value }
        if let announced = manner.announcedBytes { response.headers[.contentLength] = String(announced) }
        return response
    }

    /// Nobody shall take it for the cloud.
    static func marked(_ headers: [String: String]) -> [String: String] {
        headers.merging(["X-Reelgate-Local": "1", "Server": "reelgate-local"]) { $1 }
    }

    private static func statusCode(_ code: Int) -> HTTPStatusCode {
        let known: [HTTPStatusCode] = [
            .ok, .partialContent, .found, .badRequest, .unauthorized, .paymentRequired, .forbidden, .notFound,
            .methodNotAllowed, .conflict, .payloadTooLarge, .unsupportedMediaType, .rangeNotSatisfiable,
            .unprocessableContent, .internalServerError, .badGateway, .serviceUnavailable, .gatewayTimeout,
        ]
        return known.first { $0.code == code } ?? HTTPStatusCode(code, phrase: "Refused")
    }
}

/// Closes the connection without an answer: the library asks it for frames before it writes anything, and closes where
/// there are none.
private struct Silence: WSHandler {
    struct Withheld: Error {}

    func makeFrames(
        for client: AsyncThrowingStream<WSFrame, any Error>
    ) async throws -> AsyncStream<WSFrame> {
        throw Withheld()
    }
}
