internal import ReelMedia
internal import ReelModel

/// What a demuxer tells, as facts.
enum HeaderFacts {
    /// What the worker leaves to the front's own reader of boxes.
    private static let notFromDemuxer = "the demuxer does not tell"

    static func facts(of demuxer: borrowing Demuxer, name: String) -> Facts {
        let streams = demuxer.streams
        let origin = PresentationOrigin(demuxer)
        var facts = Facts(
            depth: .header, bytes: demuxer.length ?? 0, fileExtension: fileExtension(of: name),
            type: Known(FileType(demuxer), else: "the demuxer \(demuxer.formatName) reads several types"))
        facts.encrypted = .unknown(notFromDemuxer)
        facts.missingBytes = .unknown(notFromDemuxer)
        if demuxer.formatName.hasPrefix("mov,") {
            facts.fastStart = .unknown(notFromDemuxer)
            facts.fragmented = .unknown(notFromDemuxer)
            facts.editLists = .unknown(notFromDemuxer)
        }
        if facts.type.value?.kind == .image {
            if let picture = streams.first(where: { $0.kind == .video }) {
                facts.image = image(picture, decodable: Decodability.of(picture, demuxer))
            }
            facts.duration = .unknown("a picture has no duration")
            facts.bitRate = .unknown("a picture has no bit rate")
            if facts.type.value == .gif, let duration = demuxer.duration { facts.image?.duration = .known(duration) }
            facts.video = .known([])
            facts.audio = .known([])
            facts.others = .known([])
            return facts
        }
        facts.duration = Known(demuxer.duration, else: Facts.notInHeader)
        facts.bitRate = Known(demuxer.bitRate, else: Facts.notInHeader)
        var pictures: [VideoFacts] = []
        var sounds: [AudioFacts] = []
        for stream in streams {
            if stream.kind == .video {
                pictures.append(video(stream, origin, decodable: Decodability.of(stream, demuxer)))
            } else if stream.kind == .audio {
                sounds.append(audio(stream, origin, decodable: Decodability.of(stream, demuxer)))
            }
        }
        facts.video = .known(pictures)
        facts.audio = .known(sounds)
        facts.others = .known(streams.filter { $0.kind != .video && $0.kind != .audio }.map(other))
        return facts
    }

    private static func video(
        _ stream: StreamInfo, _ origin: PresentationOrigin, decodable: Known<Bool>
    ) -> VideoFacts {
        var facts = VideoFacts(index: stream.index, codec: codec(stream))
        facts.decodable = decodable
        facts.profile = Known(stream.profile, else: Facts.notInHeader)
        facts.level = Known(stream.levelName, else: Facts.notInHeader)
        facts.width = Known(stream.size?.width, else: Facts.notInHeader)
        facts.height = Known(stream.size?.height, else: Facts.notInHeader)
        facts.rotation = Known(stream.rotation, else: "the display matrix mirrors or skews the picture")
        facts.sampleAspectRatio = Known(stream.sampleAspectRatio, else: "not tagged")
        facts.pixelFormat = Known(stream.pixelFormat?.name, else: Facts.notInHeader)
        facts.bitDepth = Known(stream.pixelFormat?.bitDepth, else: Facts.notInHeader)
        facts.frameRate = Known(stream.averageFrameRate, else: Facts.notInHeader)
        facts.variableFrameRate = .unknown("not every packet was read")
        facts.start = Known(stream.start.map { origin.seconds($0, stream.timeBase) }, else: Facts.notInHeader)
        facts.duration = Known(stream.duration.map(stream.timeBase.seconds), else: Facts.notInHeader)
        facts.frames = Known(stream.frames.map { Int($0) }, else: Facts.notInHeader)
        facts.bitRate = Known(stream.bitRate, else: Facts.notInHeader)
        facts.color.primaries = Known(stream.colorPrimaries, else: "not tagged")
        facts.color.transfer = Known(stream.colorTransfer, else: "not tagged")
        facts.color.matrix = Known(stream.colorMatrix, else: "not tagged")
        facts.color.range = Known(stream.colorRange, else: "not tagged")
        facts.scan = Known(stream.scan, else: "not tagged")
        facts.attachedPicture = stream.isAttachedPicture
        return facts
    }

    private static func audio(
        _ stream: StreamInfo, _ origin: PresentationOrigin, decodable: Known<Bool>
    ) -> AudioFacts {
        var facts = AudioFacts(index: stream.index, codec: codec(stream))
        facts.decodable = decodable
        facts.profile = Known(stream.profile, else: "the codec has none")
        facts.sampleRate = Known(stream.sampleRate, else: Facts.notInHeader)
        facts.channels = Known(stream.channels, else: Facts.notInHeader)
        facts.channelLayout = Known(stream.channelLayout, else: Facts.notInHeader)
        facts.bitRate = Known(stream.bitRate, else: Facts.notInHeader)
        facts.start = Known(stream.start.map { origin.seconds($0, stream.timeBase) }, else: Facts.notInHeader)
        facts.duration = Known(stream.duration.map(stream.timeBase.seconds), else: Facts.notInHeader)
        return facts
    }

    private static func other(_ stream: StreamInfo) -> OtherStreamFacts {
        let kind = stream.codecTag == "tmcd" ? "timecode" : stream.kind.rawValue
        return OtherStreamFacts(index: stream.index, kind: kind, codec: codec(stream))
    }

    private static func image(_ stream: StreamInfo, decodable: Known<Bool>) -> ImageFacts {
        var facts = ImageFacts()
        facts.decodable = decodable
        facts.width = Known(stream.size?.width, else: Facts.notInHeader)
        facts.height = Known(stream.size?.height, else: Facts.notInHeader)
        facts.orientation = .unknown("the picture was not decoded")
        facts.colorProfile = .unknown(notFromDemuxer)
        guard let format = stream.pixelFormat else { return facts }
        facts.alpha = format.isPalette ? .unknown("the palette was not read") : .known(format.hasAlpha)
        facts.bitDepth = .known(format.bitDepth)
        facts.colorModel = Known(colorModel(format, codec: stream.codec), else: "\(format) stands for several")
        return facts
    }

    private static func colorModel(_ format: PixelFormat, codec: String) -> String? {
        if format.isPalette || codec == "gif" { return "palette" }
        // The JPEG decoder gives CMYK as RGB.
        if format.isRGB { return codec == "mjpeg" ? nil : "rgb" }
        return format.components - (format.hasAlpha ? 1 : 0) < 3 ? "gray" : "ycbcr"
    }

    private static func codec(_ stream: StreamInfo) -> Known<String> {
        stream.codec == "none" || stream.codec == "unknown_codec"
            ? .unknown("the library does not know it") : .known(stream.codec)
    }

    /// The last extension of a name, lower case, without its dot.
    private static func fileExtension(of name: String) -> String {
        let base = name.split(separator: "/").last ?? ""
        guard let dot = base.lastIndex(of: "."), dot != base.startIndex else { return "" }
        return base[base.index(after: dot)...].lowercased()
    }
}
