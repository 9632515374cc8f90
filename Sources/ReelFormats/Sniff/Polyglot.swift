internal import ReelModel

/// Bytes that are also something else to a reader that looks elsewhere: archives are read from their end, PDF may
/// stand behind other bytes, servers run what is between their tags wherever it stands.
///
/// Little is read for it: the first piece, which is there already, and the last one.
enum Polyglot {
    /// A comment of an archive may be so long (APPNOTE 6.3.10, 4.3.16), and its record before it.
    private static let tailSize = 65_535 + 22
    /// Between the end of a file's own structure and what somebody hid there.
    private static let strayLimit = 8

    /// - Parameter faults: where the file's own reader met bytes that belong to nothing.
    static func otherTypes(than type: FileType, faults: [StructureFault], _ pager: inout Pager) throws -> [FileType] {
        var found: [FileType] = []
        func add(_ other: FileType?) {
            if let other, other != type, !found.contains(other) { found.append(other) }
        }
        let head = try pager.bytes(at: 0, count: Sniff.headSize)
        for other in inHead(head, of: type) { add(other) }
        let start = max(pager.length - Int64(tailSize), 0)
        let tail = pager.length <= Int64(head.count) ? head.array : try pager.fetch(at: start, count: tailSize)
        if try ZIPEnd.isThere(tail, from: pager.length - Int64(tail.count), &pager) { add(.zip) }
        let piece = Bytes(tail)
        if isRAREnd(piece), (piece.first(Sniff.rarSignature) ?? head.first(Sniff.rarSignature)) != nil { add(.rar) }
        for fault in faults.filter({ $0.kind == .strayBytes }).prefix(strayLimit) {
            if let offset = fault.offset, offset > 0 { add(try hidden(at: offset, type, &pager)) }
        }
        return found
    }

    /// What opens where the structure has ended.
    private static func hidden(at offset: Int64, _ type: FileType, _ pager: inout Pager) throws -> FileType? {
        let piece = try pager.bytes(at: offset, count: Sniff.headSize)
        if let box = piece.fourCC(4), box == "ftyp", let size = piece.u32(0), (8...4096).contains(size) {
            var brands = FileBrands()
            brands.major = piece.fourCC(8) ?? ""
            return brands.stillImage ?? (brands.major == "qt  " ? .mov : .mp4)
        }
        let found = Sniff.signature(piece)
        // An archive is found by its end, which is looked at more closely.
        return found == .zip && !piece.starts(with: [0x50, 0x4B, 3, 4]) ? nil : found
    }

    // MARK: Near the start

    private static func inHead(_ head: Bytes, of type: FileType) -> [FileType] {
        var found: [FileType] = []
        // ISO 32000-1, annex H, 3.4.1: readers take a header within the first 1024 bytes.
        let opening = head.slice(from: 0, count: 1024)
        if let at = opening.first(Array("%PDF-".utf8)), let digit = head.u8(at + 5), (0x30...0x39).contains(digit),
            head.u8(at + 6) == 0x2E
        {
            found.append(.pdf)
        }
        for known in marks where opening.firstIgnoringCase(known.mark) != nil {
            found.append(known.type)
            break
        }
        if isCommentedScript(head, type) { found.append(.script) }
        if head.starts(with: "ustar", at: 257) { found.append(.tar) }
        if head.starts(with: "DICM", at: 128), type != .dicom { found.append(.dicom) }
        // Containers hold such frames honestly; an image does not.
        if type.kind == .image {
            var at = 0
            while at < head.count - 4 {
                if head.u8(at) == 0xFF, let other = Sniff.manyFrames(head, at) {
                    found.append(other)
                    break
                }
                at += 1
            }
        }
        return found
    }

    private static let marks: [(mark: [UInt8], type: FileType)] = {
        let texts: [(String, FileType)] = [
            ("<?php", .script), ("<script", .html), ("<!doctype html", .html), ("<html", .html), ("<iframe", .html),
            ("<svg", .svg),
        ]
        return texts.map { (mark: Array($0.0.utf8), type: $0.1) }
    }()

    /// A signature, a comment that hides what must not be read as a script, and its end: GIF, RIFF, BMP and JPEG can
    /// all be told to begin so.
    private static func isCommentedScript(_ head: Bytes, _ type: FileType) -> Bool {
        let places: [FileType: Int] = [.gif: 6, .wav: 4, .avi: 4, .webp: 4, .jpg: 4, .bmp: 2]
        guard let place = places[type], head.starts(with: "/*", at: place) else { return false }
        return head.first(Array("*/".utf8), from: place) != nil
    }

    /// The end-of-archive block of RAR 5 or RAR 4.
    private static func isRAREnd(_ tail: Bytes) -> Bool {
        let ends: [[UInt8]] = [
            [0x1D, 0x77, 0x56, 0x51, 0x03, 0x05, 0x04, 0x00], [0xC4, 0x3D, 0x7B, 0x00, 0x40, 0x07, 0x00],
        ]
        return ends.contains { tail.starts(with: $0, at: tail.count - $0.count) }
    }
}

extension Bytes {
    /// Where `pattern` (in lower case) first stands in any case.
    fileprivate func firstIgnoringCase(_ pattern: [UInt8]) -> Int? {
        let bytes = array
        guard let opening = pattern.first, bytes.count >= pattern.count else { return nil }
        for start in 0...bytes.count - pattern.count where bytes[start] == opening {
            var same = true
            for (place, wanted) in pattern.enumerated() where same {
                let byte = bytes[start + place]
                same = ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) == wanted
            }
            if same { return start }
        }
        return nil
    }
}
