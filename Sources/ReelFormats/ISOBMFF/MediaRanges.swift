internal import ReelModel

/// Where a file keeps what is no structure: the boxes at its top that samples may lie in, in the order of the file.
struct MediaRanges {
    private var ranges: [Range<Int64>] = []
    private var isComplete = true
    /// Fragmented files have one a fragment. Beyond so many it is not told any more what lies where.
    private static let limit = 4096

    /// Boxes that hold structure, so that a sample inside one is none. Anything else may hold samples: editors turn
    /// `mdat` into `free` and back.
    private static let structure: Set<String> = [
        "ftyp", "styp", "moov", "moof", "sidx", "ssix", "prft", "emsg", "mfra", "pdin",
    ]

    init() {}

    /// Where it is not known: anything may be anywhere.
    init(open: Void) { isComplete = false }

    mutating func add(_ box: Box) {
        guard !MediaRanges.structure.contains(box.type), box.end > box.body else { return }
        guard ranges.count < MediaRanges.limit else {
            isComplete = false
            return
        }
        ranges.append(box.body..<box.end)
    }

    /// Whether one of them holds all of these bytes.
    func hold(from start: Int64, to end: Int64) -> Bool {
        guard isComplete else { return true }
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= start { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lowerBound <= start && end <= ranges[low].upperBound
    }
}

/// What the sample tables of a track are held against.
struct SampleGround {
    let fileEnd: Int64
    let media: MediaRanges
    /// Whether the samples are in this file at all (`dref`).
    var isExternal = false
    /// The entries of `stsd`.
    var descriptions = 1
}

/// Samples that the index places where the file has no bytes.
struct OutsideSamples {
    private(set) var count: Int64 = 0
    private(set) var offset: Int64?
    /// The number of the first, from 0, where a table counts them.
    private(set) var sample: Int64?
    /// When the first is decoded, in the track's time scale.
    var ticks: Int64?

    mutating func add(_ more: Int64, offset: Int64, sample: Int64? = nil, ticks: Int64? = nil) {
        guard more > 0 else { return }
        if count == 0 { (self.offset, self.sample, self.ticks) = (offset, sample, ticks) }
        count = count.saturatingAdd(more)
    }
}

extension [StructureFault] {
    /// Keeps as many as facts list.
    mutating func note(
        _ kind: StructureFault.Kind, offset: Int64? = nil, bytes: Int64? = nil, time: Double? = nil, _ detail: String
    ) {
        guard count < StructureFault.limit else { return }
        append(StructureFault(kind, offset: offset, bytes: bytes, time: time, detail))
    }
}

extension BoxWalk {
    /// The next box inside one of structure, noting where it contradicts the box that holds it. A size of 0 is for
    /// boxes at the top of a file (ISO/IEC 14496-12, 4.2.2).
    mutating func next(_ pager: inout Pager, inside parent: Box, _ faults: inout [StructureFault]) throws -> Box? {
        let start = position
        guard let box = try next(&pager) else {
            if let damage { faults.note(.impossibleSize, offset: start, "inside \(parent.type), \(damage)") }
            return nil
        }
        if box.type == "\0\0\0\0" {
            // A few are padding; more may have been boxes.
            let size = box.end - box.start
            faults.note(
                size <= 64 ? .strayBytes : .brokenIndex, offset: box.start, bytes: size,
                "\(parent.type) holds \(size) zero bytes where a box should be")
        } else if box.isOpen {
            faults.note(.impossibleSize, offset: box.start, "the box \(box.name) inside \(parent.type) states no size")
        } else if box.promisedEnd > parent.promisedEnd {
            faults.note(
                .impossibleSize, offset: box.start, bytes: box.promisedEnd - box.start,
                "the box \(box.name) is longer than \(parent.type), which holds it, by "
                    + "\(box.promisedEnd - parent.promisedEnd) bytes")
        }
        return box
    }
}
