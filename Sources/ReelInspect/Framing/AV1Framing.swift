/// AV1 (AV1 Bitstream & Decoding Process Specification, 5.3): OBUs that add up, and a frame among them.
final class AV1Framing: CodedFraming {
    func read(_ packet: CodedBytes) -> PacketReading {
        var reading = PacketReading()
        var at = 0
        var frames = 0
        while at < packet.count {
            let header = packet[at]
            guard header & 0x80 == 0 else {
                reading.fault = .header("an OBU has its forbidden bit set")
                return reading
            }
            let type = Int(header >> 3 & 0xF)
            at += header & 4 == 0 ? 1 : 2
            var size = packet.count - at
            if header & 2 != 0 {
                guard let said = Self.leb128(packet, &at) else {
                    reading.fault = .header("an OBU's size has no end")
                    return reading
                }
                size = said
            }
            guard size >= 0, size <= packet.count - at else {
                reading.fault = .tooLong(unit: "an OBU", says: max(size, 0), left: max(packet.count - at, 0))
                return reading
            }
            // OBU_FRAME_HEADER, OBU_FRAME, OBU_REDUNDANT_FRAME_HEADER
            if type == 3 || type == 6 || type == 7 { frames += 1 }
            at += size
        }
        if frames == 0 { reading.fault = .noPicture }
        return reading
    }

    /// 4.10.5.
    private static func leb128(_ packet: CodedBytes, _ at: inout Int) -> Int? {
        var value = 0
        for place in 0..<8 {
            guard at < packet.count else { return nil }
            let byte = packet[at]
            at += 1
            value |= Int(byte & 0x7F) << (7 * place)
            if byte & 0x80 == 0 { return value }
        }
        return nil
    }
}
