internal import ReelModel

/// MPEG audio and ADTS: no signature but a sync word of 12 bits, so frames must follow each other.
extension Sniff {
    /// How far behind an ID3 tag the first frame may stand.
    private static let searchLimit = 64 << 10

    static func mpegAudio(_ pager: inout Pager) throws -> FileType? {
        let start = try ID3.end(&pager)
        let head = try pager.bytes(at: start, count: 16)
        if start > 0, head.starts(with: "fLaC") { return .flac }
        if let type = try audioFrames(at: start, &pager) { return type }
        // Encoders pad behind the tag, and some tags lie about their size; without a tag there is no excuse.
        guard start > 0 else { return nil }
        let search = try pager.bytes(at: start, count: searchLimit)
        var at = 0
        while let byte = search.u8(at) {
            if byte == 0xFF, let type = try audioFrames(at: start + Int64(at), &pager) { return type }
            at += 1
        }
        return nil
    }

    private static func audioFrames(at offset: Int64, _ pager: inout Pager) throws -> FileType? {
        if try MPEGAudioFrame.follow(at: offset, &pager) { return .mp3 }
        if try ADTSFrame.follow(at: offset, &pager) { return .aac }
        return nil
    }
}
