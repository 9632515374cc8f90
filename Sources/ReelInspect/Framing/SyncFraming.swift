/// MPEG audio (ISO/IEC 11172-3, 2.4.1.3): the header of each frame.
final class MPEGAudioFraming: CodedFraming {
    func read(_ packet: CodedBytes) -> PacketReading {
        var reading = PacketReading()
        guard packet.count > 0 else { return reading }
        let header = packet.count >= 4 ? packet.big(0, 4) : 0
        let isHeader =
            header >> 21 == 0x7FF && header >> 19 & 3 != 1 && header >> 17 & 3 != 0 && header >> 12 & 15 != 15
            && header >> 10 & 3 != 3
        if !isHeader { reading.fault = .header("a frame of sound has no sync word") }
        return reading
    }
}

/// AC-3 and E-AC-3 (ETSI TS 102 366, 4.3.1 and E.1.2.1).
final class AC3Framing: CodedFraming {
    func read(_ packet: CodedBytes) -> PacketReading {
        var reading = PacketReading()
        guard packet.count > 0 else { return reading }
        // Some writers swap the bytes.
        let word = packet.count >= 2 ? packet.big(0, 2) : 0
        if word != 0x0B77, word != 0x770B { reading.fault = .header("a frame of sound has no sync word") }
        return reading
    }
}
