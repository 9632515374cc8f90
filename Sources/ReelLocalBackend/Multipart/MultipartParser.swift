#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Reads a `multipart/form-data` body (RFC 7578; RFC 2046, 5.1.1) in whatever pieces it arrives, keeping no more than
/// a delimiter's length of it. A value without I/O: bytes go in, events come out.
struct MultipartParser {
    enum Event: Hashable, Sendable {
        case partBegan(MultipartPart)
        case bytes([UInt8])
        case partEnded
    }

    struct Problem: Error, Hashable {
        let reason: String
    }

    /// The bytes of one part's header block, at most.
    static let headerLimit = 16_384

    private enum State {
        case preamble, afterDelimiter, header, body, epilogue
    }

    private let delimiter: [UInt8]
    private var state = State.preamble
    private var pending: [UInt8]

    init(boundary: String) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        // The first delimiter stands at the very start, where no line end comes before it.
        pending = Array("\r\n".utf8)
    }

    /// Whether the closing delimiter has been read.
    var isComplete: Bool { state == .epilogue }

    /// Takes the next piece of the body.
    mutating func consume(_ piece: some Collection<UInt8>) throws(Problem) -> [Event] {
        var events: [Event] = []
        if state == .epilogue { return events }
        pending.append(contentsOf: piece)
        while try advance(&events) {}
        return events
    }

    /// Does one step; `false` where more bytes are needed for the next.
    private mutating func advance(_ events: inout [Event]) throws(Problem) -> Bool {
        switch state {
        case .preamble:
            guard let found = Self.position(of: delimiter, in: pending) else {
                pending.removeFirst(max(0, pending.count - delimiter.count + 1))
                return false
            }
            pending.removeFirst(found + delimiter.count)
            state = .afterDelimiter
        case .afterDelimiter: return try readDelimiterEnd()
        case .header: return try readHeader(&events)
        case .body:
            guard let found = Self.position(of: delimiter, in: pending) else {
                let settled = pending.count - Self.possibleStart(of: delimiter, atEndOf: pending)
                if settled > 0 {
                    events.append(.bytes(Array(pending[..<settled])))
                    pending.removeFirst(settled)
                }
                return false
            }
            if found > 0 { events.append(.bytes(Array(pending[..<found]))) }
            events.append(.partEnded)
            pending.removeFirst(found + delimiter.count)
            state = .afterDelimiter
        case .epilogue:
            pending = []
            return false
        }
        return true
    }

    private mutating func readDelimiterEnd() throws(Problem) -> Bool {
        let padding = pending.prefix { $0 == 0x20 || $0 == 0x09 }.count
        guard pending.count >= padding + 2 else {
            if padding > 256 { throw Problem(reason: "a delimiter is followed by endless white space") }
            return false
        }
        let end = pending[padding..<padding + 2]
        pending.removeFirst(padding + 2)
        if end.elementsEqual("--".utf8), padding == 0 {
            state = .epilogue
        } else if end.elementsEqual("\r\n".utf8) {
            state = .header
        } else {
            throw Problem(reason: "the boundary occurs inside a part")
        }
        return true
    }

    private mutating func readHeader(_ events: inout [Event]) throws(Problem) -> Bool {
        let blank = Array("\r\n\r\n".utf8)
        let length: Int
        let consumed: Int
        if pending.count < 2 {
            return false
        } else if pending.starts(with: "\r\n".utf8) {
            (length, consumed) = (0, 2)
        } else if let found = Self.position(of: blank, in: pending) {
            (length, consumed) = (found, found + blank.count)
        } else {
            guard pending.count <= Self.headerLimit else { throw Problem(reason: "a part's header is too long") }
            return false
        }
        guard length <= Self.headerLimit else { throw Problem(reason: "a part's header is too long") }
        events.append(.partBegan(MultipartPart(header: String(decoding: pending[..<length], as: UTF8.self))))
        pending.removeFirst(consumed)
        state = .body
        return true
    }

    /// Where a needle begins. `memchr` and `memcmp`, because a loop over bytes costs a hundredfold in a debug build.
    private static func position(of needle: [UInt8], in bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBytes { haystack in
            needle.withUnsafeBytes { needle in
                guard let start = haystack.baseAddress, let pattern = needle.baseAddress else { return nil }
                var at = 0
                while haystack.count - at >= needle.count {
                    let room = haystack.count - at - needle.count + 1
                    guard let hit = memchr(start + at, CInt(needle[0]), room) else { return nil }
                    at = UnsafeRawPointer(hit) - start
                    if memcmp(hit, pattern, needle.count) == 0 { return at }
                    at += 1
                }
                return nil
            }
        }
    }

    /// How many bytes at the end may be the beginning of the needle.
    private static func possibleStart(of needle: [UInt8], atEndOf bytes: [UInt8]) -> Int {
        var length = min(needle.count - 1, bytes.count)
        while length > 0, !bytes.suffix(length).elementsEqual(needle.prefix(length)) { length -= 1 }
        return length
    }
}
