internal import ReelModel

/// Reads FLV files (Adobe Flash Video File Format Specification 10.1, annex E): the first tags, and the last one, which
/// says when it is.
enum FLVReader {
    private static let tagLimit = 256

    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        facts.encrypted = .known(false)
        facts.others = .known([])
        let head = try pager.bytes(at: 0, count: 9)
        let flags = head.u8(4) ?? 0
        var script = FLVScript()
        var picture: FLVPicture?
        var sound: FLVSound?
        var order: [String] = []
        var at = Int64(head.u32(5) ?? 9) + 4
        var hasOthers = false
        var complete = false
        for _ in 0..<tagLimit {
            guard let tag = FLVTag(try pager.bytes(at: at, count: 11)) else {
                complete = at >= pager.length
                break
            }
            let body = at + 11
            switch tag.kind {
            case 8:
                if sound == nil { order.append("audio") }
                if sound?.needsConfiguration ?? true {
                    sound = FLVSound(try pager.bytes(at: body, count: min(tag.size, 256))) ?? sound
                }
            case 9:
                if picture == nil { order.append("video") }
                if picture?.needsConfiguration ?? true {
                    picture = FLVPicture(try pager.bytes(at: body, count: min(tag.size, 4096))) ?? picture
                }
            case 18:
                if !script.read(try pager.bytes(at: body, count: min(tag.size, 64 << 10))) { hasOthers = true }
            default: break
            }
            at = body + Int64(tag.size) + 4
            let isAll = (flags & 4 == 0 || sound != nil) && (flags & 1 == 0 || picture != nil)
            if isAll, flags & 5 != 0, !(picture?.needsConfiguration ?? false), !(sound?.needsConfiguration ?? false) {
                break
            }
        }
        facts.add(script.metadata)
        let last = try lastTime(&pager)
        if at > pager.length + 4 {
            facts.missingBytes = .known(at - 4 - pager.length)
        } else if let told = script.numbers["filesize"], told > Double(pager.length), told < 1e15, last == nil {
            facts.missingBytes = .known(Int64(told) - pager.length)
        } else {
            facts.missingBytes = last != nil || complete ? .known(0) : .unknown("its last tag could not be read")
        }
        // FFmpeg numbers streams as it meets them, those of scripts too.
        guard !hasOthers, !order.isEmpty, order.count == (flags & 4) / 4 + flags & 1 else {
            facts.note(missing: "its first tags do not show all its streams")
            return
        }
        var duration = Known(
            script.numbers["duration"].flatMap { $0 > 0 && $0 < 1e9 ? $0 : nil }, else: "it states none")
        if duration.value == nil { duration = Known(last, else: "it states none, and its last tag could not be read") }
        if let last, let told = duration.value, last > told + 2 {
            facts.structureFaults = .known([
                StructureFault(.brokenTiming, "its last tag is at \(last) s, and it says that it lasts \(told) s")
            ])
        }
        // With one stream, the film's length is its own.
        let each = order.count == 1 ? duration : .unknown("the file says one length for all its streams")
        facts.video = .known(
            picture.map { [$0.facts(index: order.firstIndex(of: "video") ?? 0, script, each)] } ?? [])
        facts.audio = .known(sound.map { [$0.facts(index: order.firstIndex(of: "audio") ?? 0, each)] } ?? [])
        facts.duration = duration
        facts.setBitRate()
    }

    /// Seconds: the time of the last tag, which the file's last four bytes lead to.
    private static func lastTime(_ pager: inout Pager) throws -> Double? {
        guard let size = try pager.bytes(at: pager.length - 4, count: 4).u32(0), size >= 11,
            Int64(size) + 4 <= pager.length,
            let tag = FLVTag(try pager.bytes(at: pager.length - 4 - Int64(size), count: 11)), tag.size + 11 == size
        else { return nil }
        return Double(tag.time) / 1000
    }
}
