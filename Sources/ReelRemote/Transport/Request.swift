/// One HTTP request.
public struct Request: Sendable {
    public enum Method: String, Sendable, Hashable {
        case get = "GET"
        case post = "POST"
    }

    public enum Body: Sendable {
        case none
        case bytes([UInt8], contentType: String)
        /// `multipart/form-data`; each file is read from the disk as it is sent.
        case multipart([FilePart])
    }

    public var method: Method
    public var address: WebAddress
    /// In the order in which they are sent. Names as usual, values without line breaks.
    public var headers: [(name: String, value: String)]
    public var body: Body
    public var limits: Limits
    /// Whether the answer may come compressed. Not for streams, which are to arrive as they are written, nor for
    /// files, whose ranges are counted uncompressed.
    public var acceptsCompression: Bool
    /// libcurl sends a request again, unasked, when a connection that it kept turns out to be dead before the first
    /// byte of the answer. The server may have carried it out by then; so what must not happen twice gets a new
    /// connection.
    public var mustNotRepeat: Bool

    public init(
        _ method: Method, _ address: WebAddress, headers: [(name: String, value: String)] = [], body: Body = .none,
        limits: Limits = Limits(), acceptsCompression: Bool = true, mustNotRepeat: Bool = false
    ) {
        self.method = method
        self.address = address
        self.headers = headers
        self.body = body
        self.limits = limits
        self.acceptsCompression = acceptsCompression
        self.mustNotRepeat = mustNotRepeat
    }

    /// When to stop waiting, all in seconds.
    public struct Limits: Sendable, Hashable {
        /// For name, connection and TLS handshake together.
        public var connect: Double
        /// Without a byte in either direction; `nil` waits.
        public var stall: Double?
        /// For everything; `nil` has no end.
        public var total: Double?

        public init(connect: Double = 15, stall: Double? = 60, total: Double? = 120) {
            self.connect = connect
            self.stall = stall
            self.total = total
        }
    }
}

/// A file as one part of a form, read by its open descriptor while it is sent, and never held in memory.
public struct FilePart: Sendable, Hashable {
    /// The form's field.
    public var field: String
    /// As the server is told.
    public var fileName: String
    public var contentType: String
    /// Open for reading; the caller keeps it open until the request is over. Its position is neither used nor changed.
    public var descriptor: CInt
    /// Bytes from the start; a file that turns out to be shorter ends the request.
    public var length: Int64

    public init(field: String, fileName: String, contentType: String, descriptor: CInt, length: Int64) {
        self.field = field
        self.fileName = fileName
        self.contentType = contentType
        self.descriptor = descriptor
        self.length = length
    }
}

/// How far a transfer is, in bytes on the wire's body.
public struct TransferProgress: Sendable, Hashable {
    public var sent: Int64
    /// `nil` where it is not known.
    public var toSend: Int64?
    public var received: Int64
    public var toReceive: Int64?
}

/// Called on the transport's thread, each time that a number has changed. Must not block.
public typealias TransferProgressHandler = @Sendable (TransferProgress) -> Void
