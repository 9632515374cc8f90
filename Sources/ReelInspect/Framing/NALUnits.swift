/// How the NAL units of a stream lie in its packets: each after its length (ISO/IEC 14496-15, 5.3.2), or each after a
/// start code (ITU-T H.264, annex B).
struct NALUnits {
    /// Bytes of the length; 0 where start codes are used.
    let lengthSize: Int
    /// Of streams with start codes only so much of a packet is searched for its first pictures.
    private static let searched = 1 << 16

    enum Step {
        case unit(CodedBytes)
        case end
        case fault(FramingFault)
    }

    /// The unit at a place, which moves behind it.
    func next(_ packet: CodedBytes, _ at: inout Int) -> Step {
        lengthSize == 0 ? nextStarted(packet, &at) : nextMeasured(packet, &at)
    }

    private func nextMeasured(_ packet: CodedBytes, _ at: inout Int) -> Step {
        while at < packet.count {
            let left = packet.count - at - lengthSize
            guard left >= 0 else { return .fault(.cutShort(left: packet.count - at)) }
            let length = packet.big(at, lengthSize)
            at += lengthSize
            guard length <= left else { return .fault(.tooLong(unit: "a NAL unit", says: length, left: left)) }
            at += length
            // Some writers fill with units of no length.
            if length > 0 { return .unit(packet.part(from: at - length, count: length)) }
        }
        return .end
    }

    /// Where a unit ends does not show before the next one is searched: it is given with all that follows it.
    private func nextStarted(_ packet: CodedBytes, _ at: inout Int) -> Step {
        guard let start = Self.startCode(packet, from: at), start + 3 < packet.count else { return .end }
        at = start + 3
        return .unit(packet.part(from: at))
    }

    private static func startCode(_ packet: CodedBytes, from start: Int) -> Int? {
        var at = start
        let last = min(packet.count, searched) - 3
        while at <= last {
            // The third byte decides how far a code can be away.
            switch packet[at + 2] {
            case 0: at += 1
            case 1:
                if packet[at] == 0, packet[at + 1] == 0 { return at }
                at += 3
            case _: at += 3
            }
        }
        return nil
    }
}
