internal import ReelModel

/// Reads Ogg files (RFC 3533): the headers of each logical stream, its comments, and the last page of each, which says
/// how long it is.
enum OggReader {
    private static let pageLimit = 256
    private static let commentLimit = 64 << 10
    private static let tailSize = 64 << 10
    /// Later than this, the first page is of a recording that begins in the middle.
    private static let lateStart = 10.0

    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        facts.encrypted = .known(false)
        var streams: [OggStream] = []
        var comments: [Int: [UInt8]] = [:]
        var finished: Set<Int> = []
        var first: [Int: Double] = [:]
        var at: Int64 = 0
        var lastSeen: (end: Int64, isLast: Bool) = (0, false)
        for _ in 0..<pageLimit {
            let head = try pager.bytes(at: at, count: 282)
            guard let page = OggPage(head) else { break }
            let body = try pager.bytes(at: at + Int64(page.bodyOffset), count: min(page.bodySize, commentLimit))
            if page.isFirst {
                guard let stream = OggStream(page, body) else {
                    return leaveToWorker("a stream's coding is not known here", &facts)
                }
                streams.append(stream)
            } else if let stream = streams.first(where: { $0.serial == page.serial }) {
                if !finished.contains(page.serial) {
                    let sizes = page.lacing.prefix { $0 == 255 }.count
                    let ends = sizes < page.lacing.count
                    let count = sizes * 255 + (ends ? Int(page.lacing[sizes]) : 0)
                    comments[page.serial, default: []] += body.slice(from: 0, count: count).array
                    if ends || comments[page.serial, default: []].count > commentLimit { finished.insert(page.serial) }
                } else if page.granule > 0, first[page.serial] == nil {
                    first[page.serial] = stream.seconds(at: page.granule)
                }
            } else {
                return leaveToWorker("a page belongs to no stream", &facts)
            }
            at += Int64(page.bodyOffset + page.bodySize)
            lastSeen = (at, page.isLast)
            if first.count == streams.count { break }
        }
        guard !streams.isEmpty else { return leaveToWorker("its first page could not be read", &facts) }

        let tail = try Tail(&pager, size: tailSize, after: lastSeen)
        facts.missingBytes =
            tail.missing > 0
            ? .known(tail.missing)
            : tail.endsMarked ? .known(0) : .unknown("its last page is not marked as the last")
        describe(streams, comments, first, tail, &facts)
    }

    private static func describe(
        _ streams: [OggStream], _ comments: [Int: [UInt8]], _ first: [Int: Double], _ tail: Tail, _ facts: inout Facts
    ) {
        var video: [VideoFacts] = []
        var audio: [AudioFacts] = []
        var pictures: [Known<String>] = []
        let isChained = tail.granules.keys.contains { serial in !streams.contains { $0.serial == serial } }
        for (index, stream) in streams.enumerated() {
            let comment = VorbisComment(Bytes(comments[stream.serial] ?? []).slice(from: stream.commentOffset))
            facts.add(comment.metadata)
            pictures += comment.pictures
            let end = tail.granules[stream.serial].flatMap { stream.seconds(at: $0) }
            var duration = Known(end, else: "its last page was not found")
            if isChained { duration = .unknown("another recording follows it") }
            if first[stream.serial] ?? 0 > lateStart { duration = .unknown("it begins in the middle of a recording") }
            switch stream.kind {
            case .audio: audio.append(stream.audio(index: index, duration: duration))
            case .video: video.append(stream.video(index: index, duration: duration))
            }
        }
        guard pictures.isEmpty || streams.count == 1 else {
            return leaveToWorker("the pictures in its comments are counted among its streams", &facts)
        }
        facts.audio = .known(audio)
        facts.video = .known(video + AttachedPictures.streams(pictures, from: streams.count))
        facts.others = .known([])
        let ends = video.map(\.duration) + audio.map(\.duration)
        let unknown = ends.first { $0.value == nil }
        facts.duration = unknown ?? Known(ends.compactMap { $0.value }.max(), else: "it states no length")
        facts.setBitRate()
    }

    /// How its streams are numbered, or what they are, is for a demuxer to say.
    private static func leaveToWorker(_ why: String, _ facts: inout Facts) {
        facts.note(missing: why)
        if facts.missingBytes.value == nil { facts.missingBytes = .unknown(why) }
    }

    /// The last pages of a file.
    private struct Tail {
        /// The last position of each stream.
        private(set) var granules: [Int: Int64] = [:]
        private(set) var missing: Int64 = 0
        private(set) var endsMarked: Bool

        init(_ pager: inout Pager, size: Int, after seen: (end: Int64, isLast: Bool)) throws {
            endsMarked = seen.end == pager.length && seen.isLast
            let start = max(pager.length - Int64(size), 0)
            let bytes = try pager.fetch(at: start, count: size)
            let piece = Bytes(bytes)
            var at = 0
            while at + 27 <= bytes.count {
                guard bytes[at] == 0x4F, let page = OggPage(piece.slice(from: at, count: 282)) else {
                    at += 1
                    continue
                }
                if page.granule >= 0 { granules[page.serial] = max(page.granule, granules[page.serial] ?? 0) }
                let end = at + page.bodyOffset + page.bodySize
                if end >= bytes.count {
                    missing = Int64(end - bytes.count)
                    endsMarked = page.isLast
                    break
                }
                at = end
            }
        }
    }
}
