internal import ReelModel

/// Reads PNG files (W3C PNG, third edition): chunks, their data stepped over. APNG is the same file with more chunks.
enum PNGReader {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Enough for hours of animation, few enough to be counted in time.
    private static let chunkLimit = 1_000_000

    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var account = ImageAccount()
        var chunks = PNGChunks()
        var sums = PNGChecksums()
        var walk = Walk()
        do {
            try walk.run(&pager, &chunks, &sums, &account)
        } catch is Pager.TooMuchToRead {
            account.unfollowed = ImageAccount.tooLarge
        }
        let isWhole = walk.isEnded && walk.promisedEnd <= pager.length
        chunks.finish(isWhole: isWhole, &account)
        sums.finish(&account)
        if let why = account.unfollowed {
            account.write(into: &facts, missing: .unknown(why))
            return
        }
        if isWhole { try account.addStrayBytes(from: walk.promisedEnd, &pager) }
        // An end chunk is required (5.6), and is 12 bytes long; so is the least of a chunk with the picture.
        let missing =
            max(walk.promisedEnd - pager.length, 0) + (walk.isEnded ? 0 : 12) + (isWhole && !chunks.hasData ? 12 : 0)
        account.write(into: &facts, missing: .known(missing))
    }

    private struct Walk {
        private(set) var promisedEnd: Int64 = 8
        private(set) var isEnded = false

        mutating func run(
            _ pager: inout Pager, _ chunks: inout PNGChunks, _ sums: inout PNGChecksums,
            _ account: inout ImageAccount
        ) throws {
            for count in 0... {
                let at = promisedEnd
                let head = try pager.bytes(at: at, count: 8)
                guard head.count == 8, let size = head.u32(0), let type = head.fourCC(4) else { return }
                guard count < chunkLimit else {
                    account.unfollowed = "it has too many chunks to be counted"
                    return
                }
                guard size <= Int32.max, isName(type) else {
                    // 5.3: letters, and no more than 2³¹ − 1 bytes
                    account.fault(.impossibleSize, at: at, "Byte \(at) opens no chunk")
                    return
                }
                if count == 0, type != "IHDR" {
                    account.fault(.brokenFraming, at: at, "The first chunk is \(type), not the image header")
                }
                promisedEnd = at + 12 + Int64(size)
                try sums.check(type, at: at, size: Int64(size), &pager)
                try chunks.take(type, body: at + 8, end: min(at + 8 + Int64(size), pager.length), &pager, &account)
                guard type != "IEND" else {
                    isEnded = true
                    return
                }
            }
        }
    }

    private static func isName(_ type: String) -> Bool {
        type.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
    }
}
