/// The parameter sets that a decoder of HEVC is set up with, as MP4 keeps them (ISO/IEC 14496-15, 8.3.3.1:
/// HEVCDecoderConfigurationRecord).
struct HEVCConfiguration: Sendable, Hashable {
    private struct Units: Sendable, Hashable {
        /// The kind, and whether all units of it are here.
        var head: UInt8
        var units: [[UInt8]]
        var kind: UInt8 { head & 0x3F }
    }

    private var header: [UInt8]
    private var lists: [Units] = []
    /// Numbers that are taken, by the kind of set.
    private var taken: [UInt8: Set<Int>] = [:]

    /// Bytes of the length before each unit.
    var lengthSize: Int { Int(header[21] & 3) + 1 }

    /// Whether it says that its pictures are fields, and not that they are whole (ITU-T H.265, 7.4.4).
    var isInterlaced: Bool { header[6] & 0xC0 == 0x40 }

    /// `nil` where the bytes are no such record, or a set in it cannot be read.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 23, bytes[0] == 1 else { return nil }
        header = Array(bytes[..<22])
        var place = 23
        func word() -> Int? {
            guard place + 2 <= bytes.count else { return nil }
            defer { place += 2 }
            return Int(bytes[place]) << 8 | Int(bytes[place + 1])
        }
        for _ in 0..<bytes[22] {
            guard place < bytes.count else { return nil }
            var list = Units(head: bytes[place], units: [])
            place += 1
            guard let count = word() else { return nil }
            for _ in 0..<count {
                guard let length = word(), length > 2, place + length <= bytes.count else { return nil }
                list.units.append(Array(bytes[place..<place + length]))
                place += length
            }
            lists.append(list)
        }
        for list in lists where HEVCUnit.Kind.sets ~= list.kind {
            for unit in list.units {
                guard let number = HEVCUnit.number(of: unit) else { return nil }
                taken[list.kind, default: []].insert(number)
            }
        }
    }

    /// Numbers that no set goes by, for sets of one's own; `nil` where there are none.
    var freeNumbers: HEVCUnit.Numbers? {
        func free(_ kind: UInt8, _ numbers: some Sequence<Int>) -> Int? {
            numbers.first { !(taken[kind]?.contains($0) ?? false) }
        }
        guard let video = free(32, 1..<16), let sequence = free(33, 1..<16),
            let picture = free(34, HEVCUnit.Numbers.pictures)
        else { return nil }
        return HEVCUnit.Numbers(video: video, sequence: sequence, picture: picture)
    }

    /// Notes the number of a set that stands in the stream itself.
    mutating func take(numbersOf unit: [UInt8]) {
        guard let number = HEVCUnit.number(of: unit) else { return }
        taken[unit[0] >> 1 & 0x3F, default: []].insert(number)
    }

    /// With this set as well.
    mutating func add(_ unit: [UInt8]) {
        let kind = unit[0] >> 1 & 0x3F
        if let place = lists.firstIndex(where: { $0.kind == kind }) {
            if !lists[place].units.contains(unit) { lists[place].units.append(unit) }
        } else {
            lists.append(Units(head: 0x80 | kind, units: [unit]))
        }
        guard kind == 33, let profile = HEVCUnit.profile(ofSequence: unit) else { return }
        // What both keep to: the higher tier and level, and only those promises that both make.
        header[1] |= profile[0] & 0x20
        for place in 1..<11 { header[place + 1] &= profile[place] }
        header[12] = max(header[12], profile[11])
    }

    var bytes: [UInt8] {
        func word(_ number: Int) -> [UInt8] { [UInt8(number >> 8 & 255), UInt8(number & 255)] }
        return header + [UInt8(lists.count & 255)]
            + lists.flatMap { list in
                [list.head] + word(list.units.count) + list.units.flatMap { word($0.count) + $0 }
            }
    }
}
