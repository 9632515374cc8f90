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
    /// How far in the first frame may stand where a recording was cut.
    private static let junkLimit = 4096

    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        facts.encrypted = .known(false)
        facts.others = .known([])
        let tag = try ID3Tag(at: 0, &pager)
        let trailing = try TrailingTags(&pager)
        facts.add(tag.metadata + trailing.metadata)
        facts.video = .known(AttachedPictures.streams(tag.pictures, from: 1))
        let tagEnd = try ID3.end(&pager)
        guard let start = try firstFrame(from: tagEnd, &pager),
            let first = ADTSFrame(try pager.bytes(at: start, count: 7))
        else {
            facts.note(missing: "its first frame was not found")
            facts.missingBytes = .unknown("its first frame was not found")
            return
        }
        var audio = AudioFacts(index: 0, codec: .known("aac"))
        audio.channels = Known(first.channels, else: "it is inside the frames")
        audio.channelLayout = audio.channels.flatMap { ChannelLayout.aac(channels: $0) }
        audio.start = .known(0)
        if first.objectType == 2, first.sampleRate <= 24000 {
            audio.profile = .unknown("spectral band replication may be inside the frames")
            audio.sampleRate = .unknown("spectral band replication may double it")
            if first.channels == 1 {
                audio.channelLayout = .unknown("parametric stereo may be inside the frames")
            }
        } else {
            audio.profile = Known([1: "Main", 2: "LC", 3: "SSR", 4: "LTP"][first.objectType], else: "no name for it")
            audio.sampleRate = .known(first.sampleRate)
        }

        var walk = FrameWalk(from: start, to: max(trailing.start, start))
        try walk.noteJunk(before: start, from: tagEnd, &pager)
        try walk.follow(&pager) { ADTSFrame($0).flatMap { $0.continues(first) ? $0 : nil } }
        if walk.isComplete {
            let seconds = Double(walk.blocks) * 1024 / Double(first.sampleRate)
            audio.duration = .known(seconds)
            audio.bitRate = .known(Int64(Double(walk.bytes) * 8 / seconds))
            facts.missingBytes = .known(walk.missing)
            facts.structureFaults = .known(walk.faults)
        } else {
            audio.duration = .unknown("the file is too long to be counted")
            facts.missingBytes = .unknown("the file is too long to be counted")
            facts.structureFaults = .unknown("the file is too long to be followed to its end")
        }
        facts.audio = .known([audio])
        facts.duration = audio.duration
        facts.setBitRate()
    }

    private static func firstFrame(from tagEnd: Int64, _ pager: inout Pager) throws -> Int64? {
        if try ADTSFrame.follow(at: tagEnd, &pager) { return tagEnd }
        let search = try pager.bytes(at: tagEnd, count: junkLimit)
        for (at, byte) in search.array.enumerated() where byte == 0xFF {
            if try ADTSFrame.follow(at: tagEnd + Int64(at), &pager) { return tagEnd + Int64(at) }
        }
        return ADTSFrame(try pager.bytes(at: tagEnd, count: 7)) == nil ? nil : tagEnd
    }
}
