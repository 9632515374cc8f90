/// HEVC (ITU-T H.265, 7.3 and 7.4): NAL units that add up, and the beginnings of slice headers.
final class HEVCFraming: CodedFraming {
    private struct PictureSet {
        var sequence = 0
        var extraBits = 0
    }

    private let units: NALUnits
    private var sequences = [Bool](repeating: false, count: 16)
    private var pictures = [PictureSet?](repeating: nil, count: 64)

    /// - Parameter configuration: the hvcC record (ISO/IEC 14496-15, 8.3.3.1), or NAL units with start codes, or nothing.
    init(configuration: CodedBytes) {
        // Records of before the standard have version 0; NAL units begin with zeros and a one.
        guard configuration.count > 22,
            configuration[0] == 1 || configuration[1] != 0 || configuration[2] > 1
        else {
            units = NALUnits(lengthSize: 0)
            var at = 0
            while case .unit(let unit) = units.next(configuration, &at) { learn(unit) }
            return
        }
        units = NALUnits(lengthSize: Int(configuration[21] & 3) + 1)
        var at = 23
        for _ in 0..<configuration[22] {
            guard at + 3 <= configuration.count else { return }
            let count = configuration.big(at + 1, 2)
            at += 3
            for _ in 0..<count {
                guard at + 2 <= configuration.count else { return }
                let size = configuration.big(at, 2)
                learn(configuration.part(from: at + 2, count: size))
                at += 2 + size
            }
        }
    }

    private func learn(_ unit: CodedBytes) {
        guard unit.count > 2 else { return }
        switch unit[0] >> 1 & 0x3F {
        case 33: if let id = Self.sequenceNumber(unit) { sequences[id] = true }
        case 34:
            var bits = CodedBits(unit, from: 2, escaped: true)
            let id = bits.ue()
            var set = PictureSet(sequence: bits.ue())
            bits.skip(2)
            set.extraBits = bits.bits(3)
            if !bits.ended, id < 64, set.sequence < 16 { pictures[id] = set }
        case _: break
        }
    }

    /// 7.3.2.2 and 7.3.3: the number stands behind the profile, tier and level.
    private static func sequenceNumber(_ unit: CodedBytes) -> Int? {
        var bits = CodedBits(unit, from: 2, escaped: true)
        bits.skip(4)
        let layers = bits.bits(3)
        bits.skip(1 + 88 + 8)
        var present: (profiles: Int, levels: Int) = (0, 0)
        for _ in 0..<layers {
            if bits.bit() { present.profiles += 1 }
            if bits.bit() { present.levels += 1 }
        }
        if layers > 0 { bits.skip(2 * (8 - layers)) }
        bits.skip(88 * present.profiles + 8 * present.levels)
        let id = bits.ue()
        return bits.ended || id >= 16 ? nil : id
    }

    func read(_ packet: CodedBytes) -> PacketReading {
        var reading = PacketReading()
        var slices = 0
        var at = 0
        walk: while true {
            switch units.next(packet, &at) {
            case .end: break walk
            case .fault(let fault):
                reading.fault = reading.fault ?? fault
                break walk
            case .unit(let unit):
                if let wrong = Self.headerFault(unit) {
                    reading.fault = reading.fault ?? .header(wrong)
                    continue
                }
                // Other layers (alpha, depth) stand beside the picture.
                guard unit[0] & 1 == 0, unit[1] >> 3 == 0 else { continue }
                let type = Int(unit[0] >> 1 & 0x3F)
                if type < 32 {
                    readSlice(unit, type, isFirst: slices == 0, &reading)
                    slices += 1
                    if units.lengthSize == 0 { break walk }
                } else if type == 33 || type == 34 {
                    learn(unit)
                }
            }
        }
        if slices == 0, units.lengthSize > 0 { reading.fault = reading.fault ?? .noPicture }
        return reading
    }

    /// 7.4.2.2: what the first two bytes of a NAL unit cannot be.
    private static func headerFault(_ unit: CodedBytes) -> String? {
        guard unit.count >= 2 else { return "a NAL unit ends inside its header" }
        guard unit[0] & 0x80 == 0 else { return "a NAL unit has its forbidden bit set" }
        let type = unit[0] >> 1 & 0x3F
        let level = unit[1] & 7
        guard level > 0 else { return "a NAL unit is of no temporal layer" }
        switch type {
        case 10...15, 22...31: return "a NAL unit is of type \(type), which there is not"
        case 16...21, 32, 33: return level == 1 ? nil : "a NAL unit of type \(type) is of temporal layer \(level - 1)"
        case _: return nil
        }
    }

    /// 7.3.6.1, as far as nothing but the picture parameter set is needed.
    private func readSlice(_ unit: CodedBytes, _ type: Int, isFirst: Bool, _ reading: inout PacketReading) {
        var bits = CodedBits(unit, from: 2, escaped: true)
        let begins = bits.bit()
        if begins != isFirst {
            reading.fault =
                reading.fault
                ?? .header(isFirst ? "its first slice is not a picture's first" : "a second picture begins in it")
        }
        if (16...23).contains(type) { bits.skip(1) }
        let id = bits.ue()
        guard id < 64, !bits.ended else {
            reading.fault = reading.fault ?? .header("its slice header cannot be read")
            return
        }
        guard let set = pictures[id], sequences[set.sequence] else {
            reading.lacksParameterSets = true
            return
        }
        guard begins else { return }
        bits.skip(set.extraBits)
        let slice = bits.ue()
        if slice > 2 || bits.ended {
            reading.fault = reading.fault ?? .header("its slice is of type \(slice), there are three from 0 on")
        }
        guard isFirst else { return }
        switch type {
        case 8, 9: reading.entry = .leading
        case 16...20: reading.entry = .clean
        case 21: reading.entry = .open
        case _: reading.entry = PacketReading.Entry.none
        }
    }
}
