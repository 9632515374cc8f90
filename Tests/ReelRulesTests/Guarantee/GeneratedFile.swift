import ReelFormats
import ReelModel

/// A file that exists only as its parts: small pieces over a long run of zero bytes, so that one of 200 MB costs
/// nothing.
struct GeneratedFile: ByteSource {
    var name: String
    var length: Int64
    private var pieces: [(at: Int64, bytes: [UInt8])]
    /// What was done to it, for whoever debugs a test.
    var story: String
    /// Of an accepted type and whole.
    var isWhole: Bool
    /// What it is, as it was made.
    let seed: SeedFile

    init(_ seed: SeedFile, name: String) {
        self.seed = seed
        self.name = name
        length = Int64(seed.bytes.count)
        pieces = [(0, seed.bytes)]
        story = seed.file
        isWhole = seed.isGood
    }

    mutating func read(at offset: Int64, count: Int) -> [UInt8] { bytes(at: offset, count: count) }

    func bytes(at offset: Int64, count: Int) -> [UInt8] {
        guard offset >= 0, count > 0, offset < length else { return [] }
        let end = min(offset + Int64(count), length)
        var result = [UInt8](repeating: 0, count: Int(end - offset))
        for piece in pieces {
            let from = max(piece.at, offset), to = min(piece.at + Int64(piece.bytes.count), end)
            if from >= to { continue }
            result.replaceSubrange(
                Int(from - offset)..<Int(to - offset),
                with: piece.bytes[Int(from - piece.at)..<Int(to - piece.at)])
        }
        return result
    }

    // MARK: Length

    /// Zeros at the end.
    mutating func pad(to target: Int64) {
        guard target > length else { return }
        length = target
        isWhole = false
        story += ", zeros to \(target)"
    }

    /// As the type's own standard allows, so that a whole file stays whole; else with zeros.
    mutating func grow(to target: Int64) {
        let more = target - length
        guard isWhole, more >= 64, let original = pieces.first?.bytes else { return pad(to: target) }
        switch seed.type.id {
        case "mp4", "mov", "m4a":
            pieces.append((length, big(more, 4) + Array("free".utf8)))
        case "avi", "wav":
            // RIFF chunks are even, and the outermost one counts all but its own header.
            guard more % 2 == 0, length % 2 == 0 else { return pad(to: target) }
            pieces.append((length, Array("JUNK".utf8) + little(more - 8)))
            pieces.append((4, little(target - 8)))
        case "mp3":
            guard !original.starts(with: "ID3".utf8) else { return pad(to: target) }
            let size = more - 10
            let tag = [0x49, 0x44, 0x33, 4, 0, 0] + [21, 14, 7, 0].map { UInt8(size >> Int64($0) & 0x7F) }
            pieces = [(0, tag), (more, original)]
        default: return pad(to: target)
        }
        length = target
        story += ", grown to \(target)"
    }

    private func big(_ value: Int64, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> Int64($0 * 8)) }
    }

    private func little(_ value: Int64) -> [UInt8] { big(value, 4).reversed() }

    // MARK: Damage

    enum Damage: CaseIterable {
        case none, cut, zeroed, flipped, junkBefore, archiveBehind, headerOfAnother, emptied
    }

    mutating func damage(_ kind: Damage, _ random: inout SeededRandom, another: SeedFile) {
        guard kind != .none, var bytes = pieces.first?.bytes, !bytes.isEmpty else { return }
        isWhole = false
        switch kind {
        case .none: break
        case .cut: bytes.removeLast(Int(random.below(UInt64(bytes.count))) + 1)
        case .zeroed:
            let start = Int(random.below(UInt64(bytes.count)))
            let count = min(Int(random.below(UInt64(bytes.count / 4 + 8))) + 1, bytes.count - start)
            bytes.replaceSubrange(start..<(start + count), with: repeatElement(0, count: count))
        case .flipped:
            for _ in 0...random.below(8) {
                // Half of them where they hurt.
                let span = random.below(2) == 0 ? min(bytes.count, 64) : bytes.count
                bytes[Int(random.below(UInt64(span)))] ^= 1 << UInt8(random.below(8))
            }
        case .junkBefore: bytes = (0...random.below(40)).map { _ in UInt8(random.below(256)) } + bytes
        case .archiveBehind: bytes += SeedFile.archive
        case .headerOfAnother:
            let count = min([4, 8, 12, 16, 32, 64][Int(random.below(6))], bytes.count, another.bytes.count)
            bytes.replaceSubrange(0..<count, with: another.bytes.prefix(count))
        case .emptied: bytes = []
        }
        pieces = [(0, bytes)]
        length = Int64(bytes.count)
        story += ", \(kind)" + (kind == .headerOfAnother ? " \(another.file)" : "")
    }
}

/// The same numbers each time (SplitMix64, Steele and others 2014).
struct SeededRandom {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func below(_ bound: UInt64) -> UInt64 { next() % max(bound, 1) }

    mutating func element<Element>(of list: [Element]) -> Element { list[Int(below(UInt64(list.count)))] }
}
