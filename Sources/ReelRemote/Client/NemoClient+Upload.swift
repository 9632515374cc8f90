public import ReelModel

/// A file to upload, by its open descriptor.
public struct UploadFile: Sendable, Hashable {
    /// As the backend is to call it, with its extension.
    public var name: String
    public var contentType: String
    /// Open for reading; the caller keeps it open until the call returns.
    public var descriptor: CInt
    /// Bytes.
    public var length: Int64

    public init(name: String, type: FileType, descriptor: CInt, length: Int64) {
        self.name = name
        contentType = type.mediaType
        self.descriptor = descriptor
        self.length = length
    }
}

/// What the backend says of a file that it took.
public struct UploadedFile: Sendable, Hashable {
    public var name: String?
    /// `video`, `image` or `audio`.
    public var type: String?
    public var address: String?
    /// Seconds.
    public var duration: Double?
    public var size: Size?
    /// As it came.
    public var json: JSON

    init(_ json: JSON) {
        self.json = json
        name = json.first(of: "filename", "file_name", "fileName", "name")?.text
        type = json.first(of: "file_type", "fileType", "type")?.text
        address = json.first(of: "cdn_url", "cdnUrl", "url")?.text ?? json.text
        duration = json["duration"]?.double
        if let width = json["width"]?.integer, let height = json["height"]?.integer, width > 0, height > 0 {
            size = Size(width: Int(width), height: Int(height))
        }
    }
}

extension NemoClient {
    /// Uploads files into a session, in one request, read from the disk as they are sent.
    /// - Parameter progress: called on another thread with a fraction from 0 to 1 that never goes back.
    public func upload(
        _ files: [UploadFile], session: String, progress: @escaping @Sendable (Double) -> Void = { _ in }
    ) async throws -> [UploadedFile] {
        let parts = files.map { file in
            FilePart(
                field: "files", fileName: file.name, contentType: file.contentType, descriptor: file.descriptor,
                length: file.length)
        }
        let bytes = files.reduce(Int64(0)) { $0 + $1.length }
        var order = uploadOrder(session: session, body: .multipart(parts))
        order.file = files.count == 1 ? files[0].name : nil
        let rising = RisingFraction(progress)
        order.progress = { state in rising.tell(Double(state.sent) / Double(max(state.toSend ?? bytes, 1))) }
        let uploaded = Self.files(in: try await ask(order).envelope)
        rising.tell(1)
        return uploaded
    }

    /// Has the backend fetch a file from an address.
    public func upload(address: String, session: String) async throws -> [UploadedFile] {
        let body: JSON = ["urls": [.string(address)], "source_type": "url"]
        var order = uploadOrder(session: session, body: .bytes(body.bytes(), contentType: "application/json"))
        order.file = address
        return Self.files(in: try await ask(order).envelope)
    }

    private func uploadOrder(session: String, body: Request.Body) -> Order {
        Order(
            call: .upload, method: .post,
            address: backend.path("api", "upload-video", "nemo_agent", "me", WebAddress.segment(session)), body: body,
            // The backend may think about a file for a while before it answers.
            limits: Request.Limits(stall: 180, total: nil))
    }

    private static func files(in envelope: Envelope) -> [UploadedFile] {
        if let list = envelope.field("files")?.elements ?? envelope.root["data"]?.elements ?? envelope.root.elements {
            return list.map(UploadedFile.init)
        }
        if envelope.field("cdn_url", "cdnUrl", "url") != nil { return [UploadedFile(envelope.payload)] }
        return []
    }
}
