internal import ReelModel

/// What the blocks of the main sound stream showed, as JSON.
struct SoundJSON {
    /// Path and reason of each unknown, in the order of the fields.
    private(set) var unknown: [JSON.Member] = []

    /// - Parameter place: below what the sound and its loudness stand: `measured`, or one of its other sounds.
    mutating func sound(_ sound: SoundMeasurements, at place: String = "measured") -> JSON {
        let path = "\(place).sound"
        return .object([
            .init("stream", JSON(sound.stream)), .init("rate", JSON(sound.rate)),
            number("level", path, sound.level),
            .init(
                "channels",
                .array(sound.channels.enumerated().map { channel($1, "\(path).channels[\($0)]") })),
            .init(
                "silences",
                .array(
                    sound.silences.enumerated().map { place, silence in
                        let path = "\(path).silences[\(place)]"
                        return .object([
                            .init("span", JSON(silence.span)), number("before", path, silence.before),
                            number("after", path, silence.after),
                        ])
                    })),
            .init(
                "clipped",
                .array(
                    sound.clipped.map {
                        ["span": JSON($0.span), "runs": JSON($0.runs), "samples": JSON($0.samples)]
                    })),
            .init("clippedCount", JSON(sound.clippedCount)),
            .init("stereo", sound.stereo.map { stereo($0, path + ".stereo") } ?? .null),
            .init("steps", .array(sound.steps.map { ["time": JSON($0.time), "change": JSON($0.change)] })),
            .init("stepCount", JSON(sound.stepCount)),
        ])
    }

    mutating func loudness(_ loudness: Loudness, at place: String = "measured") -> JSON {
        let path = "\(place).loudness"
        return .object([
            number("integrated", path, loudness.integrated), number("range", path, loudness.range),
            number("momentaryMax", path, loudness.momentaryMaximum),
            number("shortTermMax", path, loudness.shortTermMaximum),
            number("truePeak", path, loudness.truePeak), number("truePeakTime", path, loudness.truePeakTime),
            number("samplePeak", path, loudness.samplePeak),
        ])
    }

    private mutating func channel(_ channel: ChannelMeasurements, _ path: String) -> JSON {
        .object([
            .init("name", .string(channel.name)), number("peak", path, channel.peak),
            number("level", path, channel.level), .init("offset", JSON(channel.offset)),
            .init("silence", .array(channel.silence.map { JSON($0) })),
        ])
    }

    private mutating func stereo(_ stereo: StereoMeasurements, _ path: String) -> JSON {
        .object([
            number("correlation", path, stereo.correlation), .init("difference", JSON(stereo.difference)),
            .init("inverted", .array(stereo.inverted.map { JSON($0) })),
        ])
    }

    private mutating func number(_ name: String, _ path: String, _ value: Known<Double>) -> JSON.Member {
        switch value {
        case .known(let value): return .init(name, JSON(value))
        case .unknown(let why):
            unknown.append(.init("\(path).\(name)", .string(why)))
            return .init(name, .null)
        }
    }
}
