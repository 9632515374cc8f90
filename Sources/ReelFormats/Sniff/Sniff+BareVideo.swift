internal import ReelModel

/// Pictures without a container: units behind start codes, or AV1's open bitstream units.
extension Sniff {
    static func bareVideo(_ head: Bytes) -> FileType? {
        if head.starts(with: "BBCD"), let code = head.u8(4), code == 0 || code == 0x10 { return .dirac }
        if isOpenBitstream(head) { return .obu }
        // Zero bytes may lead in (ITU-T H.264, B.1.1).
        var start = 0
        while start < 64, head.u8(start) == 0 { start += 1 }
        guard start >= 2, head.u8(start) == 1 else { return nil }
        let units = self.units(head)
        if isH264(units, head) { return .h264 }
        if isHEVC(units, head) { return .hevc }
        if isVVC(units, head) { return .vvc }
        guard let first = units.first, let code = head.u8(first) else { return nil }
        // Visual object sequence, visual object, video object (ISO/IEC 14496-2, 6.2.1).
        if code == 0xB0, let profile = head.u8(first + 1), profile > 0, profile != 0x20, profile != 0x48 {
            return units.contains { (head.u8($0) ?? 0) == 0xB5 } ? .mpeg4Video : nil
        }
        // Sequence header, entry point (SMPTE ST 421, E.5), in the advanced profile.
        if code == 0x0F, (head.u8(first + 1) ?? 0) >> 6 == 3, units.contains(where: { head.u8($0) == 0x0E }) {
            return .vc1
        }
        // A video object is a start code alone; its layer follows at once.
        if code <= 0x1F, units.count > 1, units[1] == first + 4, (0x20...0x2F).contains(head.u8(units[1]) ?? 0) {
            return .mpeg4Video
        }
        return nil
    }

    /// Where the bytes behind the start codes stand, for the first few.
    private static func units(_ head: Bytes) -> [Int] {
        var found: [Int] = []
        var zeros = 0
        for (at, byte) in head.array.enumerated() where found.count < 32 {
            if byte == 1, zeros >= 2 { found.append(at + 1) }
            zeros = byte == 0 ? zeros + 1 : 0
        }
        return found
    }

    /// ITU-T H.264, 7.3.1: a sequence parameter set of a profile that exists, then a picture parameter set.
    private static func isH264(_ units: [Int], _ head: Bytes) -> Bool {
        let profiles: Set<Int> = [44, 66, 77, 83, 86, 88, 100, 110, 118, 122, 128, 138, 139, 244]
        var sequence = false
        for at in units {
            guard let header = head.u8(at), header & 0x80 == 0 else { return false }
            switch header & 0x1F {
            case 7:
                guard header >> 5 > 0, let profile = head.u8(at + 1), profiles.contains(profile),
                    let level = head.u8(at + 3), (9...62).contains(level)
                else { return false }
                sequence = true
            case 8: if sequence, header >> 5 > 0 { return true }
            case 6, 9, 13, 14, 15: continue
            default: return false
            }
        }
        return false
    }

    /// ITU-T H.265, 7.3.1.2: video, sequence and picture parameter sets of the base layer.
    private static func isHEVC(_ units: [Int], _ head: Bytes) -> Bool {
        var seen: Set<Int> = []
        for at in units {
            guard let header = head.u16(at), header & 0x81F8 == 0, header & 7 != 0 else { return false }
            let kind = header >> 9
            if kind < 32 { break }
            if (32...34).contains(kind) { seen.insert(kind) }
        }
        return seen.isSuperset(of: [32, 33])
    }

    /// ITU-T H.266, 7.3.1.2: the kind stands in the second byte.
    private static func isVVC(_ units: [Int], _ head: Bytes) -> Bool {
        var seen: Set<Int> = []
        for at in units {
            guard let header = head.u16(at), header >> 8 == 0, header & 7 != 0 else { return false }
            let kind = header >> 3 & 31
            if kind < 12 { break }
            seen.insert(kind)
        }
        return seen.isSuperset(of: [15, 16])
    }

    /// AV1 Bitstream & Decoding Process Specification, 5.3.2 and 7.5: an empty temporal delimiter, then a sequence
    /// header, each with its size; or the same inside length-delimited temporal units (annex B).
    private static func isOpenBitstream(_ head: Bytes) -> Bool {
        if head.starts(with: [0x12, 0x00, 0x0A]), let size = head.u8(3) { return (5...64).contains(size) }
        guard let unit = head.u8(0), unit > 4 else { return false }
        // temporal_unit_size, frame_unit_size, obu_length 1, delimiter; obu_length, sequence header
        var at = 0
        for _ in 0..<2 {
            var width = 0
            while width < 4, let byte = head.u8(at), byte & 0x80 != 0 {
                at += 1
                width += 1
            }
            at += 1
        }
        return head.starts(with: [0x01, 0x10], at: at) && head.u8(at + 3) == 0x08
            && (5...64).contains(head.u8(at + 2) ?? 0)
    }
}
