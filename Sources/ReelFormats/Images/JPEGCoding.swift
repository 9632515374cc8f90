/// The coded data of sequential Huffman-coded pictures (ITU-T T.81, annex F.2.2), followed code by code without making
/// pixels of them. Nothing else tells whether a picture is whole that has lost its end mark, or was given another too
/// early.
struct JPEGCoding {
    enum Extent {
        /// Every square is there.
        case whole
        /// The line of pixels where it stops, and the bytes that the rest needs at least.
        case cut(row: Int, rows: Int, bytes: Int64)
        case broken(at: Int64)
        case unknown(String)
    }

    private struct Selection {
        let component: Int
        let dc: Int
        let ac: Int
    }

    /// More coded data than this is not followed: it takes half a second.
    private static let sizeLimit: Int64 = 8 << 20
    private static let tableLimit = 64 << 10

    private var tables: [UInt8] = []
    private var selections: [Selection] = []
    private var scanned: Set<Int> = []
    private(set) var start: Int64 = 0
    private var restartInterval = 0

    /// The body of a segment of Huffman tables (B.2.4.2).
    mutating func addTables(_ body: Bytes) {
        if tables.count < JPEGCoding.tableLimit { tables += body.array }
    }

    /// The body of a scan header (B.2.3).
    mutating func addScan(_ body: Bytes) {
        selections = (0..<(body.u8(0) ?? 0)).compactMap { index in
            guard let id = body.u8(1 + 2 * index), let tables = body.u8(2 + 2 * index) else { return nil }
            return Selection(component: id, dc: tables >> 4, ac: tables & 15)
        }
        for selection in selections { scanned.insert(selection.component) }
    }

    mutating func beginScan(at position: Int64, restartInterval: Int) {
        start = position
        self.restartInterval = restartInterval
    }

    /// What the last scan of a sequential picture needs at the least: a bit for the mean of each block, and one for its
    /// end.
    func leastBytes(of frame: JPEGFrame?, height: Int?) -> Int64? {
        guard let frame, frame.mark == 0xC0 || frame.mark == 0xC1, let most = largest(frame),
            (1...4).contains(most.horizontal), (1...4).contains(most.vertical)
        else { return nil }
        let parts = selections.compactMap { selection in frame.components.first { $0.id == selection.component } }
        // A.1.1: the blocks of a component, without what fills up its squares.
        let lines = frame.height > 0 ? frame.height : height ?? 0
        let blocks = parts.reduce(0) { sum, part in
            let width = (frame.width * part.horizontal + most.horizontal - 1) / most.horizontal
            let rows = (lines * part.vertical + most.vertical - 1) / most.vertical
            return sum + (width + 7) / 8 * ((rows + 7) / 8)
        }
        return Int64(blocks / 4)
    }

    /// How far the last scan goes.
    func extent(of frame: JPEGFrame?, height: Int?, _ pager: inout Pager) throws -> Extent {
        guard let frame, frame.mark == 0xC0 || frame.mark == 0xC1 else {
            return .unknown("only the codes of sequential pictures are followed")
        }
        let lines = frame.height > 0 ? frame.height : height ?? 0
        guard lines > 0 else { return .unknown("it does not say how many lines it has") }
        guard pager.length - start <= JPEGCoding.sizeLimit else { return .unknown("it is too large") }
        let parts = selections.compactMap { selection in frame.components.first { $0.id == selection.component } }
        guard !parts.isEmpty, parts.count == selections.count,
            parts.allSatisfy({ (1...4).contains($0.horizontal) && (1...4).contains($0.vertical) }),
            let most = largest(frame)
        else { return .broken(at: start) }

        // A.2: one component alone is coded block by block, several in squares that hold blocks of each.
        let isAlone = parts.count == 1
        let unitWidth = isAlone ? 8 * most.horizontal / parts[0].horizontal : 8 * most.horizontal
        let unitHeight = isAlone ? 8 * most.vertical / parts[0].vertical : 8 * most.vertical
        let perRow = (frame.width + unitWidth - 1) / unitWidth
        let units = perRow * ((lines + unitHeight - 1) / unitHeight)
        let decoders = HuffmanTable.all(in: Bytes(tables))
        var blocks: [(dc: HuffmanTable, ac: HuffmanTable)] = []
        for (part, selection) in zip(parts, selections) {
            guard let dc = decoders[selection.dc], let ac = decoders[0x10 | selection.ac] else {
                return .unknown("it has not all of its tables")
            }
            blocks += Array(repeating: (dc, ac), count: isAlone ? 1 : part.horizontal * part.vertical)
        }

        var bits = CodedBits(at: start)
        for unit in 0..<units {
            if restartInterval > 0, unit > 0, unit % restartInterval == 0, try !bits.skipRestart(&pager) {
                return bits.isAtEnd ? cut(unit) : .broken(at: bits.position)
            }
            for block in blocks {
                switch try bits.skipBlock(block.dc, block.ac, &pager) {
                case .done: continue
                case .ended: return cut(unit)
                case .broken: return .broken(at: bits.position)
                }
            }
        }
        let isWhole = Set(frame.components.map { $0.id }).isSubset(of: scanned)
        return isWhole ? .whole : .cut(row: lines, rows: lines, bytes: 1)

        func cut(_ unit: Int) -> Extent {
            // The shortest codes are one bit for the mean and one for the end of the block.
            let left = Int64(units - unit) * Int64(blocks.count) / 4
            return .cut(row: min(unit / perRow * unitHeight + 1, lines), rows: lines, bytes: left)
        }
    }

    private func largest(_ frame: JPEGFrame) -> (horizontal: Int, vertical: Int)? {
        guard let horizontal = frame.components.map({ $0.horizontal }).max(),
            let vertical = frame.components.map({ $0.vertical }).max()
        else { return nil }
        return (horizontal, vertical)
    }
}

/// One Huffman table (C.2), as a row with an entry for every 16 bits that may come: length and value.
struct HuffmanTable {
    /// 0 where no code begins so; else the code's length in the upper byte and its value in the lower.
    let entries: [UInt16]

    /// Tables by class and number, as the segment names them.
    static func all(in bytes: Bytes) -> [Int: HuffmanTable] {
        var found: [Int: HuffmanTable] = [:]
        var at = 0
        while let name = bytes.u8(at) {
            var entries: [UInt16] = []
            var values = at + 17
            for length in 1...16 {
                for _ in 0..<(bytes.u8(at + length) ?? 0) {
                    guard let value = bytes.u8(values), entries.count + 1 << (16 - length) <= 65536 else {
                        return found
                    }
                    let entry = UInt16(length) << 8 | UInt16(value)
                    entries.append(contentsOf: repeatElement(entry, count: 1 << (16 - length)))
                    values += 1
                }
            }
            entries.append(contentsOf: repeatElement(0, count: 65536 - entries.count))
            found[name] = HuffmanTable(entries: entries)
            at = values
        }
        return found
    }
}

/// The bits of coded data, with the zeros behind 255 taken out (F.2.2.5).
private struct CodedBits {
    enum Step { case done, ended, broken }

    private static let pieceSize = 64 << 10

    private var piece: [UInt8] = []
    private var pieceStart: Int64
    private var at = 0
    private var word: UInt64 = 0
    private var held = 0
    /// Whether nothing follows but a mark or the end of the file.
    private(set) var isAtEnd = false

    init(at start: Int64) { pieceStart = start }

    /// Where the next unread byte stands.
    var position: Int64 { pieceStart + Int64(at) }

    /// One block: the difference of its mean, then runs of zeros and values to the end of the block.
    mutating func skipBlock(_ dc: HuffmanTable, _ ac: HuffmanTable, _ pager: inout Pager) throws -> Step {
        guard let size = try code(dc, &pager) else { return failure }
        guard size <= 16 else { return .broken }
        guard try skip(size, &pager) else { return .ended }
        var place = 1
        while place < 64 {
            guard let symbol = try code(ac, &pager) else { return failure }
            let size = symbol & 15
            if size == 0 {
                guard symbol == 0xF0 else { break }
                place += 16
                continue
            }
            place += symbol >> 4 + 1
            guard place <= 64 else { return .broken }
            guard try skip(size, &pager) else { return .ended }
        }
        return .done
    }

    /// E.1.4: the bits to the next whole byte are dropped.
    mutating func skipRestart(_ pager: inout Pager) throws -> Bool {
        (word, held) = (0, 0)
        try fetch(&pager)
        // Any mark may have fill bytes before it (B.1.1.2).
        while at + 1 < piece.count, piece[at] == 0xFF, piece[at + 1] == 0xFF { at += 1 }
        guard at + 1 < piece.count, piece[at] == 0xFF, (0xD0...0xD7).contains(piece[at + 1]) else { return false }
        at += 2
        isAtEnd = false
        return true
    }

    private var failure: Step { isAtEnd && held < 16 ? .ended : .broken }

    private mutating func code(_ table: HuffmanTable, _ pager: inout Pager) throws -> Int? {
        try fill(&pager)
        let ahead = held >= 16 ? word >> UInt64(held - 16) : word << UInt64(16 - held)
        let entry = table.entries[Int(ahead & 0xFFFF)]
        let length = Int(entry >> 8)
        guard length > 0, length <= held else { return nil }
        held -= length
        return Int(entry & 0xFF)
    }

    private mutating func skip(_ count: Int, _ pager: inout Pager) throws -> Bool {
        try fill(&pager)
        guard held >= count else { return false }
        held -= count
        return true
    }

    /// Holds 32 bits or more where there are so many.
    private mutating func fill(_ pager: inout Pager) throws {
        while held < 32, !isAtEnd {
            if at + 1 >= piece.count { try fetch(&pager) }
            guard at < piece.count else {
                isAtEnd = true
                return
            }
            let byte = piece[at]
            if byte == 0xFF {
                // A mark, or half of one where the file was cut.
                guard at + 1 < piece.count, piece[at + 1] == 0 else {
                    isAtEnd = true
                    return
                }
                at += 1
            }
            at += 1
            word = word << 8 | UInt64(byte)
            held += 8
        }
    }

    private mutating func fetch(_ pager: inout Pager) throws {
        pieceStart += Int64(at)
        at = 0
        piece = try pager.bytes(at: pieceStart, count: CodedBits.pieceSize).array
    }
}
