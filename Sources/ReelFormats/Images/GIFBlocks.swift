internal import ReelModel

/// Goes through the blocks of a GIF file (GIF89a specification, 15 to 27).
struct GIFBlocks {
    enum End {
        case trailer, cut, damaged, tooMany
        /// Where a block should begin, the file ends.
        case withoutTrailer
    }

    /// What a viewer shows in place of no delay at all, in hundredths: the custom of browsers and of FFmpeg.
    private static let customaryDelay = 10
    private static let leastDelay = 2
    /// Enough for hours of animation, few enough to be counted in time.
    private static let blockLimit = 2_000_000

    private(set) var position: Int64
    private var frames = 0
    private var hundredths = 0
    private var isTransparent = false
    /// As stated; without a statement an animation runs once.
    private var repetitions: Int?
    private var blocks = 0
    private var delay = 0

    init(at position: Int64) { self.position = position }

    /// Bytes of the table that the packed field announces (18, 20).
    static func colorTable(_ packed: Int?) -> Int64 {
        guard let packed, packed & 0x80 != 0 else { return 0 }
        return 3 << Int64(packed & 7 + 1)
    }

    mutating func run(_ pager: inout Pager, _ account: inout ImageAccount) throws -> End {
        while let kind = try pager.bytes(at: position, count: 1).u8(0) {
            switch kind {
            case 0x3B: return .trailer
            case 0x21: try takeExtension(&pager, &account)
            case 0x2C:
                frames += 1
                hundredths += delay
                delay = 0
                let descriptor = try pager.bytes(at: position, count: 10)
                position += 10 + GIFBlocks.colorTable(descriptor.u8(9))
                // Appendix F: codes have up to 12 bits, so the first has 11 at most and one for "clear" goes off.
                if let codeSize = try pager.bytes(at: position, count: 1).u8(0), codeSize > 11 {
                    account.fault(.brokenFraming, at: position, "Frame \(frames) has codes of \(codeSize) bits")
                }
                position += 1
            default: return .damaged
            }
            guard try skipSubBlocks(&pager) else { return blocks >= GIFBlocks.blockLimit ? .tooMany : .cut }
        }
        return position == pager.length && frames > 0 ? .withoutTrailer : .cut
    }

    func describe(_ image: inout ImageFacts) {
        image.frames = .known(frames)
        image.alpha = .known(isTransparent)
        guard frames > 1 else { return }
        image.duration = .known(Double(hundredths) / 100)
        // Browsers repeat as often as is stated, after the first run.
        image.loops = .known(repetitions.map { $0 == 0 ? 0 : $0 + 1 } ?? 1)
    }

    /// 23 to 26; steps behind its label.
    private mutating func takeExtension(_ pager: inout Pager, _ account: inout ImageAccount) throws {
        let head = try pager.bytes(at: position, count: 19)
        switch head.u8(1) {
        case 0xF9 where head.u8(2) == 4:
            isTransparent = isTransparent || (head.u8(3) ?? 0) & 1 != 0
            let stated = head.le16(4) ?? 0
            delay = stated < GIFBlocks.leastDelay ? GIFBlocks.customaryDelay : stated
        case 0xFE:
            // One block holds enough of it.
            let size = min(head.u8(2) ?? 0, 255)
            account.add(.text, "Comment", MetadataText.plain(try pager.bytes(at: position + 3, count: size)))
        case 0xFF:
            switch head.text(3, 11) {
            case "NETSCAPE2.0", "ANIMEXTS1.0":
                if head.u8(14) == 3, head.u8(15) == 1 { repetitions = head.le16(16) }
            case "XMP DataXMP":
                // XMP Specification Part 3, 1.1.2: not cut into blocks, so that a search finds it as it is; behind
                // it stand 258 bytes that lead a reader of blocks out, from wherever in the text it comes.
                let packet = try pager.bytes(at: position + 14, count: XMP.packetLimit)
                if let end = packet.first([0x01, 0xFF, 0xFE, 0xFD]) {
                    account.addXMP(packet.slice(from: 0, count: end))
                }
            case "ICCRGBG1012": account.image.colorProfile = .known(true)
            case "C2PA_GIF\u{1}\u{0}\u{0}": account.addContentCredentials(bytes: Int64(head.u8(14) ?? 0))
            default: break
            }
        default: break
        }
        position += 2
    }

    private mutating func skipSubBlocks(_ pager: inout Pager) throws -> Bool {
        while blocks < GIFBlocks.blockLimit {
            // Many sizes stand in one piece.
            let piece = try pager.bytes(at: position, count: 4096)
            var at = 0
            guard !piece.isEmpty else { return false }
            while let size = piece.u8(at) {
                blocks += 1
                at += 1 + size
                if size == 0 {
                    position += Int64(at)
                    return true
                }
            }
            position += Int64(at)
        }
        return false
    }
}
