/// Raw blocks of AAC (ISO/IEC 14496-3, 4.4.2.1): the first element, and its window and bands where they follow at once.
final class AACFraming: CodedFraming {
    /// Bands of a long and of a short window by sampling frequency index (ISO/IEC 14496-3, 4.5.4).
    private static let longBands = [41, 41, 47, 49, 49, 51, 47, 47, 43, 43, 43, 40, 40]
    private static let shortBands = [12, 12, 12, 14, 14, 14, 15, 15, 15, 15, 15, 15, 15]

    private let isLowComplexity: Bool
    private let frequency: Int
    private let channels: Int

    /// - Parameter configuration: the AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1); `nil` for other kinds of AAC, whose
    ///   blocks are made otherwise.
    init?(configuration: CodedBytes) {
        var bits = CodedBits(configuration, escaped: false)
        var type = Self.objectType(&bits)
        frequency = bits.bits(4)
        if frequency == 15 { bits.skip(24) }
        channels = bits.bits(4)
        // SBR and PS are told first, then what lies under them.
        if type == 5 || type == 29 {
            if bits.bits(4) == 15 { bits.skip(24) }
            type = Self.objectType(&bits)
        }
        // Blocks of 960 samples have other bands.
        let short = bits.bit()
        guard !bits.ended, (1...4).contains(type), frequency < 13, !short else { return nil }
        isLowComplexity = type == 2
    }

    static func objectType(_ bits: inout CodedBits) -> Int {
        let type = bits.bits(5)
        return type == 31 ? 32 + bits.bits(6) : type
    }

    func read(_ packet: CodedBytes) -> PacketReading {
        var reading = PacketReading()
        // Some files keep the header of each block all the same.
        guard packet.count > 0, !ADTSFraming.fits(packet) else { return reading }
        var bits = CodedBits(packet, escaped: false)
        let element = bits.bits(3)
        bits.skip(4)
        switch element {
        case 0:
            bits.skip(8)
            reading.fault = windowFault(&bits)
        case 1:
            // Where the two channels do not share a window, the first one's stands behind its gain.
            if !bits.bit() { bits.skip(8) }
            reading.fault = windowFault(&bits)
        case 3 where channels == 1 || channels == 2: reading.fault = .header("its sound begins with the low channel")
        case 7: reading.fault = .header("its block of sound is empty")
        case _: break
        }
        if reading.fault == nil, bits.ended { reading.fault = .header("its block of sound ends in its header") }
        return reading
    }

    /// ics_info (ISO/IEC 14496-3, 4.4.2.1).
    private func windowFault(_ bits: inout CodedBits) -> FramingFault? {
        if bits.bit() { return .header("a block of sound has a reserved bit set") }
        let isShort = bits.bits(2) == 2
        bits.skip(1)
        let used = bits.bits(isShort ? 4 : 6)
        let bands = isShort ? Self.shortBands[frequency] : Self.longBands[frequency]
        if used > bands { return .header("a block of sound has \(used) bands, there are \(bands)") }
        if !isShort, isLowComplexity, bits.bit() { return .header("a block of sound predicts, as AAC-LC does not") }
        return nil
    }
}

/// AAC with a header to each block (ISO/IEC 14496-3, 1.A.3).
final class ADTSFraming: CodedFraming {
    func read(_ packet: CodedBytes) -> PacketReading {
        var reading = PacketReading()
        if !Self.fits(packet) { reading.fault = .header("a block of sound has no header that fits it") }
        return reading
    }

    /// Whether it begins with a header that tells its length.
    static func fits(_ packet: CodedBytes) -> Bool {
        packet.count >= 7 && packet.big(0, 2) & 0xFFF6 == 0xFFF0 && packet.big(3, 3) >> 5 & 0x1FFF == packet.count
    }
}
