internal import ReelModel

/// One box of an ISO BMFF file (ISO/IEC 14496-12, 4.2), or one atom of QuickTime.
struct Box {
    /// Four characters.
    let type: String
    /// Where the box starts, header included.
    let start: Int64
    /// Where its contents start.
    let body: Int64
    /// Where it ends inside its container.
    let end: Int64
    /// Where it says that it ends, which may be past its container.
    let promisedEnd: Int64
    /// Whether it states no size and goes on to the end of what holds it.
    var isOpen = false

    /// The type for a sentence: what is no letter is shown as a question mark.
    var name: String { Box.printable(type) }

    static func printable(_ type: String) -> String {
        String(String.UnicodeScalarView(type.unicodeScalars.map { isPrintable($0) ? $0 : "?" }))
    }

    /// Whether the type is one that a writer could mean: letters, digits and signs, and QuickTime's `©`.
    var isNamed: Bool { type.unicodeScalars.allSatisfy(Box.isPrintable) }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        (0x20..<0x7F).contains(scalar.value) || scalar.value == 0xA9
    }

    var bodySize: Int64 { max(end - body, 0) }

    /// The first box of that type among those inside.
    func child(_ type: String, skipping: Int64 = 0, _ pager: inout Pager) throws -> Box? {
        var boxes = BoxWalk(inside: self, skipping: skipping)
        while let box = try boxes.next(&pager) {
            if box.type == type { return box }
        }
        return nil
    }

    /// The contents, as far as `limit`.
    func contents(limit: Int, _ pager: inout Pager) throws -> Bytes {
        try pager.bytes(at: body, count: Int(min(bodySize, Int64(limit))))
    }
}

/// The boxes of a container, one after another. Sizes are taken as far as the container goes, so a box never leads
/// outside it, and each step goes forward by at least a header.
struct BoxWalk {
    /// Many more boxes than an honest container has, few enough to be walked at once.
    static let countLimit = 200_000

    private(set) var position: Int64
    private let end: Int64
    private var left: Int
    /// Why the walk ended before the container did.
    private(set) var damage: String?

    init(from start: Int64, to end: Int64, countLimit: Int = BoxWalk.countLimit) {
        position = start
        self.end = end
        left = countLimit
    }

    /// - Parameter skipping: bytes before the first box inside, such as version and flags.
    init(inside box: Box, skipping: Int64 = 0, countLimit: Int = BoxWalk.countLimit) {
        self.init(from: box.body + skipping, to: box.end, countLimit: countLimit)
    }

    mutating func next(_ pager: inout Pager) throws -> Box? {
        guard end - position >= 8 else { return nil }
        guard left > 0 else {
            damage = "too many boxes"
            return nil
        }
        left -= 1
        let header = try pager.bytes(at: position, count: Int(min(16, end - position)))
        guard let size32 = header.u32(0), let type = header.fourCC(4) else {
            damage = "a box header is cut off"
            return nil
        }
        var headerSize: Int64 = 8
        var promisedEnd = end
        switch size32 {
        case 0: break  // to the end of the container
        case 1:
            guard let size64 = header.u64(8), size64 >= 16 else {
                damage = "the box \(Box.printable(type)) states an impossible size"
                return nil
            }
            headerSize = 16
            promisedEnd = position.saturatingAdd(Int64(clamping: size64))
        case 2..<8:
            damage = "the box \(Box.printable(type)) states an impossible size"
            return nil
        default: promisedEnd = position.saturatingAdd(Int64(size32))
        }
        let box = Box(
            type: type, start: position, body: position + headerSize, end: min(promisedEnd, end),
            promisedEnd: promisedEnd, isOpen: size32 == 0)
        position = box.end
        return box
    }
}
