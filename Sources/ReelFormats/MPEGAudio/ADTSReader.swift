internal import ReelModel

/// The header of one ADTS frame (ISO/IEC 14496-3, 1.A.2.2).
struct ADTSFrame {
    let objectType: Int
    let sampleRate: Int
    let channels: Int?
    /// Bytes, header included.
    let size: Int
    /// Raw blocks of 1024 samples.
    let blocks: Int

    init?(_ head: Bytes) {
        guard let first = head.u16(0), first & 0xFFF6 == 0xFFF0, let second = head.u8(2), let third = head.u8(3),
            let fourth = head.u16(4), let last = head.u8(6)
        else { return nil }
        let frequency = second >> 2 & 15
        guard frequency < AudioSpecificConfig.sampleRates.count else { return nil }
        objectType = second >> 6 + 1
        sampleRate = AudioSpecificConfig.sampleRates[frequency]
        channels = AudioSpecificConfig.channels((second & 1) << 2 | third >> 6)
        size = (third & 3) << 11 | fourth >> 5
        blocks = last & 3 + 1
        guard size >= 7 else { return nil }
    }

    func continues(_ other: ADTSFrame) -> Bool {
        objectType == other.objectType && sampleRate == other.sampleRate && channels == other.channels
    }

    /// Whether frames follow each other from there: three, or fewer where the file ends right behind them.
    static func follow(at offset: Int64, _ pager: inout Pager) throws -> Bool {
        guard let first = ADTSFrame(try pager.bytes(at: offset, count: 7)) else { return false }
        var at = offset + Int64(first.size)
        for place in 0..<2 {
            let head = try pager.bytes(at: at, count: 7)
            // One frame alone is too little to go by.
            if place > 0, head.isEmpty || head.starts(with: "TAG") { return true }
            guard let next = ADTSFrame(head), next.continues(first) else { return false }
            at += Int64(next.size)
        }
        return true
    }
}

/// Reads raw AAC in ADTS frames: there is no other way to its length than to meet every frame.
enum ADTSReader {
    private static let walkLimit: Int64 = 64 << 20

    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        facts.encrypted = .known(false)
        facts.video = .known([])
        facts.others = .known([])
        let start = try ID3.end(&pager)
        guard let first = ADTSFrame(try pager.bytes(at: start, count: 7)) else {
            facts.note(missing: "its first frame was not found")
            facts.missingBytes = .unknown("its first frame was not found")
            return
        }
        var audio = AudioFacts(index: 0, codec: .known("aac"))
        audio.channels = Known(first.channels, else: "it is inside the frames")
        audio.start = .known(0)
        if first.objectType == 2, first.sampleRate <= 24000 {
            audio.profile = .unknown("spectral band replication may be inside the frames")
            audio.sampleRate = .unknown("spectral band replication may double it")
        } else {
            audio.profile = Known([1: "Main", 2: "LC", 3: "SSR", 4: "LTP"][first.objectType], else: "no name for it")
            audio.sampleRate = .known(first.sampleRate)
        }

        var at = start
        var blocks = 0
        while at - start < walkLimit, let frame = ADTSFrame(try pager.bytes(at: at, count: 7)), frame.continues(first) {
            blocks += frame.blocks
            at += Int64(frame.size)
        }
        if at - start < walkLimit {
            let seconds = Double(blocks) * 1024 / Double(first.sampleRate)
            audio.duration = .known(seconds)
            audio.bitRate = .known(Int64(Double(at - start) * 8 / seconds))
            facts.missingBytes = .known(max(at - pager.length, 0))
        } else {
            audio.duration = .unknown("the file is too long to be counted")
            facts.missingBytes = .unknown("the file is too long to be counted")
        }
        facts.audio = .known([audio])
        facts.duration = audio.duration
        facts.setBitRate()
    }
}
