internal import ReelModel

/// Reads FLAC files (RFC 9639): the blocks before the first frame.
enum FLACReader {
    private static let blockLimit = 1000
    private static let commentLimit = 64 << 10

    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        facts.encrypted = .known(false)
        facts.others = .known([])
        let tag = try ID3Tag(at: 0, &pager)
        facts.add(tag.metadata)
        var at = try ID3.end(&pager) + 4
        var info: FLACStreamInfo?
        var comment: VorbisComment?
        var pictures: [Known<String>] = []
        var promisedEnd = at
        for _ in 0..<blockLimit {
            let head = try pager.bytes(at: at, count: 4)
            guard let kind = head.u8(0), let size = head.u24(1) else {
                promisedEnd = max(promisedEnd, at + 4)
                break
            }
            let body = at + 4
            switch kind & 0x7F {
            case 0: info = FLACStreamInfo(try pager.bytes(at: body, count: min(size, 34)))
            case 4: comment = VorbisComment(try pager.bytes(at: body, count: min(size, commentLimit)))
            case 6: pictures.append(FLACPicture.coding(try pager.bytes(at: body, count: min(size, 64))))
            default: break
            }
            at = body + Int64(size)
            promisedEnd = max(promisedEnd, at)
            if kind & 0x80 != 0 { break }
        }
        facts.add(comment?.metadata ?? [])
        facts.missingBytes =
            promisedEnd > pager.length
            ? .known(promisedEnd - pager.length) : .unknown("only its frames show where it ends")
        guard let info else {
            facts.note(missing: "its stream information could not be read")
            return
        }
        var audio = AudioFacts(index: 0, codec: .known("flac"))
        audio.sampleRate = .known(info.sampleRate)
        audio.channels = .known(info.channels)
        audio.channelLayout =
            comment?.channelMask.map { ChannelLayout.named(mask: $0) } ?? ChannelLayout.flac(channels: info.channels)
        audio.start = .known(0)
        audio.duration = Known(info.duration, else: "its encoder did not say it")
        facts.audio = .known([audio])
        facts.video = .known(AttachedPictures.streams(tag.pictures + pictures, from: 1))
        facts.duration = audio.duration
        facts.setBitRate()
        if at < pager.length, try pager.bytes(at: at, count: 2).u16(0).map({ $0 & 0xFFFE }) != 0xFFF8 {
            facts.structureFaults = .known([
                StructureFault(.brokenFraming, offset: at, "no frame begins where its blocks of information end")
            ])
        }
    }
}
