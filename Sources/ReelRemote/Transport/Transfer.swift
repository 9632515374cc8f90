internal import CCurl
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What the engine is asked to carry out.
struct TransferOrder: Sendable {
    let id: Int
    let request: Request
    let trustFile: String?
    let sink: any BodySink
    let progress: TransferProgressHandler?
    let cancellation: CancellationFlag
    /// Called once, on the engine's thread: `nil` when the answer is whole.
    let completion: @Sendable (TransportFailure?) -> Void
}

/// One easy handle with all that it points to. Lives on the engine's thread.
final class Transfer {
    let order: TransferOrder
    let easy: UnsafeMutableRawPointer
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var mime: OpaquePointer?
    private var sources: [FileSource] = []
    private let words: UnsafeMutablePointer<CChar>
    private var reader = HeadReader()
    private var hasHead = false
    private var verdict: TransportFailure.Kind?
    private var lastProgress: TransferProgress?

    private var origin: String { order.request.address.origin }

    /// Throws where libcurl refuses an option, which means that it lacks a feature or memory.
    init(_ order: TransferOrder) throws(TransportFailure) {
        guard let easy = curl_easy_init() else {
            throw TransportFailure(.other, origin: order.request.address.origin, cause: "libcurl has no memory left")
        }
        self.order = order
        self.easy = easy
        words = .allocate(capacity: Int(CURL_ERROR_SIZE))
        words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        let codes = configure()
        if let refusal = codes.first(where: { $0 != CURLE_OK }) {
            throw TransportFailure(.other, origin: origin, cause: String(cString: curl_easy_strerror(refusal)))
        }
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headerList)
        curl_mime_free(mime)
        words.deallocate()
    }

    // MARK: Options

    private func configure() -> [CURLcode] {
        let request = order.request
        let context = Unmanaged.passUnretained(self).toOpaque()
        let limits = request.limits
        var codes = [
            reel_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, words),
            reel_curl_set_string(easy, CURLOPT_URL, request.address.text),
            // libcurl is to keep its hands off the process's signals; the engine's thread blocks SIGPIPE itself.
            reel_curl_set_long(easy, CURLOPT_NOSIGNAL, 1),
            reel_curl_set_string(easy, CURLOPT_PROTOCOLS_STR, request.address.scheme),
            reel_curl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0),
            reel_curl_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS)),
            reel_curl_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
            reel_curl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(limits.connect)),
            reel_curl_set_long(easy, CURLOPT_TIMEOUT_MS, limits.total.map(Self.milliseconds) ?? 0),
            reel_curl_set_long(easy, CURLOPT_LOW_SPEED_LIMIT, limits.stall == nil ? 0 : 1),
            reel_curl_set_long(easy, CURLOPT_LOW_SPEED_TIME, limits.stall.map { max(1, Int($0.rounded(.up))) } ?? 0),
            reel_curl_set_long(easy, CURLOPT_FRESH_CONNECT, request.mustNotRepeat ? 1 : 0),
            reel_curl_set_long(easy, CURLOPT_TCP_KEEPALIVE, 1),
            reel_curl_set_long(easy, CURLOPT_EXPECT_100_TIMEOUT_MS, 500),
            // Fewer turns for large files; libcurl's own are 16 and 64 KiB.
            reel_curl_set_long(easy, CURLOPT_BUFFERSIZE, 256 * 1024),
            reel_curl_set_long(easy, CURLOPT_UPLOAD_BUFFERSIZE, 256 * 1024),
            reel_curl_on_socket(easy, Self.onSocket),
            reel_curl_on_header(easy, Self.onHeader, context),
            reel_curl_on_body(easy, Self.onBody, context),
            reel_curl_on_progress(easy, Self.onProgress, context),
        ]
        if request.acceptsCompression {
            codes.append(reel_curl_set_string(easy, CURLOPT_ACCEPT_ENCODING, "gzip"))
        }
        if let file = order.trustFile { codes.append(reel_curl_set_string(easy, CURLOPT_CAINFO, file)) }
        if request.address.isLoopback {
            // What the proxy variables say is about other machines.
            codes.append(reel_curl_set_string(easy, CURLOPT_PROXY, ""))
        }
        var headers = request.headers
        switch request.method {
        case .get: codes.append(reel_curl_set_long(easy, CURLOPT_HTTPGET, 1))
        case .post: codes.append(reel_curl_set_long(easy, CURLOPT_POST, 1))
        }
        switch request.body {
        case .none:
            if request.method == .post { codes += setBody([]) }
        case .bytes(let bytes, let contentType):
            headers.append(("Content-Type", contentType))
            codes += setBody(bytes)
        case .multipart(let parts):
            codes += setForm(parts)
        }
        for (name, value) in headers {
            let line = "\(name): \(value)"
            // A line break would let a value pose as further headers.
            guard !line.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }),
                let longer = curl_slist_append(headerList, line)
            else { return [CURLE_BAD_FUNCTION_ARGUMENT] }
            headerList = longer
        }
        codes.append(reel_curl_set_list(easy, CURLOPT_HTTPHEADER, headerList))
        return codes
    }

    private static func milliseconds(_ seconds: Double) -> Int {
        Int(min(max(seconds * 1000, 1), 1e9))
    }

    private func setBody(_ bytes: [UInt8]) -> [CURLcode] {
        [
            reel_curl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count)),
            bytes.withUnsafeBufferPointer { buffer in
                reel_curl_set_pointer(
                    easy, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: buffer.baseAddress ?? Self.nothing))
            },
        ]
    }

    /// libcurl takes a null pointer for "no fields", and then reads a body from standard input.
    private static nonisolated(unsafe) let nothing = UnsafePointer(UnsafeMutablePointer<UInt8>.allocate(capacity: 1))

    private func setForm(_ parts: [FilePart]) -> [CURLcode] {
        mime = curl_mime_init(easy)
        var codes: [CURLcode] = []
        for part in parts {
            guard let field = curl_mime_addpart(mime) else { return [CURLE_OUT_OF_MEMORY] }
            let source = FileSource(part)
            sources.append(source)
            codes += [
                curl_mime_name(field, part.field), curl_mime_filename(field, part.fileName),
                curl_mime_type(field, part.contentType),
                curl_mime_data_cb(
                    field, curl_off_t(part.length), FileSource.onRead, FileSource.onSeek, nil,
                    Unmanaged.passUnretained(source).toOpaque()),
            ]
        }
        codes.append(reel_curl_set_mime(easy, mime))
        return codes
    }

    // MARK: Callbacks

    private static func of(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Connections are not for the programs that this one starts.
    private static let onSocket: curl_sockopt_callback = { _, socket, _ in
        fcntl(socket, F_SETFD, FD_CLOEXEC) < 0 ? CInt(CURL_SOCKOPT_ERROR) : CInt(CURL_SOCKOPT_OK)
    }

    private static let onHeader: curl_write_callback = { bytes, size, count, context in
        let length = size * count
        guard let bytes, let transfer = of(context) else { return length }
        let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
        if let head = transfer.reader.on(line: line) {
            transfer.hasHead = true
            transfer.order.sink.begin(head)
        }
        return length
    }

    private static let onBody: curl_write_callback = { bytes, size, count, context in
        let length = size * count
        guard let bytes, length > 0, let transfer = of(context) else { return length }
        switch transfer.order.sink.take(UnsafeRawBufferPointer(start: bytes, count: length)) {
        case .taken: return length
        case .pause: return Int(CURL_WRITEFUNC_PAUSE)
        case .fail(let kind):
            transfer.verdict = kind
            // Any other number than the length ends the transfer.
            return length == 1 ? 0 : 1
        }
    }

    private static let onProgress: curl_xferinfo_callback = { context, toReceive, received, toSend, sent in
        guard let transfer = of(context), let tell = transfer.order.progress else { return 0 }
        let progress = TransferProgress(
            sent: Int64(sent), toSend: toSend > 0 ? Int64(toSend) : nil,
            received: Int64(received), toReceive: toReceive > 0 ? Int64(toReceive) : nil)
        if progress != transfer.lastProgress {
            transfer.lastProgress = progress
            tell(progress)
        }
        return 0
    }

    // MARK: The end

    /// Tells the one who waits. `code` is libcurl's verdict; `nil` where the transfer was cancelled.
    func end(_ code: CURLcode?) {
        order.completion(failure(code))
    }

    private func failure(_ code: CURLcode?) -> TransportFailure? {
        let sent =
            reel_curl_get_long(easy, CURLINFO_REQUEST_SIZE) > 0
            || reel_curl_get_offset(easy, CURLINFO_SIZE_UPLOAD_T) > 0
        guard let code else {
            return TransportFailure(
                .cancelled, origin: origin, mayHaveBeenSent: sent, answerHadBegun: hasHead, cause: "cancelled")
        }
        if code == CURLE_OK, hasHead { return nil }
        let said = String(cString: words)
        let cause = said.isEmpty ? String(cString: curl_easy_strerror(code)) : said
        let kind = verdict ?? (code == CURLE_OK ? .cut : TransportFailure.kind(of: code, words: cause))
        return TransportFailure(
            kind, origin: origin, mayHaveBeenSent: sent, answerHadBegun: hasHead, cause: cause)
    }
}

/// Reads one file of a form as libcurl asks for it.
private final class FileSource {
    private let part: FilePart
    private var offset: Int64 = 0

    init(_ part: FilePart) { self.part = part }

    static let onRead: curl_read_callback = { buffer, size, count, context in
        guard let buffer, let context else { return Int(CURL_READFUNC_ABORT) }
        let source = Unmanaged<FileSource>.fromOpaque(context).takeUnretainedValue()
        let wanted = min(Int64(size * count), source.part.length - source.offset)
        guard wanted > 0 else { return 0 }
        while true {
            let n = pread(source.part.descriptor, buffer, Int(wanted), off_t(source.offset))
            if n < 0, errno == EINTR { continue }
            // The length was promised in the request's head: a shorter file cannot be sent to its end.
            guard n > 0 else { return Int(CURL_READFUNC_ABORT) }
            source.offset += Int64(n)
            return n
        }
    }

    static let onSeek: curl_seek_callback = { context, offset, origin in
        guard let context, origin == SEEK_SET, offset >= 0 else { return CURL_SEEKFUNC_CANTSEEK }
        Unmanaged<FileSource>.fromOpaque(context).takeUnretainedValue().offset = Int64(offset)
        return CURL_SEEKFUNC_OK
    }
}
