internal import ReelModel

/// What the elements of a segment say (RFC 9559, 5.1).
struct MatroskaFile {
    private let segment: EBMLElement
    private(set) var tracks: [MatroskaTrack] = []
    private var tracksRead = false
    /// Seconds.
    private var duration: Double?
    private var attachments: [(mediaType: String, name: String)] = []
    private var tags = MatroskaTags()
    private var metadata: [MetadataEntry] = []
    private var firstCluster: EBMLElement?

    /// The kinds of elements that were met, and where each stands.
    private(set) var seen: Set<Int> = []
    private(set) var starts: Set<Int64> = []
    /// Where the seek head says that they stand, from the start of the segment's contents.
    private(set) var seeks: [(id: Int, position: Int64)] = []
    /// Where the index says that clusters stand, counted alike.
    private(set) var cues: [Int64] = []
    private(set) var faults: [StructureFault] = []

    /// Nanoseconds of a tick.
    private var scale = 1_000_000

    private static let listLimit = 1000
    private static let cueLimit = 100_000
    /// Larger elements are not summed up.
    private static let checksumLimit: Int64 = 64 << 10
    /// How many blocks are looked at for the first of each track.
    private static let blockLimit = 64

    init(_ segment: EBMLElement) { self.segment = segment }

    mutating func noteCluster(_ element: EBMLElement) {
        firstCluster = firstCluster ?? element
    }

    mutating func read(_ element: EBMLElement, _ pager: inout Pager) throws {
        guard MatroskaID.levelOne.contains(element.id) else { return }
        starts.insert(element.start)
        guard seen.insert(element.id).inserted || element.id == MatroskaID.seekHead else {
            // All but these may come again (5.1).
            if element.id == MatroskaID.cues {
                faults.append(StructureFault(.secondIndex, offset: element.start, "there is a second index (Cues)"))
            }
            if element.id == MatroskaID.tags { metadata += try tags.read(element, &pager) }
            return
        }
        try checkSum(element, &pager)
        switch element.id {
        case MatroskaID.seekHead: try readSeekHead(element, &pager)
        case MatroskaID.info: try readInfo(element, &pager)
        case MatroskaID.tracks: try readTracks(element, &pager)
        case MatroskaID.cues: try readCues(element, &pager)
        case MatroskaID.tags: metadata += try tags.read(element, &pager)
        case MatroskaID.attachments: try readAttachments(element, &pager)
        default: break
        }
    }

    /// RFC 8794, 11.3.1: a checksum stands first, and is about all that follows.
    private mutating func checkSum(_ element: EBMLElement, _ pager: inout Pager) throws {
        guard element.promisedEnd == element.end, (7...Self.checksumLimit).contains(element.size) else { return }
        let contents = try element.contents(limit: Int(Self.checksumLimit), &pager)
        guard contents.u8(0) == MatroskaID.crc, contents.u8(1) == 0x84, let stated = contents.le32(2) else { return }
        if CRC32.of(contents.array.dropFirst(6)) != UInt32(truncatingIfNeeded: stated) {
            faults.append(
                StructureFault(
                    .checksum, offset: element.start, bytes: element.size,
                    "the checksum of the \(MatroskaID.name(element.id)) does not fit its bytes"))
        }
    }

    private mutating func readTracks(_ element: EBMLElement, _ pager: inout Pager) throws {
        tracksRead = true
        var entries = EBMLWalk(inside: element)
        var numbers: Set<Int> = []
        while let entry = try entries.next(&pager), tracks.count < Self.listLimit {
            guard entry.id == 0xAE else { continue }
            let track = try MatroskaTrack(entry, &pager)
            if let number = track.number, !numbers.insert(number).inserted {
                faults.append(
                    StructureFault(.brokenIndex, offset: entry.start, "two tracks have the number \(number)"))
            }
            tracks.append(track)
        }
    }

    /// 5.1.2: the duration is in ticks of the scale, which is nanoseconds.
    private mutating func readInfo(_ element: EBMLElement, _ pager: inout Pager) throws {
        var ticks: Double?
        var parts = EBMLWalk(inside: element)
        while let part = try parts.next(&pager) {
            switch part.id {
            case 0x2A_D7B1: scale = try part.unsigned(&pager) ?? scale
            case 0x4489: ticks = try part.float(&pager)
            case 0x4461:
                // Nanoseconds since 2001-01-01.
                if part.size == 8, let moment = try part.contents(limit: 8, &pager).i64(0) {
                    let text = CalendarText.utc(secondsSince1970: moment / 1_000_000_000 + 978_307_200)
                    metadata.append(MetadataEntry(.time, key: "DateUTC", value: text))
                }
            case 0x7BA9: try note(.text, "Title", part, &pager)
            case 0x4D80: try note(.software, "MuxingApp", part, &pager)
            case 0x5741: try note(.software, "WritingApp", part, &pager)
            default: continue
            }
        }
        if scale <= 0 {
            faults.append(StructureFault(.brokenTiming, offset: element.start, "its clock ticks every 0 nanoseconds"))
            scale = 1_000_000
            ticks = nil
        }
        if let ticks, ticks.isFinite, ticks > 0 { duration = ticks * Double(scale) / 1e9 }
        if let ticks, !ticks.isFinite || ticks < 0 {
            faults.append(StructureFault(.brokenTiming, offset: element.start, "its duration is \(ticks) ticks"))
        }
    }

    private mutating func note(
        _ kind: MetadataEntry.Kind, _ key: String, _ part: EBMLElement, _ pager: inout Pager
    ) throws {
        let value = TagName.trimmed(try part.words(&pager))
        if !value.isEmpty { metadata.append(MetadataEntry(kind, key: key, value: value)) }
    }

    /// 5.1.1
    private mutating func readSeekHead(_ head: EBMLElement, _ pager: inout Pager) throws {
        var entries = EBMLWalk(inside: head)
        while let entry = try entries.next(&pager), seeks.count < 100 {
            guard entry.id == 0x4DBB else { continue }
            var id: Int?
            var place: Int64?
            var parts = EBMLWalk(inside: entry)
            while let part = try parts.next(&pager) {
                if part.id == 0x53AB { id = try part.unsigned(&pager) }
                if part.id == 0x53AC { place = try part.unsigned(&pager).map { Int64($0) } }
            }
            if let id, let place { seeks.append((id, place)) }
        }
    }

    /// 5.1.5
    private mutating func readCues(_ element: EBMLElement, _ pager: inout Pager) throws {
        var points = EBMLWalk(inside: element)
        while let point = try points.next(&pager), cues.count < Self.cueLimit {
            guard point.id == 0xBB else { continue }
            var parts = EBMLWalk(inside: point)
            while let part = try parts.next(&pager) {
                guard part.id == 0xB7 else { continue }
                var values = EBMLWalk(inside: part)
                while let value = try values.next(&pager) {
                    if value.id == 0xF1, let place = try value.unsigned(&pager), cues.last != Int64(place) {
                        cues.append(Int64(place))
                    }
                }
            }
        }
    }

    /// 5.1.6
    private mutating func readAttachments(_ element: EBMLElement, _ pager: inout Pager) throws {
        var files = EBMLWalk(inside: element)
        while let file = try files.next(&pager), attachments.count < Self.listLimit {
            guard file.id == 0x61A7 else { continue }
            var attachment = (mediaType: "", name: "")
            var size: Int64 = 0
            var parts = EBMLWalk(inside: file)
            while let part = try parts.next(&pager) {
                if part.id == 0x466E { attachment.name = try part.text(&pager) ?? "" }
                if part.id == 0x4660 { attachment.mediaType = try part.text(&pager) ?? "" }
                if part.id == 0x465C { size = part.size }
            }
            // FFmpeg counts no stream where one of them is missing.
            if !attachment.name.isEmpty, !attachment.mediaType.isEmpty, size > 0 { attachments.append(attachment) }
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
        facts.add(metadata)
        guard tracksRead else {
            facts.note(missing: "its list of tracks was not found")
            return
        }
        guard tracks.count < Self.listLimit else {
            facts.note(missing: "it has \(Self.listLimit) tracks or more")
            return
        }
        var video: [VideoFacts] = []
        var audio: [AudioFacts] = []
        var others: [OtherStreamFacts] = []
        // FFmpeg counts no track of a kind that it does not know.
        let counted = tracks.filter { [1, 2, 17, 33].contains($0.kind) && $0.isCoded }
        for (index, track) in counted.enumerated() {
            // Muxers write the time at which the track ends, not how long it is.
            let end = track.uid.flatMap { tags.durations[$0] } ?? (counted.count == 1 ? duration : nil)
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
            let index = counted.count + offset
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
        facts.duration = Known(duration, else: "the file does not say it, as live recordings do not")
        facts.setBitRate()
    }
}
