internal import ReelModel

/// A frame that says how long it is.
protocol SizedFrame {
    /// Bytes, header included.
    var size: Int { get }
    /// Bits per second, where the header states it.
    var statedRate: Int? { get }
    /// Blocks of samples in it.
    var blocks: Int { get }
}

/// Follows frames that stand one behind the other, from the first to the end of the sound, and finds the way again
/// where there is something else between them.
struct FrameWalk {
    private let start: Int64
    private let end: Int64
    private(set) var frames = 0
    private(set) var blocks = 0
    /// Of the frames met.
    private(set) var bytes: Int64 = 0
    private(set) var isConstant = true
    private(set) var isComplete = false
    /// Bytes that the last frame lacks.
    private(set) var missing: Int64 = 0
    private(set) var faults: [StructureFault] = []
    private var firstRate: Int?

    /// How far frames are counted one by one.
    private static let byteLimit: Int64 = 64 << 20
    /// How far the way is looked for again.
    private static let searchLimit = 256 << 10
    private static let nearLimit = 4 << 10
    private static let headerSize = 7

    init(from start: Int64, to end: Int64) {
        self.start = start
        self.end = end
    }

    mutating func note(_ fault: StructureFault) {
        if faults.count < StructureFault.limit { faults.append(fault) }
    }

    /// Bytes between the tags and the first frame are honest where they are zero.
    mutating func noteJunk(before first: Int64, from tagEnd: Int64, _ pager: inout Pager) throws {
        guard first > tagEnd else { return }
        let junk = try pager.bytes(at: tagEnd, count: Int(min(first - tagEnd, 64 << 10)))
        if junk.array.contains(where: { $0 != 0 }) {
            note(
                StructureFault(
                    .strayBytes, offset: tagEnd, bytes: first - tagEnd, "\(first - tagEnd) bytes stand before the sound"
                ))
        }
    }

    mutating func follow<Frame: SizedFrame>(_ pager: inout Pager, _ read: (Bytes) -> Frame?) throws {
        var at = start
        while at < end {
            guard at - start < Self.byteLimit else { return }
            if let frame = read(try pager.bytes(at: at, count: Int(min(Int64(Self.headerSize), end - at)))) {
                frames += 1
                blocks += frame.blocks
                bytes += Int64(frame.size)
                if firstRate == nil { firstRate = frame.statedRate }
                isConstant = isConstant && frame.statedRate == firstRate
                at += Int64(frame.size)
                continue
            }
            guard let next = try resume(behind: at, &pager, read) else { break }
            at = next
        }
        if at > end { missing = at - end }
        isComplete = true
    }

    /// Where frames go on, two in a row or one up to the end; what lies between is told.
    private mutating func resume<Frame: SizedFrame>(
        behind at: Int64, _ pager: inout Pager, _ read: (Bytes) -> Frame?
    ) throws -> Int64? {
        // Most often it is a tag between two files in one, and the next frame is near.
        if let near = try nextFrame(behind: at, within: Self.nearLimit, &pager, read) {
            return try take(near, from: at, &pager)
        }
        return try take(try nextFrame(behind: at, within: Self.searchLimit, &pager, read), from: at, &pager)
    }

    private func nextFrame<Frame: SizedFrame>(
        behind at: Int64, within limit: Int, _ pager: inout Pager, _ read: (Bytes) -> Frame?
    ) throws -> Int64? {
        let piece = try pager.bytes(at: at, count: Int(min(Int64(limit), end - at)))
        let bytes = piece.array
        for place in bytes.indices.dropFirst() where bytes[place] == 0xFF {
            guard let frame = read(piece.slice(from: place, count: Self.headerSize)) else { continue }
            let next = at + Int64(place + frame.size)
            let follower = try pager.bytes(at: next, count: Self.headerSize)
            if next == end || read(follower) != nil { return at + Int64(place) }
        }
        return nil
    }

    private mutating func take(_ found: Int64?, from at: Int64, _ pager: inout Pager) throws -> Int64? {
        let gap = (found ?? end) - at
        let bytes = try pager.bytes(at: at, count: Int(min(gap, Int64(Self.searchLimit)))).array
        // Less than a header behind the last frame is padding.
        if found == nil, gap < Int64(Self.headerSize), bytes.allSatisfy({ $0 == 0 }) { return nil }
        let zeros = bytes.prefix(Int(min(gap, Int64(bytes.count)))).count { $0 == 0 }
        let isZero = zeros * 10 >= 9 * Int(min(gap, Int64(bytes.count))) && gap >= 16
        let what = isZero ? "zero bytes" : "bytes that are no frame"
        note(
            StructureFault(
                isZero ? .zeroedRange : found == nil ? .strayBytes : .brokenFraming, offset: at, bytes: gap,
                found == nil ? "\(gap) \(what) stand behind the last frame" : "\(gap) \(what) stand between two frames")
        )
        return found
    }
}

extension MPEGAudioFrame: SizedFrame {
    var statedRate: Int? { bitRate }
    var blocks: Int { 1 }
}

extension ADTSFrame: SizedFrame {
    var statedRate: Int? { nil }
}
