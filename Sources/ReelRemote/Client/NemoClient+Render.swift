public import ReelModel

/// What an export is to be written as.
public struct RenderOutput: Sendable, Hashable {
    public var format: String
    public var quality: String

    public init(format: String = "mp4", quality: String = "high") {
        self.format = format
        self.quality = quality
    }
}

/// Where an export stands, read from either of the two forms in which the backend tells.
public struct RenderStatus: Sendable, Hashable {
    public enum Phase: Sendable, Hashable {
        case pending, processing, completed, failed
        /// A word that is not published: still running, as far as anybody knows.
        case unknown(String)
    }

    public var phase: Phase
    /// From 0 to 1.
    public var fraction: Double?
    /// Where the result is, absolute.
    public var address: String?
    /// Seconds.
    public var duration: Double?
    /// Bytes.
    public var size: Int64?
    /// Why it failed.
    public var error: String?

    init(_ envelope: Envelope, backend: Backend) {
        let word = envelope.field("status", "state")?.identifier ?? ""
        phase =
            switch word.lowercased() {
            case "pending", "queued", "created", "submitted": .pending
            case "processing", "running", "rendering", "in_progress": .processing
            case "completed", "complete", "success", "succeeded", "done", "finished": .completed
            case "failed", "failure", "error", "cancelled", "canceled": .failed
            case _: .unknown(word)
            }
        fraction = envelope.field("progress")?.double.map { min(max($0 / 100, 0), 1) }
        let output = envelope.field("output", "result")
        let address =
            output?.first(of: "url", "outputUrl", "output_url")?.text
            ?? envelope.field("outputUrl", "output_url", "url")?.text ?? output?.text
        self.address = address.flatMap { $0.isEmpty ? nil : backend.address.resolving($0)?.text }
        duration = output?["duration"]?.double ?? envelope.field("duration")?.double
        size = output?.first(of: "size", "bytes")?.integer ?? envelope.field("size")?.integer
        if phase == .failed {
            let error = envelope.field("error", "errorMessage", "error_message")
            self.error = error?.text ?? error?.first(of: "message", "detail")?.text ?? envelope.message
        }
    }
}

extension NemoClient {
    /// Orders an export under an id of our own, so that it can be asked about whatever becomes of the answer.
    /// - Parameter draft: passed on as it came from the state.
    public func submitRender(
        id: String, session: String, draft: JSON, output: RenderOutput = RenderOutput()
    ) async throws -> RenderStatus {
        let body: JSON = [
            "id": .string(id), "sessionId": .string(session), "draft": draft,
            "output": ["format": .string(output.format), "quality": .string(output.quality)],
        ]
        let order = Order(
            call: .renderSubmit, method: .post, address: backend.path("api", "render", "proxy", "lambda"),
            body: .bytes(body.bytes(), contentType: "application/json"))
        return RenderStatus(try await ask(order).envelope, backend: backend)
    }

    /// Where an export stands. Throws `.notFound` where the backend knows no such id.
    public func pollRender(_ id: String) async throws -> RenderStatus {
        let order = Order(
            call: .renderStatus, method: .get,
            address: backend.path("api", "render", "proxy", "lambda", WebAddress.segment(id)))
        // "success": false beside a status tells of the render, not of the question.
        let answer = try await ask(order) { $0.refusalCode == nil && $0.field("status")?.text != nil }
        return RenderStatus(answer.envelope, backend: backend)
    }
}
