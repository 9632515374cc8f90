internal import ReelModel

/// Follows the scans of a picture from mark to mark to its end mark (ITU-T T.81, B.1.1). Inside coded data the byte
/// 255 is always followed by 0 or a restart mark, so no number is decoded for it, unless every code is to be followed.
struct JPEGScans {
    private static let pieceSize = 64 << 10

    private let frame: JPEGFrame?
    private let followsCodes: Bool
    private var restartInterval: Int
    private var coding: JPEGCoding
    private var position: Int64
    /// From the segment behind the first scan that says it (B.2.5).
    private(set) var height: Int?
    private var nextRestart = 0
    private var strange: (count: Int, first: Int64) = (0, 0)

    /// - Parameters:
    ///   - position: where the first scan's coded data begin.
    ///   - coding: the tables and the header of the first scan.
    init(
        at position: Int64, frame: JPEGFrame?, restartInterval: Int, coding: JPEGCoding, followsCodes: Bool = false
    ) {
        self.position = position
        self.frame = frame
        self.restartInterval = restartInterval
        self.coding = coding
        self.followsCodes = followsCodes
        self.coding.beginScan(at: position, restartInterval: restartInterval)
    }

    /// Where the picture ends, behind its end mark; `nil` where there is none, and then a fault says what else is
    /// missing.
    /// - Returns: with the bytes that are missing at least.
    mutating func run(_ pager: inout Pager, _ account: inout ImageAccount) throws -> (end: Int64?, missing: Int64) {
        while let mark = try nextMark(&pager) {
            switch mark {
            case 0xD9:
                report(&account)
                let least = coding.leastBytes(of: frame, height: height) ?? 0
                let missing = least - (position - 2 - coding.start)
                if missing > 0 {
                    account.fault(
                        .brokenFraming, at: position - 2,
                        "The end mark stands where at least \(missing) bytes of the picture should")
                    return (position, missing)
                }
                return (position, followsCodes ? try reportEarlyEnd(&pager, &account) : 0)
            case 0xD0...0xD7:
                if restartInterval == 0 || mark & 7 != nextRestart { note(position - 2) }
                nextRestart = (mark & 7 + 1) & 7
            case _ where mayStand(mark): if try !takeSegment(mark, &pager) { note(position - 2) }
            case 0xD8:
                report(&account)
                account.fault(
                    .brokenFraming, at: position - 2, "Another picture begins before the first has its end mark")
                return (nil, 2)
            default: note(position - 2)
            }
        }
        report(&account)
        return (nil, try reportCut(&pager, &account))
    }

    /// Steps behind the next mark and answers its second byte; `nil` at the end of the file.
    private mutating func nextMark(_ pager: inout Pager) throws -> Int? {
        while true {
            let piece = try pager.bytes(at: position, count: JPEGScans.pieceSize)
            var at = 0
            while let found = piece.first(0xFF, from: at) {
                guard let code = piece.u8(found + 1) else {
                    at = found
                    break
                }
                at = found + (code == 0xFF ? 1 : 2)
                if code != 0, code != 0xFF {
                    position += Int64(at)
                    return code
                }
            }
            // A mark may straddle two pieces.
            let isLast = position + Int64(piece.count) >= pager.length
            let endsOpen = !isLast && piece.u8(piece.count - 1) == 0xFF && at < piece.count
            position += Int64(endsOpen ? piece.count - 1 : piece.count)
            if isLast { return nil }
        }
    }

    /// A segment between two scans. Damage makes marks by chance, so what follows a segment must be a mark too.
    private mutating func takeSegment(_ mark: Int, _ pager: inout Pager) throws -> Bool {
        guard let size = try pager.bytes(at: position, count: 2).u16(0), size >= 2 else { return false }
        let end = position + Int64(size)
        guard end <= pager.length else { return false }
        if mark != 0xDA, end < pager.length, try pager.bytes(at: end, count: 1).u8(0) != 0xFF { return false }
        let body = try pager.bytes(at: position + 2, count: size - 2)
        switch mark {
        case 0xDC: if height == nil { height = body.u16(0) }
        case 0xDD: restartInterval = body.u16(0) ?? restartInterval
        case 0xC4: coding.addTables(body)
        case 0xDA:
            coding.addScan(body)
            coding.beginScan(at: end, restartInterval: restartInterval)
            nextRestart = 0
        default: break
        }
        position = end
        return true
    }

    /// Tables, scan headers, texts; further frames only where pictures are coded as differences.
    private func mayStand(_ mark: Int) -> Bool {
        switch mark {
        case 0xDA, 0xC4, 0xCC, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF, 0xE0...0xEF, 0xFE: true
        default: JPEGFrame.opens(mark) && (frame?.coding.hasPrefix("hierarchical") ?? false)
        }
    }

    // MARK: Faults

    private mutating func note(_ place: Int64) {
        if strange.count == 0 { strange.first = place }
        strange.count += 1
    }

    private func report(_ account: inout ImageAccount) {
        guard strange.count > 0 else { return }
        account.fault(
            .brokenFraming, at: strange.first,
            strange.count == 1
                ? "A mark stands in the picture that does not belong there"
                : "\(strange.count) marks stand in the picture that do not belong there")
    }

    /// The end mark is there: whether the picture before it is whole. Answers how many bytes are missing at least.
    private func reportEarlyEnd(_ pager: inout Pager, _ account: inout ImageAccount) throws -> Int64 {
        switch try coding.extent(of: frame, height: height, &pager) {
        case .whole, .unknown: return 0
        case .cut(let row, let rows, let bytes):
            account.fault(
                .brokenFraming, at: position - 2, "The end mark stands in line \(row) of the picture's \(rows)")
            return max(bytes, 1)
        case .broken(let place):
            account.fault(.brokenFraming, at: place, "The picture's coding cannot be followed from here on")
            return 0
        }
    }

    /// The end mark is missing: tells a picture that lacks only that from one that was cut.
    private func reportCut(_ pager: inout Pager, _ account: inout ImageAccount) throws -> Int64 {
        switch try coding.extent(of: frame, height: height, &pager) {
        case .whole:
            account.fault(
                .missingEnd, at: pager.length, bytes: 2, "The picture is whole, only the end mark behind it is missing")
            return 2
        case .cut(let row, let rows, let bytes):
            account.fault(.brokenFraming, at: pager.length, "The picture is cut off in line \(row) of \(rows)")
            return 2 + max(bytes, 1)
        case .broken(let place):
            account.fault(.brokenFraming, at: place, "The picture's coding cannot be followed, and has no end mark")
            return 2
        case .unknown(let why):
            account.fault(
                .brokenFraming, at: pager.length,
                "There is no end mark, and whether the picture is whole cannot be told: \(why)")
            return 2
        }
    }
}
