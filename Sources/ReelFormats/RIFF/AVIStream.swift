internal import ReelModel

/// One stream's header and format.
struct AVIStream {
    private(set) var kind = ""
    private var handler = ""
    private var scale = 0
    private var rate = 0
    private var start = 0
    private var length = 0
    private var picture: Bytes?
    private var sound: WaveFormat?
    private var properties: Bytes?
    private var superIndex: (offset: Int64, body: Bytes)?
    private var header = false

    init(_ list: RIFFChunks.Chunk, _ pager: inout Pager) throws {
        var chunks = RIFFChunks(from: list.body + 4, to: list.end)
        while let chunk = try chunks.next(&pager) {
            switch chunk.type {
            case "strh":
                let body = try pager.bytes(at: chunk.body, count: 56)
                header = true
                kind = body.fourCC(0) ?? ""
                handler = body.fourCC(4) ?? ""
                scale = body.le32(20) ?? 0
                rate = body.le32(24) ?? 0
                start = body.le32(28) ?? 0
                length = body.le32(32) ?? 0
            case "strf":
                let body = try pager.bytes(at: chunk.body, count: Int(min(chunk.size, 4096)))
                if kind == "vids" { picture = body }
                if kind == "auds" { sound = WaveFormat(body) }
            case "vprp": properties = try pager.bytes(at: chunk.body, count: 36)
            case "indx":
                let body = try pager.bytes(at: chunk.body, count: Int(min(chunk.size, 1 << 20)))
                superIndex = (chunk.body, body)
            default: continue
            }
        }
    }

    var hasOwnIndex: Bool { superIndex != nil }
    var hasBrokenClock: Bool { header && (scale == 0 || rate == 0) && (kind == "vids" || kind == "auds") }

    /// OpenDML 1.02, 3.0: an index whose entries lead to indexes, each with its length.
    func indexFaults(_ number: Int, _ pager: inout Pager) throws -> [StructureFault] {
        guard let superIndex, superIndex.body.u8(3) == 0, let count = superIndex.body.le32(4) else { return [] }
        let body = superIndex.body
        guard count <= (body.count - 24) / 16 else {
            return [
                StructureFault(
                    .brokenIndex, offset: superIndex.offset, stream: number,
                    "its index counts \(count) entries where there is room for \(max(body.count - 24, 0) / 16)")
            ]
        }
        var outside: [Int64] = []
        var wrong: [Int64] = []
        for entry in 0..<count {
            guard let place = body.le64(24 + 16 * entry).map({ Int64(clamping: $0) }),
                let size = body.le32(32 + 16 * entry)
            else { break }
            if place.saturatingAdd(Int64(size)) > pager.length {
                outside.append(place)
            } else if entry == 0 || entry == count - 1,
                try !pager.bytes(at: place, count: 2).starts(with: "ix")
            {
                wrong.append(place)
            }
        }
        var faults: [StructureFault] = []
        if let first = outside.min() {
            faults.append(
                StructureFault(
                    .samplesOutsideFile, offset: first, stream: number,
                    "\(outside.count) of \(count) parts of the index lie behind the file's end"))
        }
        if let first = wrong.min() {
            faults.append(
                StructureFault(
                    .brokenIndex, offset: first, stream: number, "the index leads to a place where no index is"))
        }
        return faults
    }

    var seconds: Double? {
        guard scale > 0, rate > 0, length > 0 else { return nil }
        return Double(length) * Double(scale) / Double(rate)
    }

    private var duration: Known<Double> { Known(seconds, else: "its header states no length") }
    private var firstTime: Known<Double> {
        scale > 0 && rate > 0 ? .known(Double(start) * Double(scale) / Double(rate)) : .unknown(Facts.notInHeader)
    }

    func video(index: Int) -> VideoFacts {
        let name = picture?.fourCC(16) ?? handler
        let codec = RIFFCodecs.video[name.uppercased()] ?? RIFFCodecs.video[handler.uppercased()]
        var video = VideoFacts(index: index, codec: Known(codec, else: "the coding \(name) is not known here"))
        if let width = picture?.le32(4), let height = picture?.le32(8), width > 0, height != 0 {
            video.width = .known(width)
            // A negative height means rows from the top.
            video.height = .known(abs(Int(Int32(truncatingIfNeeded: height))))
        }
        video.duration = duration
        video.start = firstTime
        video.frames = length > 0 ? .known(length) : .unknown("its header states no number")
        if scale > 0, rate > 0, let frameRate = Rational(Int64(rate), Int64(scale)) {
            video.frameRate = .known(frameRate)
            // The format has one time for all frames.
            video.variableFrameRate = .known(false)
        }
        applyProperties(to: &video)
        if codec == "rawvideo" || codec == "mjpeg" { video.profile = .unknown("the codec has none") }
        return video
    }

    /// OpenDML 1.02, 5.0: the shape of the whole picture, and fields a frame.
    private func applyProperties(to video: inout VideoFacts) {
        guard let properties else { return }
        if let across = properties.le16(22), let down = properties.le16(20), across > 0, down > 0,
            let width = properties.le32(24), let height = properties.le32(28), width > 0, height > 0
        {
            video.sampleAspectRatio = Known(
                Rational(Int64(across) * Int64(height), Int64(down) * Int64(width)), else: "its shape makes no ratio")
        }
        switch properties.le32(32) {
        case 1: video.scan = .known("progressive")
        case 2: video.scan = .known("interlaced")
        case _: break
        }
    }

    func audio(index: Int) -> AudioFacts {
        guard let sound else { return AudioFacts(index: index, codec: .unknown("its format could not be read")) }
        var audio = AudioFacts(
            index: index, codec: Known(sound.codec, else: "format tag \(sound.tag) is not known here"))
        audio.channels = sound.channels > 0 ? .known(sound.channels) : .unknown("it states none")
        audio.sampleRate = sound.sampleRate > 0 ? .known(sound.sampleRate) : .unknown("it states none")
        audio.bitRate = sound.byteRate > 0 ? .known(Int64(sound.byteRate) * 8) : .unknown("it states none")
        audio.channelLayout = sound.channelLayout
        if let configuration = sound.audioSpecificConfig { audio.profile = configuration.profile }
        audio.duration = duration
        audio.start = firstTime
        return audio
    }
}
