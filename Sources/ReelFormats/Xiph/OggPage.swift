/// The head of one page (RFC 3533, 6).
struct OggPage {
    let isContinued: Bool
    let isFirst: Bool
    let isLast: Bool
    /// -1 where no packet ends on it.
    let granule: Int64
    let serial: Int
    /// The sizes of the pieces of packets.
    let lacing: [UInt8]
    let bodyOffset: Int
    var bodySize: Int { lacing.reduce(0) { $0 + Int($1) } }

    /// - Parameter head: from the page's start on; up to 282 bytes are looked at.
    init?(_ head: Bytes) {
        guard head.starts(with: "OggS"), head.u8(4) == 0, let flags = head.u8(5), flags < 8, let granule = head.le64(6),
            let serial = head.le32(14), let count = head.u8(26)
        else { return nil }
        isContinued = flags & 1 != 0
        isFirst = flags & 2 != 0
        isLast = flags & 4 != 0
        self.granule = Int64(bitPattern: granule)
        self.serial = serial
        lacing = head.slice(from: 27, count: count).array
        guard lacing.count == count else { return nil }
        bodyOffset = 27 + count
    }
}
