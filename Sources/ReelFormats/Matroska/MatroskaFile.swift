internal import ReelModel

/// What the elements of a segment say (RFC 9559, 5.1).
struct MatroskaFile {
    private(set) var tracks: [MatroskaTrack] = []
    private(set) var tracksRead = false
    /// Seconds.
    private(set) var duration: Double?
    private(set) var attachments: [(mediaType: String, name: String)] = []
    /// Seconds, by the track's unique number.
    private(set) var trackDurations: [Int: Double] = [:]
    var firstCluster: EBMLElement?

    /// Nanoseconds of a tick.
    private var scale = 1_000_000

    private static let listLimit = 1000
    /// How many blocks are looked at for the first of each track.
    private static let blockLimit = 64

    mutating func read(_ element: EBMLElement, _ pager: inout Pager) throws {
        switch element.id {
        case 0x1549_A966: try readInfo(element, &pager)
        case 0x1654_AE6B:
            tracksRead = true
            var entries = EBMLWalk(inside: element)
            while let entry = try entries.next(&pager), tracks.count < MatroskaFile.listLimit {
                if entry.id == 0xAE { tracks.append(try MatroskaTrack(entry, &pager)) }
            }
        case 0x1254_C367: try readTags(element, &pager)
        case 0x1941_A469: try readAttachments(element, &pager)
        default: break
        }
    }

    /// 5.1.2: the duration is in ticks of the scale, which is nanoseconds.
    private mutating func readInfo(_ element: EBMLElement, _ pager: inout Pager) throws {
        var ticks: Double?
        var parts = EBMLWalk(inside: element)
        while let part = try parts.next(&pager) {
            if part.id == 0x2A_D7B1 { scale = try part.unsigned(&pager) ?? scale }
            if part.id == 0x4489 { ticks = try part.float(&pager) }
        }
        if let ticks, ticks.isFinite, ticks > 0 { duration = ticks * Double(scale) / 1e9 }
    }

    /// 5.1.8: the tag DURATION of a track, as muxers write it: `00:00:01.023000000`.
    private mutating func readTags(_ element: EBMLElement, _ pager: inout Pager) throws {
        var tags = EBMLWalk(inside: element)
        while let tag = try tags.next(&pager), trackDurations.count < MatroskaFile.listLimit {
            guard tag.id == 0x7373 else { continue }
            var target: Int?
            var seconds: Double?
            var parts = EBMLWalk(inside: tag)
            while let part = try parts.next(&pager) {
                if part.id != 0x63C0, part.id != 0x67C8 { continue }
                var values = EBMLWalk(inside: part)
                var name: String?
                while let value = try values.next(&pager) {
                    switch value.id {
                    case 0x63C5: target = try value.unsigned(&pager)
                    case 0x45A3: name = try value.text(&pager)
                    case 0x4487 where name == "DURATION": seconds = MatroskaFile.seconds(try value.text(&pager))
                    default: continue
                    }
                }
            }
            if let target, let seconds { trackDurations[target] = seconds }
        }
    }

    private static func seconds(_ text: String?) -> Double? {
        let parts = (text ?? "").split(separator: ":").map { Double($0) }
        guard parts.count == 3, let hours = parts[0], let minutes = parts[1], let seconds = parts[2] else { return nil }
        let total = hours * 3600 + minutes * 60 + seconds
        return total.isFinite && total >= 0 ? total : nil
    }

    /// 5.1.6
    private mutating func readAttachments(_ element: EBMLElement, _ pager: inout Pager) throws {
        var files = EBMLWalk(inside: element)
        while let file = try files.next(&pager), attachments.count < MatroskaFile.listLimit {
            guard file.id == 0x61A7 else { continue }
            var attachment = (mediaType: "", name: "")
            var parts = EBMLWalk(inside: file)
            while let part = try parts.next(&pager) {
                if part.id == 0x466E { attachment.name = try part.text(&pager) ?? "" }
                if part.id == 0x4660 { attachment.mediaType = try part.text(&pager) ?? "" }
            }
            attachments.append(attachment)
        }
    }

    /// The first block of each track: when it is shown, and, for VP8 and VP9, what its frame says of the pictures.
    mutating func readFirstBlocks(_ pager: inout Pager) throws {
        var waiting = Set(tracks.filter { $0.kind == 1 || $0.kind == 2 }.compactMap { $0.number })
        guard let firstCluster else { return }
        var clusterTime = 0
        var parts = EBMLWalk(inside: firstCluster)
        for _ in 0..<MatroskaFile.blockLimit {
            guard !waiting.isEmpty, var part = try parts.next(&pager) else { return }
            if part.id == 0xE7 { clusterTime = try part.unsigned(&pager) ?? 0 }
            if part.id == 0xA0 {  // a group holds one block
                var inner = EBMLWalk(inside: part)
                while let element = try inner.next(&pager) {
                    if element.id == 0xA1 { part = element }
                }
            }
            guard part.id == 0xA3 || part.id == 0xA1 else { continue }
            let block = try part.contents(limit: 48, &pager)
            guard let (number, width) = EBMLNumber.size(block, 0), let number, let offset = block.u16(width),
                waiting.remove(Int(number)) != nil, let index = tracks.firstIndex(where: { $0.number == Int(number) })
            else { continue }
            let ticks = Double(clusterTime) + Double(Int16(truncatingIfNeeded: offset))
            tracks[index].start = ticks * Double(scale) / 1e9
            // Track number, two bytes of time, one of flags; frames of these codecs are never laced.
            tracks[index].readFirstFrame(block.slice(from: width + 3))
        }
    }

    // MARK: Facts

    func describe(in facts: inout Facts) {
        guard tracksRead else {
            facts.note(missing: "its list of tracks was not found")
            return
        }
        var video: [VideoFacts] = []
        var audio: [AudioFacts] = []
        var others: [OtherStreamFacts] = []
        for (index, track) in tracks.enumerated() {
            // Muxers write the time at which the track ends, not how long it is.
            let end = track.uid.flatMap { trackDurations[$0] } ?? (tracks.count == 1 ? duration : nil)
            let length = Known(
                end.flatMap { end in track.start.map { max(end - $0, 0) } }, else: "the file does not say it")
            switch track.kind {
            case 1: video.append(track.video(index: index, duration: length))
            case 2: audio.append(track.audio(index: index, duration: length))
            case 17: others.append(OtherStreamFacts(index: index, kind: "subtitle", codec: track.codec))
            default: others.append(OtherStreamFacts(index: index, kind: "data", codec: track.codec))
            }
        }
        for (offset, attachment) in attachments.enumerated() {
            let index = tracks.count + offset
            let pictures = ["image/jpeg": "mjpeg", "image/png": "png", "image/gif": "gif", "image/tiff": "tiff"]
            if let codec = pictures[attachment.mediaType] {
                var picture = VideoFacts(index: index, codec: .known(codec))
                picture.attachedPicture = true
                video.append(picture)
            } else {
                let codec = Known<String>.unknown("attachments have none")
                others.append(OtherStreamFacts(index: index, kind: "attachment", codec: codec))
            }
        }
        facts.video = .known(video)
        facts.audio = .known(audio)
        facts.others = .known(others)
        facts.encrypted = .known(tracks.contains { $0.encrypted })
        facts.duration = Known(duration, else: "the file does not say it")
        facts.setBitRate()
    }
}
