internal import ReelModel

/// MPEG audio and ADTS: no signature but a sync word of 12 bits, so frames must follow each other.
extension Sniff {
    /// How far behind an ID3 tag the first frame may stand.
    private static let searchLimit = 64 << 10
    /// How far in it may stand without a tag, and how many frames must then follow each other: what was left of
    /// another frame where a recording was cut, zero bytes, or a header that somebody put before it.
    private static let junkLimit = 4096
    private static let framesBehindJunk = 4

    static func mpegAudio(_ pager: inout Pager) throws -> FileType? {
        let start = try ID3.end(&pager)
        let head = try pager.bytes(at: start, count: 64)
        if start > 0 {
            // Some taggers put theirs before anything.
            if let type = sound(head), [.flac, .wavPack, .ape, .tta, .musepack].contains(type) { return type }
        }
        if let type = try audioFrames(at: start, &pager) { return type }
        // Encoders pad behind the tag, and some tags lie about their size.
        let search = try pager.bytes(at: start, count: start > 0 ? searchLimit : junkLimit)
        var at = 0
        while let byte = search.u8(at) {
            if byte == 0xFF {
                if start > 0, let type = try audioFrames(at: start + Int64(at), &pager) { return type }
                if start == 0, let type = manyFrames(search, at) { return type }
            }
            at += 1
        }
        // A tag is the mark of its file even where no sound can be found behind it.
        return start > 0 && start >= pager.length ? .mp3 : nil
    }

    private static func audioFrames(at offset: Int64, _ pager: inout Pager) throws -> FileType? {
        if try MPEGAudioFrame.follow(at: offset, &pager) { return .mp3 }
        if try ADTSFrame.follow(at: offset, &pager) { return .aac }
        return nil
    }

    /// Frames that follow each other inside `bytes`, as many as make an accident unthinkable.
    static func manyFrames(_ bytes: Bytes, _ start: Int) -> FileType? {
        if let first = MPEGAudioFrame(bytes.slice(from: start, count: 4)) {
            var at = start + first.size
            var count = 1
            while count < framesBehindJunk, let next = MPEGAudioFrame(bytes.slice(from: at, count: 4)),
                next.continues(first)
            {
                count += 1
                at += next.size
            }
            if count == framesBehindJunk { return .mp3 }
        }
        guard let first = ADTSFrame(bytes.slice(from: start, count: 7)) else { return nil }
        var at = start + first.size
        var count = 1
        while count < framesBehindJunk, let next = ADTSFrame(bytes.slice(from: at, count: 7)), next.continues(first) {
            count += 1
            at += next.size
        }
        return count == framesBehindJunk ? .aac : nil
    }
}
