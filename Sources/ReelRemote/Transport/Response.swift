/// Status and headers of an answer.
public struct ResponseHead: Sendable, Hashable {
    public let status: Int
    /// In the order of arrival, names in lower case.
    public let headers: [Header]

    public struct Header: Sendable, Hashable {
        public let name: String
        public let value: String
    }

    /// The first header of that name, whatever the case of its letters.
    public subscript(name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.name == name }?.value
    }

    public var isSuccess: Bool { (200..<300).contains(status) }

    /// The media type in lower case, without its parameters.
    public var contentType: String? {
        self["content-type"].map { whole in
            String(whole.prefix { $0 != ";" }).lowercased().filter { $0 != " " && $0 != "\t" }
        }
    }

    public var contentLength: Int64? { self["content-length"].flatMap { Int64($0) } }
}

/// An answer that was read whole.
public struct Response: Sendable, Hashable {
    public let head: ResponseHead
    public let body: [UInt8]
}

/// Builds the head out of header lines as libcurl hands them over: several heads may precede the last one (100
/// Continue), and trailers may follow the body.
struct HeadReader {
    private var status = 0
    private var headers: [ResponseHead.Header] = []
    private var bytes = 0
    private var isOver = false

    /// Header bytes that an answer may have; libcurl has a limit of its own for a single line.
    static let limit = 256 * 1024

    /// One line with its line break. Returns the head when the line ended it.
    mutating func on(line: String) -> ResponseHead? {
        guard !isOver else { return nil }
        let line = line.trimming { $0.isNewline || $0 == " " || $0 == "\t" }
        if line.hasPrefix("HTTP/") {
            status = line.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap { Int($0) } ?? 0
            headers = []
            return nil
        }
        guard line.isEmpty else {
            bytes += line.utf8.count
            if let colon = line.firstIndex(of: ":"), bytes <= Self.limit {
                headers.append(
                    ResponseHead.Header(
                        name: line[..<colon].lowercased(),
                        value: String(line[line.index(after: colon)...].trimming { $0 == " " || $0 == "\t" })))
            }
            return nil
        }
        // 1xx precedes the answer; the switch of protocols (101) is never asked for.
        guard status >= 200 else { return nil }
        isOver = true
        return ResponseHead(status: status, headers: headers)
    }
}

extension StringProtocol {
    /// Without the characters at both ends that match.
    func trimming(_ matches: (Character) -> Bool) -> SubSequence {
        guard let first = firstIndex(where: { !matches($0) }), let last = lastIndex(where: { !matches($0) }) else {
            return self[endIndex...]
        }
        return self[first...last]
    }
}
