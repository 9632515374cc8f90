import ReelModel

/// What every fact keeps to, however made the file is: a value that is known is a possible one, and lists end.
struct Sanity {
    private var complaints: [String] = []

    /// - Parameter count: the file's length.
    static func complaint(about facts: Facts, of count: Int) -> String? {
        var sanity = Sanity()
        sanity.look(at: facts, count)
        return sanity.complaints.first
    }

    private mutating func look(at facts: Facts, _ count: Int) {
        expect("bytes", facts.bytes == Int64(count))
        short("type", facts.type)
        time("duration", facts.duration)
        notNegative("bitRate", facts.bitRate)
        notNegative("missingBytes", facts.missingBytes)
        for video in facts.video.value ?? [] { look(at: video) }
        for audio in facts.audio.value ?? [] { look(at: audio) }
        for other in facts.others.value ?? [] { short("others.codec", other.codec) }
        if let image = facts.image { look(at: image) }
        let streams =
            (facts.video.value ?? []).map(\.index) + (facts.audio.value ?? []).map(\.index)
            + (facts.others.value ?? []).map(\.index)
        expect("\(streams.count) streams", streams.count <= 1200)
        expect("an index twice among the streams", Set(streams).count == streams.count)
        let faults = facts.structureFaults.value ?? []
        expect("\(faults.count) faults", faults.count <= StructureFault.limit)
        for fault in faults {
            expect("a fault's place", (fault.offset ?? 0) >= 0 && (fault.bytes ?? 0) >= 0)
            expect("a fault's time", (fault.time ?? 0).isFinite)
            expect("a fault's words", !fault.detail.isEmpty && fault.detail.utf8.count <= 400)
        }
        let metadata = facts.metadata.value ?? []
        expect("\(metadata.count) entries of metadata", metadata.count <= Facts.metadataLimit)
        for entry in metadata {
            expect(
                "an entry of metadata", entry.key.unicodeScalars.count <= 200 && entry.value.unicodeScalars.count <= 200
            )
        }
        expect("other types", (facts.otherTypes.value ?? []).count < FileType.all.count)
    }

    private mutating func look(at video: VideoFacts) {
        for (name, text) in [("codec", video.codec), ("profile", video.profile), ("level", video.level)] {
            short("video.\(name)", text)
        }
        side("video.width", video.width)
        side("video.height", video.height)
        expect("video.rotation", [nil, 0, 90, 180, 270].contains(video.rotation.value))
        ratio("video.sampleAspectRatio", video.sampleAspectRatio)
        ratio("video.frameRate", video.frameRate)
        time("video.start", video.start, orNegative: true)
        time("video.duration", video.duration)
        notNegative("video.frames", video.frames)
        notNegative("video.bitRate", video.bitRate)
        notNegative("video.referenceFrames", video.referenceFrames)
        notNegative("video.reorderFrames", video.reorderFrames)
        expect("video.bitDepth", (1...64).contains(video.bitDepth.value ?? 8))
        if let light = video.color.masteringLuminance.value {
            expect("video.color.masteringLuminance", light.minimum.isFinite && light.maximum.isFinite)
        }
        _ = video.displaySize
    }

    private mutating func look(at audio: AudioFacts) {
        short("audio.codec", audio.codec)
        short("audio.profile", audio.profile)
        notNegative("audio.sampleRate", audio.sampleRate)
        notNegative("audio.channels", audio.channels)
        notNegative("audio.bitRate", audio.bitRate)
        time("audio.start", audio.start, orNegative: true)
        time("audio.duration", audio.duration)
    }

    private mutating func look(at image: ImageFacts) {
        side("image.width", image.width)
        side("image.height", image.height)
        expect("image.orientation", (1...8).contains(image.orientation.value ?? 1))
        notNegative("image.frames", image.frames)
        notNegative("image.loops", image.loops)
        notNegative("image.furtherPictures", image.furtherPictures)
        time("image.duration", image.duration)
        expect("image.bitDepth", (1...64).contains(image.bitDepth.value ?? 8))
        _ = image.displaySize
    }

    // MARK: What is possible

    private mutating func expect(_ what: String, _ holds: Bool) {
        if !holds { complaints.append("\(what) is not possible") }
    }

    private mutating func time(_ name: String, _ value: Known<Double>, orNegative: Bool = false) {
        guard let value = value.value else { return }
        expect("\(name) \(value)", value.isFinite && (orNegative || value >= 0))
    }

    private mutating func notNegative(_ name: String, _ value: Known<some BinaryInteger>) {
        if let value = value.value { expect("\(name) \(value)", value >= 0) }
    }

    /// The sides of pictures are numbers of 32 bits in every format.
    private mutating func side(_ name: String, _ value: Known<Int>) {
        if let value = value.value { expect("\(name) \(value)", (0...Int(UInt32.max)).contains(value)) }
    }

    private mutating func ratio(_ name: String, _ value: Known<Rational>) {
        if let value = value.value { expect("\(name) \(value)", value.numerator >= 0 && value.denominator > 0) }
    }

    private mutating func short(_ name: String, _ value: Known<some CustomStringConvertible>) {
        let words = value.value?.description ?? value.reason ?? ""
        expect("\(name) of \(words.utf8.count) bytes", words.utf8.count <= 400)
    }
}
