internal import ReelModel

/// Sound in bare frames other than MPEG's: a sync word, and a size that leads to the next one.
extension Sniff {
    /// How far in the first frame may stand, behind what was left of another.
    private static let junkLimit = 2048

    /// - Parameter whole: whether `head` is the whole file, so that fewer frames are enough.
    static func bareAudio(_ head: Bytes, whole: Bool) -> FileType? {
        if let type = dts(head) { return type }
        if head.starts(with: [0xF8, 0x72, 0x6F], at: 4), let kind = head.u8(7), kind == 0xBA || kind == 0xBB {
            return .trueHD
        }
        for at in 0..<min(junkLimit, head.count) {
            if head.u8(at) == 0x0B, follows(head, from: at, whole: whole, ac3Size) { return .ac3 }
            if head.u8(at) == 0x56, follows(head, from: at, whole: whole, loasSize) { return .loas }
        }
        return nil
    }

    /// Whether three frames follow each other, or as many as fit in the head.
    private static func follows(_ head: Bytes, from start: Int, whole: Bool, _ size: (Bytes, Int) -> Int?) -> Bool {
        var at = start
        var frames = 0
        while let length = size(head, at) {
            frames += 1
            at += length
            if frames == 3 || at == head.count && whole { return true }
            if at >= head.count - 8 { return frames == 2 || frames == 1 && start == 0 }
        }
        return false
    }

    /// Bytes of a frame of AC-3 (ETSI TS 102 366, 5.4.1 and 4.4.1.4) or Enhanced AC-3 (E.1.3.1).
    private static func ac3Size(_ head: Bytes, _ at: Int) -> Int? {
        guard head.u16(at) == 0x0B77, let word = head.u16(at + 2), let codes = head.u8(at + 4),
            let stream = head.u8(at + 5)
        else { return nil }
        let version = stream >> 3
        if version > 10, version <= 16 {
            guard word >> 14 != 3 else { return nil }
            return (word & 0x7FF + 1) * 2
        }
        guard version <= 10, codes >> 6 != 3, codes & 63 < 38 else { return nil }
        let rate = [
            32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640,
        ][codes & 63 / 2]
        switch codes >> 6 {
        case 0: return rate * 4
        case 1: return (320 * rate / 147 + codes & 1) * 2
        default: return rate * 6
        }
    }

    /// ISO/IEC 14496-3, 1.7.2: eleven bits of sync, thirteen of length.
    private static func loasSize(_ head: Bytes, _ at: Int) -> Int? {
        guard let word = head.u24(at), word >> 13 == 0x2B7, word & 0x1FFF > 0 else { return nil }
        return 3 + word & 0x1FFF
    }

    /// ETSI TS 102 114, 5.3.1: the sync word in 16 or 14 bits, in both orders of bytes.
    private static func dts(_ head: Bytes) -> FileType? {
        let syncs: [[UInt8]] = [
            [0x7F, 0xFE, 0x80, 0x01], [0xFE, 0x7F, 0x01, 0x80], [0x1F, 0xFF, 0xE8, 0x00, 0x07],
            [0xFF, 0x1F, 0x00, 0xE8],
        ]
        return syncs.contains { head.starts(with: $0) } ? .dts : nil
    }
}
