internal import ReelModel

/// Reads AVI files (Microsoft, "AVI RIFF File Reference"; OpenDML AVI File Format Extensions 1.02): the headers; the
/// movie is stepped over.
enum AVIReader {
    private static let streamLimit = 100

    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var streams: [AVIStream] = []
        var hasMovie = false
        var promisedEnd: Int64 = 0
        // A long file is several RIFF chunks behind each other.
        var forms = RIFFChunks(from: 0, to: pager.length)
        var isFirst = true
        while let form = try forms.next(&pager), form.type == "RIFF" {
            promisedEnd = max(promisedEnd, form.promisedEnd)
            guard isFirst else { continue }
            isFirst = false
            var chunks = RIFFChunks(from: form.body + 4, to: form.end)
            while let chunk = try chunks.next(&pager) {
                promisedEnd = max(promisedEnd, chunk.promisedEnd)
                guard chunk.type == "LIST" else { continue }
                let kind = try pager.bytes(at: chunk.body, count: 4).fourCC(0)
                if kind == "movi" { hasMovie = true }
                guard kind == "hdrl" else { continue }
                var lists = RIFFChunks(from: chunk.body + 4, to: chunk.end)
                while let list = try lists.next(&pager), streams.count < streamLimit {
                    guard list.type == "LIST", try pager.bytes(at: list.body, count: 4).fourCC(0) == "strl" else {
                        continue
                    }
                    streams.append(try AVIStream(list, &pager))
                }
            }
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
        if streams.isEmpty {
            facts.note(missing: "it has no stream headers")
        } else {
            facts.video = .known(video)
            facts.audio = .known(audio)
            facts.others = .known(others)
            facts.duration = Known(streams.compactMap { $0.seconds }.max(), else: "its headers state no length")
            facts.setBitRate()
        }
        facts.encrypted = .known(false)
        facts.missingBytes = .known(max(promisedEnd - pager.length, hasMovie ? 0 : 12))
    }
}

/// One stream's header and format.
private struct AVIStream {
    private(set) var kind = ""
    private var handler = ""
    private var scale = 0
    private var rate = 0
    private var start = 0
    private var length = 0
    private var picture: Bytes?
    private var sound: WaveFormat?

    init(_ list: RIFFChunks.Chunk, _ pager: inout Pager) throws {
        var chunks = RIFFChunks(from: list.body + 4, to: list.end)
        while let chunk = try chunks.next(&pager) {
            switch chunk.type {
            case "strh":
                let body = try pager.bytes(at: chunk.body, count: 56)
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
            default: continue
            }
        }
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
        return video
    }

    func audio(index: Int) -> AudioFacts {
        guard let sound else { return AudioFacts(index: index, codec: .unknown("its format could not be read")) }
        var audio = AudioFacts(
            index: index, codec: Known(sound.codec, else: "format tag \(sound.tag) is not known here"))
        audio.channels = sound.channels > 0 ? .known(sound.channels) : .unknown("it states none")
        audio.sampleRate = sound.sampleRate > 0 ? .known(sound.sampleRate) : .unknown("it states none")
        audio.bitRate = sound.byteRate > 0 ? .known(Int64(sound.byteRate) * 8) : .unknown("it states none")
        if let configuration = sound.audioSpecificConfig { audio.profile = configuration.profile }
        audio.duration = duration
        audio.start = firstTime
        return audio
    }
}
