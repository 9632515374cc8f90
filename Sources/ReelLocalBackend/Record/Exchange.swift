internal import FlyingFox
internal import ReelModel
internal import Synchronization

/// One request and its answer, as the record tells of them. Filled while they happen.
final class Exchange: Sendable {
    private struct State {
        var bytes: Int64 = 0
        var body: JSON?
        var files: [JSON] = []
        var faults: [String] = []
        var answer: Answer?
    }

    private let at: Double
    private let method: String
    private let path: String
    private let headers: [JSON.Member]
    private let state = Mutex(State())

    /// Bytes of a body that are kept.
    private static let limit = 262_144

    init(_ request: HTTPRequest, at time: Double) {
        at = time
        method = request.method.rawValue
        path = request.target.rawValue
        headers = request.headers
            .map { JSON.Member($0.key.rawValue.lowercased(), .string($0.value)) }
            .sorted { $0.key < $1.key }
    }

    func received(_ bytes: Int) { state.withLock { $0.bytes += Int64(bytes) } }
    func asked(_ body: JSON) { state.withLock { $0.body = body } }
    func struck(_ strikes: [FaultPlan.Strike]) { state.withLock { $0.faults = strikes.map(\.fault.name) } }
    func answered(_ answer: Answer) { state.withLock { $0.answer = answer } }

    func uploaded(_ arrivals: [Intake.Arrival]) {
        let files = arrivals.map { ["filename": .string($0.name), "bytes": JSON($0.bytes)] as JSON }
        state.withLock { $0.files = files }
    }

    /// The line for it.
    func line(_ end: Playback.End) -> JSON {
        state.withLock { state in
            var asked: [JSON.Member] = [
                .init("method", .string(method)), .init("path", .string(path)), .init("headers", .object(headers)),
                .init("bytes", JSON(state.bytes)),
            ]
            if let body = state.body { asked.append(.init("body", body)) }
            if !state.files.isEmpty { asked.append(.init("files", .array(state.files))) }
            var answered: [JSON.Member] = []
            if let answer = state.answer, end.how != .withheld {
                answered = [
                    .init("status", JSON(answer.status)),
                    .init(
                        "headers",
                        .object(
                            Delivery.marked(answer.headers).map { JSON.Member($0.key.lowercased(), .string($0.value)) }
                                .sorted { $0.key < $1.key })),
                ]
                answered += Self.body(of: answer, sent: end.sent)
            }
            answered += [.init("bytes", JSON(end.sent)), .init("end", .string(end.how.rawValue))]
            var line: [JSON.Member] = [
                .init("at", JSON(at)), .init("asked", .object(asked)), .init("answered", .object(answered)),
            ]
            if !state.faults.isEmpty { line.append(.init("faults", .array(state.faults.map(JSON.string)))) }
            return .object(line)
        }
    }

    /// What was sent of it: a document as one, a stream as its lines, a film not at all.
    private static func body(of answer: Answer, sent: Int) -> [JSON.Member] {
        switch answer.body {
        case .file: return []
        case .bytes(let bytes):
            guard bytes.count <= limit, !bytes.isEmpty else { return [] }
            let text = JSON.string(String(decoding: bytes.prefix(sent), as: UTF8.self))
            return [.init("body", sent < bytes.count ? text : (try? JSON(parsing: bytes)) ?? text)]
        case .stream(let lines):
            var left = min(sent, limit)
            var told: [JSON] = []
            for line in lines where left > 0 {
                told.append(.string(String(decoding: line.text.utf8.prefix(left), as: UTF8.self)))
                left -= line.text.utf8.count
            }
            return [.init("lines", .array(told))]
        }
    }
}
