internal import ReelModel

/// Reads AVI files (Microsoft, "AVI RIFF File Reference"; OpenDML AVI File Format Extensions 1.02): the headers and the
/// indexes; the movie is stepped over.
enum AVIReader {
    private static let formLimit = 4096

    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var file = AVIFile()
        // A long file is several RIFF chunks behind each other.
        var forms = RIFFChunks(from: 0, to: pager.length)
        var place: Int64 = 0
        while let form = try forms.next(&pager), file.forms < formLimit {
            guard form.type == "RIFF" else { break }
            place = forms.position
            try file.read(form, &pager)
        }
        try file.check(behind: place, &pager)
        file.describe(in: &facts)
    }
}

/// What the chunks of an AVI file say.
private struct AVIFile {
    private var streams: [AVIStream] = []
    private(set) var forms = 0
    private var promisesIndex = false
    private var movie: RIFFChunks.Chunk?
    private var index: AVIIndex?
    private var promisedEnd: Int64 = 0
    /// Whether a size was left at zero, as it is until a recording is closed.
    private var isUnclosed = false
    private var faults: [StructureFault] = []
    private var metadata: [MetadataEntry] = []

    mutating func read(_ form: RIFFChunks.Chunk, _ pager: inout Pager) throws {
        forms += 1
        if forms == 1, form.promisedEnd <= 12, pager.length > 12 {
            isUnclosed = true
            faults.append(
                StructureFault(.impossibleSize, offset: 0, "its size was never filled in: the recording was not closed")
            )
        }
        promisedEnd = max(promisedEnd, form.promisedEnd)
        var chunks = RIFFChunks(from: form.body + 4, to: isUnclosed ? pager.length : form.end)
        while let chunk = try chunks.next(&pager) {
            promisedEnd = max(promisedEnd, chunk.promisedEnd)
            if chunk.promisedEnd > form.promisedEnd, !isUnclosed, chunk.promisedEnd <= pager.length {
                faults.append(
                    StructureFault(
                        .impossibleSize, offset: chunk.body - 8, bytes: chunk.promisedEnd - form.promisedEnd,
                        "a chunk ends \(chunk.promisedEnd - form.promisedEnd) bytes behind the one that holds it"))
            }
            if chunk.type == "idx1", forms == 1 {
                if index != nil {
                    faults.append(
                        StructureFault(.secondIndex, offset: chunk.body - 8, "there is a second index (idx1)"))
                } else {
                    index = AVIIndex(chunk)
                }
            }
            if chunk.type == "_PMX" {
                metadata += XMP.entries(in: try pager.bytes(at: chunk.body, count: Int(min(chunk.size, 1 << 20))))
            }
            if chunk.type == "C2PA" {
                let count = Int(min(chunk.size, Int64(ContentCredentials.scanLimit)))
                metadata += ContentCredentials.entries(in: try pager.bytes(at: chunk.body, count: count), place: "C2PA")
            }
            guard chunk.type == "LIST" else { continue }
            switch try pager.bytes(at: chunk.body, count: 4).fourCC(0) {
            case "movi":
                if movie == nil { movie = chunk }
                if chunk.size < 4 {
                    isUnclosed = true
                    chunks = RIFFChunks(from: pager.length, to: pager.length)
                }
            case "hdrl" where streams.isEmpty: try readHeaders(chunk, &pager)
            case "INFO": metadata += try RIFFInfo.entries(in: chunk, &pager)
            default: continue
            }
        }
    }

    private mutating func readHeaders(_ chunk: RIFFChunks.Chunk, _ pager: inout Pager) throws {
        var lists = RIFFChunks(from: chunk.body + 4, to: chunk.end)
        while let list = try lists.next(&pager), streams.count < Facts.streamLimit {
            if list.type == "avih" {
                // Bit 4 of the flags: there is an index.
                promisesIndex = try pager.bytes(at: list.body, count: 56).le32(12).map { $0 & 0x10 != 0 } ?? false
            }
            guard list.type == "LIST" else { continue }
            switch try pager.bytes(at: list.body, count: 4).fourCC(0) {
            case "strl": streams.append(try AVIStream(list, &pager))
            case "INFO": metadata += try RIFFInfo.entries(in: list, &pager)
            default: continue
            }
        }
    }

    /// Holds the indexes against the file.
    ///
    /// - Parameter place: where the last RIFF chunk ends.
    mutating func check(behind place: Int64, _ pager: inout Pager) throws {
        if let index, let movie {
            faults += try index.faults(movie: movie, streams: streams.count, &pager)
        }
        for (number, stream) in streams.enumerated() { faults += try stream.indexFaults(number, &pager) }
        if promisesIndex, index == nil, !streams.contains(where: { $0.hasOwnIndex }), promisedEnd <= pager.length {
            faults.append(StructureFault(.brokenIndex, "its header promises an index, and there is none"))
        }
        if !isUnclosed, place > 0, place < pager.length, promisedEnd <= place {
            let rest = pager.length - place
            faults.append(
                StructureFault(.strayBytes, offset: place, bytes: rest, "\(rest) bytes follow the end of its structure")
            )
        }
        for stream in streams where stream.hasBrokenClock {
            faults.append(StructureFault(.brokenTiming, "a stream's clock has no ticks"))
        }
    }

    func describe(in facts: inout Facts) {
        facts.add(metadata)
        facts.encrypted = .known(false)
        facts.structureFaults = .known(Array(faults.prefix(StructureFault.limit)))
        if isUnclosed {
            facts.missingBytes = .unknown("its size was never filled in")
        } else {
            // Of a movie the list's header at the least, and in it the header of a chunk.
            let least: Int64 = movie.map { $0.size <= 4 ? 8 : 0 } ?? 12
            facts.missingBytes = .known(max(promisedEnd - Int64(facts.bytes), least))
        }
        guard !streams.isEmpty else {
            facts.note(missing: "it has no stream headers")
            return
        }
        guard !streams.contains(where: { $0.kind == "iavs" }) else {
            // Sound and pictures in one: a stream more than there are headers.
            facts.note(missing: "its DV stream holds pictures and sound together")
            return
        }
        var video: [VideoFacts] = []
        var audio: [AudioFacts] = []
        var others: [OtherStreamFacts] = []
        for (index, stream) in streams.enumerated() {
            switch stream.kind {
            case "vids": video.append(stream.video(index: index))
            case "auds": audio.append(stream.audio(index: index))
            default:
                others.append(
                    OtherStreamFacts(
                        index: index, kind: stream.kind == "txts" ? "subtitle" : "data",
                        codec: .unknown("the header does not say")))
            }
        }
        facts.video = .known(video)
        facts.audio = .known(audio)
        facts.others = .known(others)
        facts.duration = Known(streams.compactMap { $0.seconds }.max(), else: "its headers state no length")
        facts.setBitRate()
    }
}
