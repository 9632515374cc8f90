/// H.264 (ITU-T H.264, 7.3 and 7.4): NAL units that add up, slice headers that can be, pictures numbered without a gap.
final class H264Framing: CodedFraming {
    private let units: NALUnits
    private var sequences = [H264Sequence?](repeating: nil, count: 32)
    private var pictures = [H264PictureSet?](repeating: nil, count: 256)
    /// The number of the reference picture before; `nil` at the start and after damage.
    private var number: Int?

    /// - Parameter configuration: the avcC record (ISO/IEC 14496-15, 5.3.3.1), or NAL units with start codes, or nothing.
    init(configuration: CodedBytes) {
        guard configuration.count > 6, configuration[0] == 1 else {
            units = NALUnits(lengthSize: 0)
            var at = 0
            while case .unit(let unit) = units.next(configuration, &at) { learn(unit) }
            return
        }
        units = NALUnits(lengthSize: Int(configuration[4] & 3) + 1)
        var at = 6
        var left = Int(configuration[5] & 0x1F)
        var readsPictures = false
        while true {
            if left == 0 {
                guard !readsPictures, at < configuration.count else { return }
                readsPictures = true
                left = Int(configuration[at])
                at += 1
                continue
            }
            guard at + 2 <= configuration.count else { return }
            let size = configuration.big(at, 2)
            learn(configuration.part(from: at + 2, count: size))
            at += 2 + size
            left -= 1
        }
    }

    private func learn(_ unit: CodedBytes) {
        guard unit.count > 1 else { return }
        switch unit[0] & 0x1F {
        case 7: if let (id, set) = H264Sequence.read(unit) { sequences[id] = set }
        case 8: if let (id, set) = H264PictureSet.read(unit) { pictures[id] = set }
        case _: break
        }
    }

    private func sets(_ id: Int) -> (H264Sequence, H264PictureSet)? {
        guard let picture = pictures[id], let sequence = sequences[picture.sequence] else { return nil }
        return (sequence, picture)
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
                switch unit[0] & 0x1F {
                case 1, 5:
                    readSlice(unit, isFirst: slices == 0, &reading)
                    slices += 1
                    // With start codes, what lies behind the first picture is not searched for.
                    if units.lengthSize == 0 { break walk }
                // Data partitions: the second and third need the first.
                case 2...4, 20, 21: slices += 1
                case 7, 8: learn(unit)
                case _: break
                }
            }
        }
        if slices == 0, units.lengthSize > 0 { reading.fault = reading.fault ?? .noPicture }
        if reading.fault != nil { number = nil }
        return reading
    }

    /// 7.4.1: what the first byte of a NAL unit cannot be.
    private static func headerFault(_ unit: CodedBytes) -> String? {
        let byte = unit[0]
        let isReference = byte & 0x60 != 0
        guard byte & 0x80 == 0 else { return "a NAL unit has its forbidden bit set" }
        switch byte & 0x1F {
        case 0: return "a NAL unit is of type 0, which there is not"
        case 5, 7, 8: return isReference ? nil : "a NAL unit of type \(byte & 0x1F) says that nothing refers to it"
        case 6, 9, 10, 11, 12:
            return isReference ? "a NAL unit of type \(byte & 0x1F) says that it is referred to" : nil
        case _: return nil
        }
    }

    private func readSlice(_ unit: CodedBytes, isFirst: Bool, _ reading: inout PacketReading) {
        guard let slice = H264Slice.read(unit, sets: sets) else {
            reading.lacksParameterSets = true
            return
        }
        if let wrong = slice.wrong {
            reading.fault = reading.fault ?? .header(wrong)
            return
        }
        note(slice, &reading)
        guard isFirst else { return }
        let isIDR = unit[0] & 0x1F == 5
        reading.entry = isIDR ? .clean : slice.isIntra ? .open : PacketReading.Entry.none
        let sequence = sets(slice.pictureSet)?.0
        if slice.firstMacroblock != 0, sequence?.arbitraryOrder != true {
            reading.fault =
                reading.fault ?? .header("its first slice begins with block \(slice.firstMacroblock), not 0")
        }
        follow(slice, isIDR: isIDR, isReference: unit[0] & 0x60 != 0, sequence, &reading)
    }

    private func note(_ slice: H264Slice, _ reading: inout PacketReading) {
        var picture = reading.picture ?? CodedPicture()
        let kind: CodedPicture.Kind = slice.isIntra ? .intra : slice.type == 1 ? .bidirectional : .predicted
        if kind.rawValue > picture.kind.rawValue { picture.kind = kind }
        picture.isField = picture.isField || slice.isField
        if sets(slice.pictureSet)?.1.arithmetic == true { picture.isArithmetic = true }
        reading.picture = picture
    }

    /// 7.4.3, frame_num: the number of the reference picture before, or the one after that.
    private func follow(
        _ slice: H264Slice, isIDR: Bool, isReference: Bool, _ sequence: H264Sequence?, _ reading: inout PacketReading
    ) {
        guard let sequence else { return }
        let next = number.map { ($0 + 1) & ((1 << sequence.frameNumberBits) - 1) }
        // An edit list or a joint can lead to any intra picture.
        if !slice.isIntra, !sequence.gapsAllowed, let number, let next, slice.pictureNumber != number,
            slice.pictureNumber != next
        {
            reading.fault = reading.fault ?? .pictureNumber(expected: next, found: slice.pictureNumber)
        }
        if isReference { number = slice.resets ? 0 : slice.pictureNumber }
    }
}
