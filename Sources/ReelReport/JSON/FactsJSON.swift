internal import ReelModel

/// A file's facts as JSON: what is not known is `null`, and `unknown` maps its path to the reason.
struct FactsJSON {
    /// Path and reason of each unknown, in the order of the fields.
    private var unknown: [JSON.Member] = []

    static func json(_ facts: Facts) -> JSON {
        var writer = FactsJSON()
        var members = writer.whole(facts)
        members.append(.init("video", writer.list(facts.video, "video") { $0.video($1, $2) }))
        members.append(.init("audio", writer.list(facts.audio, "audio") { $0.audio($1, $2) }))
        members.append(.init("others", writer.list(facts.others, "others") { $0.other($1, $2) }))
        members.append(.init("image", facts.image.map { writer.image($0) } ?? .null))
        members.append(.init("packets", facts.packets.map { .array($0.map { writer.packets($0) }) } ?? .null))
        members.append(.init("measured", facts.measured.map { writer.measured($0) } ?? .null))
        members.append(.init("inspectionFailure", facts.inspectionFailure.map(failure) ?? .null))
        members.append(.init("unknown", .object(writer.unknown)))
        return .object(members)
    }

    private mutating func whole(_ facts: Facts) -> [JSON.Member] {
        [
            .init("depth", .string(facts.depth.rawValue)),
            .init("bytes", JSON(facts.bytes)),
            field("container", "", facts.type) { .string($0.id) },
            .init("extension", .string(facts.fileExtension)),
            field("duration", "", facts.duration) { JSON($0) },
            field("bitRate", "", facts.bitRate) { JSON($0) },
            field("fastStart", "", facts.fastStart) { .bool($0) },
            field("fragmented", "", facts.fragmented) { .bool($0) },
            field("editLists", "", facts.editLists) { .string($0.rawValue) },
            field("encrypted", "", facts.encrypted) { .bool($0) },
            field("missingBytes", "", facts.missingBytes) { JSON($0) },
            field("structureFaults", "", facts.structureFaults) { .array($0.map(Self.fault)) },
            field("otherTypes", "", facts.otherTypes) { .array($0.map { .string($0.id) }) },
            field("metadata", "", facts.metadata) { .array($0.map(Self.entry)) },
        ]
    }

    private mutating func video(_ video: VideoFacts, _ path: String) -> JSON {
        .object([
            .init("index", JSON(video.index)),
            field("codec", path, video.codec) { .string($0) },
            field("profile", path, video.profile) { .string($0) },
            field("level", path, video.level) { .string($0) },
            field("width", path, video.width) { JSON($0) },
            field("height", path, video.height) { JSON($0) },
            field("displayWidth", path, video.displaySize) { JSON($0.width) },
            field("displayHeight", path, video.displaySize) { JSON($0.height) },
            field("rotation", path, video.rotation) { JSON($0) },
            field("sampleAspectRatio", path, video.sampleAspectRatio, ratio),
            field("pixelFormat", path, video.pixelFormat) { .string($0) },
            field("bitDepth", path, video.bitDepth) { JSON($0) },
            field("frameRate", path, video.frameRate, ratio),
            field("variableFrameRate", path, video.variableFrameRate) { .bool($0) },
            field("start", path, video.start) { JSON($0) },
            field("duration", path, video.duration) { JSON($0) },
            field("frames", path, video.frames) { JSON($0) },
            field("bitRate", path, video.bitRate) { JSON($0) },
            field("scan", path, video.scan) { .string($0) },
            field("fieldOrder", path, video.fieldOrder) { .string($0) },
            field("referenceFrames", path, video.referenceFrames) { JSON($0) },
            field("reorderFrames", path, video.reorderFrames) { JSON($0) },
            field("decodable", path, video.decodable) { .bool($0) },
            .init("color", color(video.color, path + ".color")),
            .init("attachedPicture", .bool(video.attachedPicture)),
        ])
    }

    private mutating func color(_ color: ColorFacts, _ path: String) -> JSON {
        .object([
            field("primaries", path, color.primaries) { .string($0) },
            field("transfer", path, color.transfer) { .string($0) },
            field("matrix", path, color.matrix) { .string($0) },
            field("range", path, color.range) { .string($0) },
            field("dynamicRange", path, color.dynamicRange) { .string($0.rawValue) },
            field("masteringLuminance", path, color.masteringLuminance) {
                ["min": JSON($0.minimum), "max": JSON($0.maximum)]
            },
            field("contentLight", path, color.contentLight) {
                ["max": JSON($0.maximum), "maxFrameAverage": JSON($0.maximumFrameAverage)]
            },
            .init("dolbyVision", color.dolbyVision.map(Self.dolbyVision) ?? .null),
        ])
    }

    private mutating func audio(_ audio: AudioFacts, _ path: String) -> JSON {
        .object([
            .init("index", JSON(audio.index)),
            field("codec", path, audio.codec) { .string($0) },
            field("profile", path, audio.profile) { .string($0) },
            field("sampleRate", path, audio.sampleRate) { JSON($0) },
            field("channels", path, audio.channels) { JSON($0) },
            field("channelLayout", path, audio.channelLayout) { .string($0) },
            field("bitRate", path, audio.bitRate) { JSON($0) },
            field("start", path, audio.start) { JSON($0) },
            field("duration", path, audio.duration) { JSON($0) },
            field("decodable", path, audio.decodable) { .bool($0) },
        ])
    }

    private mutating func other(_ other: OtherStreamFacts, _ path: String) -> JSON {
        .object([
            .init("index", JSON(other.index)), .init("kind", .string(other.kind)),
            field("codec", path, other.codec) { .string($0) },
        ])
    }

    private mutating func image(_ image: ImageFacts) -> JSON {
        let path = "image"
        return .object([
            field("width", path, image.width) { JSON($0) },
            field("height", path, image.height) { JSON($0) },
            field("displayWidth", path, image.displaySize) { JSON($0.width) },
            field("displayHeight", path, image.displaySize) { JSON($0.height) },
            field("orientation", path, image.orientation) { JSON($0) },
            field("frames", path, image.frames) { JSON($0) },
            field("duration", path, image.duration) { JSON($0) },
            field("loops", path, image.loops) { JSON($0) },
            field("alpha", path, image.alpha) { .bool($0) },
            field("colorModel", path, image.colorModel) { .string($0) },
            field("bitDepth", path, image.bitDepth) { JSON($0) },
            field("colorProfile", path, image.colorProfile) { .bool($0) },
            .init("color", color(image.color, path + ".color")),
            field("furtherPictures", path, image.furtherPictures) { JSON($0) },
            field("coding", path, image.coding) { .string($0) },
            field("gainMap", path, image.gainMap) { .bool($0) },
            field("decodable", path, image.decodable) { .bool($0) },
        ])
    }

    private mutating func packets(_ packets: PacketFacts) -> JSON {
        let path = "packets[\(packets.index)]"
        return .object([
            .init("index", JSON(packets.index)), .init("packets", JSON(packets.packets)),
            .init("bytes", JSON(packets.bytes)), .init("span", packets.span.map { JSON($0) } ?? .null),
            .init("gaps", .array(packets.gaps.map { JSON($0) })), .init("gapCount", JSON(packets.gapCount)),
            .init("overlaps", .array(packets.overlaps.map { JSON($0) })),
            .init("overlapCount", JSON(packets.overlapCount)),
            .init("nonMonotonic", .array(packets.nonMonotonic.map { JSON($0) })),
            .init("nonMonotonicCount", JSON(packets.nonMonotonicCount)),
            field("peakBitRate", path, packets.peakBitRate) { JSON($0) },
            field("frameRates", path, packets.frameRates) {
                ["min": JSON($0.minimum), "average": JSON($0.average), "max": JSON($0.maximum)]
            },
            .init("keyFrames", JSON(packets.keyFrames)),
            field("keyFrameIntervals", path, packets.keyFrameIntervals) {
                ["shortest": JSON($0.shortest), "mean": JSON($0.mean), "longest": JSON($0.longest)]
            },
            field("closedGroups", path, packets.closedGroups) { .bool($0) },
            field("startsWithKeyFrame", path, packets.startsWithKeyFrame) { .bool($0) },
            field("parameterSetsPresent", path, packets.parameterSetsPresent) { .bool($0) },
            field("pictures", path, packets.pictures) {
                [
                    "intra": JSON($0.intra), "predicted": JSON($0.predicted), "bidirectional": JSON($0.bidirectional),
                    "fields": JSON($0.fields), "arithmetic": .bool($0.arithmetic),
                ]
            },
        ])
    }

    private static func fault(_ fault: StructureFault) -> JSON {
        [
            "kind": .string(fault.kind.rawValue), "offset": fault.offset.map { JSON($0) } ?? .null,
            "bytes": fault.bytes.map { JSON($0) } ?? .null, "stream": fault.stream.map { JSON($0) } ?? .null,
            "time": fault.time.map { JSON($0) } ?? .null, "detail": .string(fault.detail),
        ]
    }

    private static func entry(_ entry: MetadataEntry) -> JSON {
        ["kind": .string(entry.kind.rawValue), "key": .string(entry.key), "value": .string(entry.value)]
    }

    private static func dolbyVision(_ vision: DolbyVision) -> JSON {
        [
            "profile": JSON(vision.profile), "level": JSON(vision.level), "compatibility": JSON(vision.compatibility),
        ]
    }

    private static func failure(_ failure: InspectionFailure) -> JSON {
        [
            "kind": .string(failure.kind.rawValue), "depth": .string(failure.depth.rawValue),
            "message": .string(failure.message),
        ]
    }

    private mutating func measured(_ measured: Measured) -> JSON {
        var picture = PictureJSON()
        var sound = SoundJSON()
        let json: JSON = [
            "sample": measured.sample.map(Self.sample) ?? .null,
            "streams": .array(measured.streams.map(Self.stream)),
            "faults": .array(
                measured.faults.map {
                    [
                        "stream": $0.stream.map { JSON($0) } ?? .null, "time": $0.time.map { JSON($0) } ?? .null,
                        "message": .string($0.message),
                    ]
                }),
            "faultCount": JSON(measured.faultCount),
            "black": .array(measured.black.map { JSON($0) }),
            "silence": .array(measured.silence.map { JSON($0) }),
            "picture": measured.picture.map { picture.json($0) } ?? .null,
            "loudness": measured.sound.map { sound.loudness($0.loudness) } ?? .null,
            "sound": measured.sound.map { sound.sound($0) } ?? .null,
            "otherSounds": .array(
                measured.otherSounds.enumerated().map { place, other in
                    let path = "measured.otherSounds[\(place)]"
                    return [
                        "loudness": sound.loudness(other.loudness, at: path), "sound": sound.sound(other, at: path),
                    ]
                }),
        ]
        let (told, reasons) = LeftOutJSON.applied(
            measured.leftOut, isSample: measured.sample != nil, to: json, picture.unknown + sound.unknown)
        unknown += reasons
        return told
    }

    private static func sample(_ sample: Sample) -> JSON {
        [
            "share": JSON(sample.share), "seconds": JSON(sample.seconds), "of": JSON(sample.of),
            "spans": .array(sample.spans.map { JSON($0) }), "keyFrames": .array(sample.keyFrames.map { JSON($0) }),
        ]
    }

    private static func stream(_ stream: MeasuredStream) -> JSON {
        [
            "index": JSON(stream.index), "packets": JSON(stream.packets), "frames": JSON(stream.frames),
            "samples": JSON(stream.samples), "span": stream.span.map { JSON($0) } ?? .null,
            "sizes": .array(stream.sizes.map { JSON($0) }),
        ]
    }

    private let ratio: (Rational) -> JSON = { ["num": JSON($0.numerator), "den": JSON($0.denominator)] }

    // MARK: Unknowns

    private mutating func field<Value>(
        _ name: String, _ path: String, _ value: Known<Value>, _ write: (Value) -> JSON
    ) -> JSON.Member {
        switch value {
        case .known(let value): return .init(name, write(value))
        case .unknown(let why):
            unknown.append(.init(path.isEmpty ? name : "\(path).\(name)", .string(why)))
            return .init(name, .null)
        }
    }

    private mutating func list<Value>(
        _ streams: Known<[Value]>, _ path: String, _ write: (inout FactsJSON, Value, String) -> JSON
    ) -> JSON {
        switch streams {
        case .known(let streams):
            var written: [JSON] = []
            for (place, stream) in streams.enumerated() { written.append(write(&self, stream, "\(path)[\(place)]")) }
            return .array(written)
        case .unknown(let why):
            unknown.append(.init(path, .string(why)))
            return .null
        }
    }
}
