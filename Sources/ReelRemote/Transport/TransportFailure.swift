internal import CCurl

/// Why a request got no whole answer, and whether the server may have seen it.
public struct TransportFailure: Error, Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// No such host, nobody listening, no way there.
        case unreachable
        /// The server's certificate or the handshake.
        case insecureConnection
        /// Plain `http` to another machine.
        case plainTextRefused
        /// The connection was lost under way, or the answer broke HTTP's rules.
        case cut
        /// Not a byte for as long as was allowed.
        case stalled
        /// Connecting, or everything, took longer than was allowed.
        case timedOut
        /// The answer is longer than this many bytes.
        case answerTooLong(Int)
        /// The file that is sent could not be read, or has become shorter.
        case sourceUnreadable
        /// The file that is written could not be; the system's `errno`.
        case sinkUnwritable(CInt)
        case cancelled
        /// Anything else that libcurl tells.
        case other
    }

    public var kind: Kind
    /// Whether any byte of the request left, so that the server may have carried it out.
    public var mayHaveBeenSent: Bool
    /// Whether the head of an answer was in.
    public var answerHadBegun: Bool
    /// Scheme, host and port that were asked.
    public var origin: String
    /// libcurl's or the system's own words.
    public var cause: String

    init(
        _ kind: Kind, origin: String, mayHaveBeenSent: Bool = false, answerHadBegun: Bool = false, cause: String = ""
    ) {
        self.kind = kind
        self.mayHaveBeenSent = mayHaveBeenSent
        self.answerHadBegun = answerHadBegun
        self.origin = origin
        self.cause = cause
    }

    /// Whether the same request may well succeed a little later.
    public var isTransient: Bool {
        switch kind {
        case .unreachable, .cut, .stalled, .timedOut: true
        case .insecureConnection, .plainTextRefused, .answerTooLong, .sourceUnreadable, .sinkUnwritable, .cancelled,
            .other:
            false
        }
    }

    /// The kind that one of libcurl's codes stands for.
    static func kind(of code: CURLcode, words: String) -> Kind {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_PROXY,
            CURLE_INTERFACE_FAILED:
            .unreachable
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_USE_SSL_FAILED, CURLE_SSL_ENGINE_NOTFOUND,
            CURLE_SSL_ENGINE_SETFAILED:
            .insecureConnection
        case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2,
            CURLE_HTTP2_STREAM, CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING,
            CURLE_SSL_SHUTDOWN_FAILED:
            .cut
        // One code for both; only the words tell them apart.
        case CURLE_OPERATION_TIMEDOUT: words.contains("too slow") ? .stalled : .timedOut
        case CURLE_READ_ERROR, CURLE_ABORTED_BY_CALLBACK: .sourceUnreadable
        case _: .other
        }
    }
}

extension TransportFailure: CustomStringConvertible {
    public var description: String { "\(origin): \(kind)\(cause.isEmpty ? "" : " (\(cause))")" }
}
