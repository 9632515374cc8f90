/// VP8 (RFC 6386, 9.1): the frame tag, and the start code of a key frame.
final class VP8Framing: CodedFraming {
    func read(_ packet: CodedBytes) -> PacketReading {
        var reading = PacketReading()
        // An empty packet stands for a frame that was dropped.
        guard packet.count > 0 else { return reading }
        guard packet.count >= 3 else {
            reading.fault = .header("it ends inside its frame tag")
            return reading
        }
        let tag = Int(packet[0]) | Int(packet[1]) << 8 | Int(packet[2]) << 16
        let isKey = tag & 1 == 0
        let head = isKey ? 10 : 3
        if tag >> 1 & 7 > 3 {
            reading.fault = .header("it is of version \(tag >> 1 & 7), there are four from 0 on")
        } else if packet.count < head || tag >> 5 > packet.count - head {
            reading.fault = .tooLong(
                unit: "its first partition", says: tag >> 5, left: max(packet.count - head, 0))
        } else if isKey, packet.big(3, 3) != 0x9D012A {
            reading.fault = .header("its key frame has no start code")
        }
        return reading
    }
}

/// VP9 (VP9 Bitstream & Decoding Process Specification, 6.2): the frame marker, and the sync code of a key frame.
final class VP9Framing: CodedFraming {
    func read(_ packet: CodedBytes) -> PacketReading {
        var reading = PacketReading()
        guard packet.count > 0 else { return reading }
        var bits = CodedBits(packet, escaped: false)
        guard bits.bits(2) == 2 else {
            reading.fault = .header("it has no frame marker")
            return reading
        }
        let profile = (bits.bit() ? 1 : 0) | (bits.bit() ? 2 : 0)
        if profile == 3 { bits.skip(1) }
        // A frame that only shows one from before.
        guard !bits.bit() else { return reading }
        let isInter = bits.bit()
        bits.skip(2)
        if !isInter, bits.bits(24) != 0x498342 { reading.fault = .header("its key frame has no sync code") }
        return reading
    }
}
