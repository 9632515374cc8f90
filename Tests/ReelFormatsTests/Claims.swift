import ReelModel

/// What somebody says of a file, field by field, so that two accounts can be laid side by side.
struct Claims {
    var texts: [String: String] = [:]
    /// With how far apart two accounts may be.
    var numbers: [String: (value: Double, within: Double)] = [:]

    mutating func say(_ field: String, _ text: String?) {
        if let text, !text.isEmpty { texts[field] = text }
    }

    mutating func say(_ field: String, _ number: Double?, within: Double = 0.000_5) {
        if let number { numbers[field] = (number, within) }
    }

    /// The fields on which both speak and differ, with what each says.
    func disagreements(with other: Claims) -> [(field: String, words: String)] {
        let texts = texts.compactMap { field, text -> (field: String, words: String)? in
            guard let told = other.texts[field], told != text else { return nil }
            return (field, "\(field): ours \(text), theirs \(told)")
        }
        let numbers = numbers.compactMap { field, number -> (field: String, words: String)? in
            guard let told = other.numbers[field]?.value, abs(told - number.value) > number.within else { return nil }
            return (field, "\(field): ours \(number.value), theirs \(told)")
        }
        return (texts + numbers).sorted { $0.field < $1.field }
    }

    func shared(with other: Claims) -> Int {
        texts.keys.filter { other.texts[$0] != nil }.count + numbers.keys.filter { other.numbers[$0] != nil }.count
    }
}

extension Claims {
    init(_ facts: Facts) {
        say("duration", facts.duration.value, within: 0.045)
        say("bitRate", facts.bitRate.value.map { Double($0) }, within: 0.05 * Double(facts.bitRate.value ?? 0))
        for video in facts.video.value ?? [] { say(video) }
        for audio in facts.audio.value ?? [] { say(audio) }
        guard let image = facts.image else { return }
        say("0.width", image.width.value.map { Double($0) })
        say("0.height", image.height.value.map { Double($0) })
        say("image.orientation", image.orientation.value.map { Double($0) })
        say("image.frames", image.frames.value.map { Double($0) })
        say("image.bitDepth", image.bitDepth.value.map { Double($0) })
    }

    private mutating func say(_ video: VideoFacts) {
        let stream = "\(video.index)."
        say(stream + "codec", video.codec.value)
        say(stream + "profile", video.profile.value)
        say(stream + "level", video.level.value.flatMap { Double($0) })
        say(stream + "width", video.width.value.map { Double($0) })
        say(stream + "height", video.height.value.map { Double($0) })
        say(stream + "pixelFormat", video.pixelFormat.value)
        say(stream + "bitDepth", video.bitDepth.value.map { Double($0) })
        say(stream + "rotation", video.rotation.value.map { Double($0) })
        say(stream + "frameRate", video.frameRate.value?.doubleValue, within: 0.001)
        say(stream + "frames", video.frames.value.map { Double($0) })
        say(stream + "scan", video.scan.value)
        let frame = video.frameRate.value.map { 1 / $0.doubleValue } ?? 0.04
        say(stream + "duration", video.duration.value, within: frame + 0.001)
        say(stream + "bitRate", video.bitRate.value.map { Double($0) }, within: 0.1 * Double(video.bitRate.value ?? 0))
        if let ratio = video.sampleAspectRatio.value {
            say(stream + "sampleAspectRatio", "\(ratio.numerator):\(ratio.denominator)")
        }
        say(stream + "primaries", video.color.primaries.value)
        say(stream + "transfer", video.color.transfer.value)
        say(stream + "matrix", video.color.matrix.value)
        say(stream + "range", video.color.range.value)
    }

    private mutating func say(_ audio: AudioFacts) {
        let stream = "\(audio.index)."
        say(stream + "codec", audio.codec.value)
        say(stream + "profile", audio.profile.value)
        say(stream + "sampleRate", audio.sampleRate.value.map { Double($0) })
        say(stream + "channels", audio.channels.value.map { Double($0) })
        say(stream + "channelLayout", audio.channelLayout.value)
        say(stream + "duration", audio.duration.value, within: 0.027)
        say(stream + "bitRate", audio.bitRate.value.map { Double($0) }, within: 0.1 * Double(audio.bitRate.value ?? 0))
    }
}
