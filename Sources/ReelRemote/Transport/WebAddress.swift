internal import CCurl

/// An absolute `http` or `https` address, as libcurl itself reads it, so that what is judged here is what is asked.
public struct WebAddress: Sendable, Hashable {
    /// The whole address, normalised, without its fragment.
    public let text: String
    /// `http` or `https`.
    public let scheme: String
    /// Lower case; an IPv6 address without its brackets.
    public let host: String
    public let port: Int

    /// `nil` where it is no such address. One with a user name or password in it is refused too: they would be sent
    /// along, and shown in messages.
    public init?(_ text: String) {
        self.init(text, against: nil)
    }

    /// The address that `reference` stands for in a document, or a redirect, from here.
    public func resolving(_ reference: String) -> WebAddress? {
        WebAddress(reference, against: self)
    }

    private init?(_ text: String, against base: WebAddress?) {
        guard !text.isEmpty, !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }), let parts = curl_url() else {
            return nil
        }
        defer { curl_url_cleanup(parts) }
        if let base, curl_url_set(parts, CURLUPART_URL, base.text, 0) != CURLUE_OK { return nil }
        guard curl_url_set(parts, CURLUPART_URL, text, 0) == CURLUE_OK else { return nil }
        func part(_ what: CURLUPart, _ flags: UInt32 = 0) -> String? {
            var value: UnsafeMutablePointer<CChar>?
            guard curl_url_get(parts, what, &value, flags) == CURLUE_OK, let value else { return nil }
            defer { curl_free(value) }
            return String(cString: value)
        }
        guard curl_url_set(parts, CURLUPART_FRAGMENT, nil, 0) == CURLUE_OK,
            part(CURLUPART_USER) == nil, part(CURLUPART_PASSWORD) == nil,
            let scheme = part(CURLUPART_SCHEME)?.lowercased(), scheme == "http" || scheme == "https",
            var host = part(CURLUPART_HOST)?.lowercased(), !host.isEmpty,
            let port = part(CURLUPART_PORT, UInt32(CURLU_DEFAULT_PORT)).flatMap({ Int($0) }),
            let whole = part(CURLUPART_URL)
        else { return nil }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        self.text = whole
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    /// Scheme, host and port: what a token belongs to.
    public var origin: String {
        let shownHost = host.contains(":") ? "[\(host)]" : host
        let isUsualPort = port == (scheme == "https" ? 443 : 80)
        return "\(scheme)://\(shownHost)" + (isUsualPort ? "" : ":\(port)")
    }

    public func hasSameOrigin(as other: WebAddress) -> Bool { origin == other.origin }

    /// Whether it stays on this machine.
    public var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        let bytes = host.split(separator: ".", omittingEmptySubsequences: false)
        return bytes.count == 4 && bytes[0] == "127" && bytes.allSatisfy { UInt8($0) != nil }
    }

    /// For messages: without the query, which may hold a signature.
    public var shown: String {
        text.firstIndex(of: "?").map { String(text[..<$0]) } ?? text
    }
}

extension WebAddress: CustomStringConvertible {
    public var description: String { shown }
}

extension WebAddress {
    /// A text as one segment of a path.
    static func segment(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~": escaped.unicodeScalars.append(scalar)
            case _:
                let hex = String(byte, radix: 16, uppercase: true)
                escaped += hex.utf8.count == 1 ? "%0\(hex)" : "%\(hex)"
            }
        }
        // A segment of dots alone would be resolved away.
        return escaped.allSatisfy { $0 == "." } ? escaped.replacing(".", with: "%2E") : escaped
    }
}
