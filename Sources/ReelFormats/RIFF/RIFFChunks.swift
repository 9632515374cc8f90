/// The chunks of a RIFF container, one after another. A chunk never leads outside its container, and each step goes
/// forward by at least a header.
struct RIFFChunks {
    struct Chunk {
        let type: String
        let body: Int64
        /// Where it ends inside the file.
        let end: Int64
        /// Where it says that it ends.
        let promisedEnd: Int64
        var size: Int64 { max(end - body, 0) }
    }

    private static let countLimit = 200_000

    private(set) var position: Int64
    let end: Int64
    private var left = RIFFChunks.countLimit
    private let bigEndian: Bool
    /// Whether there were too many chunks to go on.
    var isStopped: Bool { left == 0 && end - position >= 8 }

    init(from start: Int64, to end: Int64, bigEndian: Bool = false) {
        position = start
        self.end = end
        self.bigEndian = bigEndian
    }

    mutating func next(_ pager: inout Pager) throws -> Chunk? {
        guard left > 0, end - position >= 8 else { return nil }
        left -= 1
        let head = try pager.bytes(at: position, count: 8)
        guard let type = head.fourCC(0), let size = bigEndian ? head.u32(4) : head.le32(4) else { return nil }
        let body = position + 8
        let promised = body + Int64(size)
        let chunk = Chunk(type: type, body: body, end: min(promised, end), promisedEnd: promised)
        // Chunks stand at even places.
        position = min(promised + promised & 1, end)
        return chunk
    }
}
