internal import ReelModel

/// The index at the end of an AVI file (`idx1`): a chunk's name, its place and its size, for each.
struct AVIIndex {
    private let start: Int64
    private let size: Int64

    private static let entrySize = 16
    private static let entryLimit: Int64 = 1 << 20
    private static let pieceEntries = 2048

    init(_ chunk: RIFFChunks.Chunk) {
        start = chunk.body
        size = chunk.size
    }

    func faults(movie: RIFFChunks.Chunk, streams: Int, _ pager: inout Pager) throws -> [StructureFault] {
        let count = size / Int64(Self.entrySize)
        guard count > 0 else {
            return [StructureFault(.brokenIndex, offset: start - 8, "its index is empty")]
        }
        guard let base = try base(movie, &pager) else {
            return [StructureFault(.brokenIndex, offset: start - 8, "its index leads to places where no chunk begins")]
        }
        var outside = 0
        var firstOutside: Int64?
        var strangers = 0
        var at: Int64 = 0
        while at < min(count, Self.entryLimit) {
            let entries = Int(min(Int64(Self.pieceEntries), count - at))
            let piece = Bytes(
                try pager.fetch(at: start + at * Int64(Self.entrySize), count: entries * Self.entrySize))
            for entry in 0..<piece.count / Self.entrySize {
                let place = entry * Self.entrySize
                guard let offset = piece.le32(place + 8), let bytes = piece.le32(place + 12) else { break }
                let chunk = base + Int64(offset)
                if chunk + 8 + Int64(bytes) > pager.length {
                    outside += 1
                    firstOutside = min(firstOutside ?? chunk, chunk)
                }
                if let tens = piece.u8(place), let ones = piece.u8(place + 1), (0x30...0x39).contains(tens),
                    (0x30...0x39).contains(ones), (tens - 0x30) * 10 + ones - 0x30 >= streams
                {
                    strangers += 1
                }
            }
            if piece.count < Self.entrySize { break }
            at += Int64(entries)
        }
        var faults: [StructureFault] = []
        if let firstOutside {
            faults.append(
                StructureFault(
                    .samplesOutsideFile, offset: firstOutside,
                    "\(outside) of \(count) entries of the index lie behind the file's end"))
        }
        if strangers > 0 {
            faults.append(
                StructureFault(
                    .brokenIndex, offset: start - 8,
                    "\(strangers) entries of the index are of streams that are not there"))
        }
        return faults
    }

    /// Places count from the name of the movie's list, or from the start of the file: whichever leads the first entry
    /// to the chunk that it names.
    private func base(_ movie: RIFFChunks.Chunk, _ pager: inout Pager) throws -> Int64? {
        let first = try pager.bytes(at: start, count: Self.entrySize)
        guard let name = first.fourCC(0), let offset = first.le32(8) else { return nil }
        for base in [movie.body, 0] where try pager.bytes(at: base + Int64(offset), count: 4).fourCC(0) == name {
            return base
        }
        return nil
    }
}
