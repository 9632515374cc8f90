internal import ReelModel

/// One element (RFC 8794): an identifier with its length marker kept, and a size.
struct EBMLElement {
    let id: Int
    let start: Int64
    let body: Int64
    /// Where it ends inside its parent.
    let end: Int64
    /// Where it says that it ends; `nil` where it leaves its size open.
    let promisedEnd: Int64?

    var size: Int64 { max(end - body, 0) }

    private func piece(_ limit: Int, _ pager: inout Pager) throws -> Bytes {
        try pager.bytes(at: body, count: Int(min(size, Int64(limit))))
    }

    func unsigned(_ pager: inout Pager) throws -> Int? {
        guard size <= 8 else { return nil }
        var value: UInt64 = 0
        for byte in try piece(8, &pager).array { value = value << 8 | UInt64(byte) }
        return Int(exactly: value)
    }

    /// A number of 64 bits that only tells one thing from another.
    func uid(_ pager: inout Pager) throws -> UInt64? {
        guard size <= 8 else { return nil }
        return try piece(8, &pager).array.reduce(0) { $0 << 8 | UInt64($1) }
    }

    func float(_ pager: inout Pager) throws -> Double? {
        let bytes = try piece(8, &pager)
        switch size {
        case 0: return 0
        case 4: return bytes.u32(0).map { Double(Float(bitPattern: UInt32($0))) }
        case 8: return bytes.u64(0).map { Double(bitPattern: $0) }
        default: return nil
        }
    }

    /// Zero bytes at the end are padding.
    func text(limit: Int = 256, _ pager: inout Pager) throws -> String? {
        let bytes = try piece(limit, &pager)
        return bytes.text(0, bytes.array.firstIndex(of: 0) ?? bytes.count)
    }

    /// Text in UTF-8, as titles and tags have it; zero bytes at the end are padding.
    func words(limit: Int = 1024, _ pager: inout Pager) throws -> String {
        String(decoding: try piece(limit, &pager).array.prefix { $0 != 0 }, as: UTF8.self)
    }

    func contents(limit: Int, _ pager: inout Pager) throws -> Bytes { try piece(limit, &pager) }
}

/// The elements of a parent, one after another. Each step goes forward by at least a header.
struct EBMLWalk {
    private static let countLimit = 200_000

    private(set) var position: Int64
    let end: Int64
    private var left = EBMLWalk.countLimit

    init(from start: Int64, to end: Int64) {
        position = start
        self.end = end
    }

    init(inside element: EBMLElement) { self.init(from: element.body, to: element.end) }

    mutating func next(_ pager: inout Pager) throws -> EBMLElement? {
        guard left > 0, position < end else { return nil }
        left -= 1
        let head = try pager.bytes(at: position, count: Int(min(12, end - position)))
        guard let (id, idWidth) = EBMLNumber.identifier(head, 0), let (size, sizeWidth) = EBMLNumber.size(head, idWidth)
        else { return nil }
        let body = position + Int64(idWidth + sizeWidth)
        let promised = size.map { body.saturatingAdd($0) }
        let element = EBMLElement(
            id: id, start: position, body: body, end: min(promised ?? end, end), promisedEnd: promised)
        position = max(element.end, body)
        return element
    }
}

/// Numbers of variable width (RFC 8794, 4): as many bytes as the first one has leading zero bits, and one.
enum EBMLNumber {
    /// Up to four bytes, the marker kept (5).
    static func identifier(_ bytes: Bytes, _ at: Int) -> (value: Int, width: Int)? {
        guard let first = bytes.u8(at), first >= 0x10 else { return nil }
        let width = UInt8(first).leadingZeroBitCount + 1
        var value = 0
        for index in 0..<width {
            guard let byte = bytes.u8(at + index) else { return nil }
            value = value << 8 | byte
        }
        return (value, width)
    }

    /// Up to eight bytes, the marker taken off; all ones mean that the size is open (6.2).
    static func size(_ bytes: Bytes, _ at: Int) -> (value: Int64?, width: Int)? {
        guard let first = bytes.u8(at), first > 0 else { return nil }
        let width = UInt8(first).leadingZeroBitCount + 1
        var value = Int64(first & (1 << (8 - width) - 1))
        for index in 1..<max(width, 1) {
            guard let byte = bytes.u8(at + index) else { return nil }
            value = value << 8 | Int64(byte)
        }
        let open = (Int64(1) << Int64(7 * width)) - 1
        return (value == open ? nil : value, width)
    }
}

/// The header of an EBML document (RFC 8794, 11.2).
struct EBMLHeader {
    var docType = ""
    /// Where the header ends.
    var end: Int64 = 0

    init(_ head: Bytes) {
        guard let (_, idWidth) = EBMLNumber.identifier(head, 0), let (size, width) = EBMLNumber.size(head, idWidth),
            let size
        else { return }
        end = Int64(idWidth + width).saturatingAdd(size)
        var at = idWidth + width
        while Int64(at) < end, let (id, idWidth) = EBMLNumber.identifier(head, at),
            let (size, width) = EBMLNumber.size(head, at + idWidth), let size, size <= Int64(head.count)
        {
            at += idWidth + width
            if id == 0x4282 {
                let text = head.slice(from: at, count: Int(size))
                docType = text.text(0, text.array.firstIndex(of: 0) ?? text.count) ?? ""
            }
            at += Int(size)
        }
    }
}
