internal import ReelModel

/// Reads GIF files (GIF89a specification): every block, since only their number tells an animation from a still.
enum GIFReader {
    /// What a viewer shows in place of no delay at all, in hundredths: the custom of browsers and of FFmpeg.
    private static let customaryDelay = 10
    private static let leastDelay = 2
    /// Enough for hours of animation, few enough to be counted in time.
    private static let blockLimit = 2_000_000

    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var image = ImageFacts()
        image.colorModel = .known("palette")
        image.bitDepth = .known(8)
        image.colorProfile = .known(false)
        image.orientation = .known(1)
        let screen = try pager.bytes(at: 6, count: 7)
        if let width = screen.le16(0), let height = screen.le16(2) {
            image.width = .known(width)
            image.height = .known(height)
        }
        var walk = Walk(at: 13 + colorTable(screen.u8(4)))
        let end = try walk.run(&pager)
        switch end {
        case .trailer:
            image.frames = .known(walk.frames)
            image.alpha = .known(walk.transparent)
            if walk.frames > 1 { image.duration = .known(Double(walk.hundredths) / 100) }
            facts.missingBytes = .known(0)
        case .cut:
            // The trailer is one byte (27).
            image.frames = .unknown("the file is not whole")
            facts.missingBytes = .known(max(walk.position - pager.length, 0) + 1)
        case .damaged(let why):
            image.frames = .unknown(why)
            facts.missingBytes = .unknown(why)
        }
        facts.describe(image)
    }

    private static func colorTable(_ packed: Int?) -> Int64 {
        guard let packed, packed & 0x80 != 0 else { return 0 }
        return 3 << Int64(packed & 7 + 1)
    }

    private enum End {
        case trailer, cut
        case damaged(String)
    }

    private struct Walk {
        var position: Int64
        var frames = 0
        var hundredths = 0
        var transparent = false
        private var blocks = 0
        private var delay = 0

        init(at position: Int64) { self.position = position }

        mutating func run(_ pager: inout Pager) throws -> End {
            while let kind = try pager.bytes(at: position, count: 1).u8(0) {
                switch kind {
                case 0x3B: return .trailer
                case 0x21:
                    let head = try pager.bytes(at: position, count: 8)
                    if head.u8(1) == 0xF9, head.u8(2) == 4 {  // graphic control, 23
                        transparent = transparent || (head.u8(3) ?? 0) & 1 != 0
                        let stated = head.le16(4) ?? 0
                        delay = stated < leastDelay ? customaryDelay : stated
                    }
                    position += 2
                case 0x2C:
                    frames += 1
                    hundredths += delay
                    delay = 0
                    let descriptor = try pager.bytes(at: position, count: 10)
                    position += 10 + colorTable(descriptor.u8(9)) + 1
                default: return .damaged("byte \(position) opens no block")
                }
                guard try skipSubBlocks(&pager) else {
                    return blocks >= blockLimit ? .damaged("it has too many blocks to be counted") : .cut
                }
            }
            return .cut
        }

        private mutating func skipSubBlocks(_ pager: inout Pager) throws -> Bool {
            while blocks < blockLimit {
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
}
