internal import ReelModel

/// From tracks to facts. A stream's index is its track's place, as FFmpeg counts.
extension Movie {
    /// - Parameter fileFaults: what the boxes around the index contradict.
    func describe(in facts: inout Facts, beside fileFaults: [StructureFault]) {
        var faults = fileFaults + self.faults
        if isCompressed {
            facts.noteCompressedIndex()
            return
        }
        var video: [VideoFacts] = []
        var audio: [AudioFacts] = []
        var others: [OtherStreamFacts] = []
        var kinds: [EditLists] = []
        var ends: [Double] = []
        var lengthsKnown = true
        var index = 0
        var covers = covers[...]
        let chapters = Set(tracks.flatMap(\.chapters))

        func addCovers(before track: Int) {
            while let cover = covers.first, cover.afterTracks <= track {
                var picture = VideoFacts(index: index, codec: cover.codec)
                picture.attachedPicture = true
                video.append(picture)
                covers = covers.dropFirst()
                index += 1
            }
        }

        for (place, track) in tracks.enumerated() {
            addCovers(before: place)
            faults += track.allFaults(
                stream: index, movieTimescale: timescale, mayHaveFragments: hasExtension || track.fragments.samples > 0)
            switch track.handler {
            case "vide":
                var facts = track.video(index: index, movieTimescale: timescale)
                // Pictures of the chapters are no film.
                facts.attachedPicture = chapters.contains(track.id)
                video.append(facts)
                kinds.append(track.editKind(movieTimescale: timescale))
            case "soun":
                audio.append(track.audio(index: index, movieTimescale: timescale))
                kinds.append(track.editKind(movieTimescale: timescale))
            default: others.append(track.other(index: index))
            }
            if track.handler == "soun" || (track.handler == "vide" && !chapters.contains(track.id)) {
                if let end = track.presentation(movieTimescale: timescale)?.end {
                    ends.append(end)
                } else {
                    lengthsKnown = false
                }
            }
            index += 1
        }
        addCovers(before: tracks.count)

        facts.video = .known(video)
        facts.audio = .known(audio)
        facts.others = .known(others)
        if let fault = lengthFault { faults.append(fault) }
        if lengthsKnown, let fault = lackedFragments(ending: ends.max() ?? 0, fileEnd: facts.bytes) {
            faults.append(fault)
        }
        facts.structureFaults = .known(Array(faults.prefix(StructureFault.limit)))
        if tracks.contains(where: { $0.entry?.isProtected == true || $0.fragments.isEncrypted }) {
            facts.encrypted = .known(true)
        } else {
            facts.encrypted =
                hasKeys ? .unknown("it holds keys (pssh), and no track says that it is encrypted") : .known(false)
        }
        facts.editLists = .known(
            kinds.contains(.significant) ? .significant : kinds.contains(.trivial) ? .trivial : .none)
        facts.duration = Known(
            lengthsKnown ? ends.max() : nil, else: ends.isEmpty ? "no track has a length" : "a track has no length")
        facts.setBitRate()
    }
}

extension Movie {
    /// Tracks that tell where the camera was, all along: GoPro's telemetry and Google's camera motion.
    var telemetry: [MetadataEntry] {
        tracks.compactMap { track in
            guard let format = track.entry?.format, ["gpmd", "camm"].contains(format), track.samples > 0 else {
                return nil
            }
            return MetadataEntry(.place, key: format, value: "a track of telemetry, which may hold positions")
        }
    }
}

extension Facts {
    /// What an index that has to be unpacked first does not tell.
    fileprivate mutating func noteCompressedIndex() {
        let why = "the index is compressed"
        duration = .unknown(why)
        fragmented = .unknown(why)
        editLists = .unknown(why)
        encrypted = .unknown(why)
        structureFaults = .unknown(why)
        (video, audio, others) = (.unknown(why), .unknown(why), .unknown(why))
    }

    /// The whole file's bit rate, from its length and duration.
    mutating func setBitRate() {
        bitRate = duration.flatMap { seconds in
            seconds > 0.000_001
                ? .known(Int64(Double(bytes) * 8 / seconds)) : .unknown("the file has no duration to divide by")
        }
    }
}

extension Track {
    /// Seconds: where the track starts and ends in the presentation.
    func presentation(movieTimescale: Int) -> (start: Double, end: Double)? {
        guard let media = mediaSeconds, !lengthsDiffer else { return nil }
        let start = edits.delay(movieTimescale: movieTimescale)
        let shown = edits.shown(
            of: media, shift: compositionShift, timescale: timescale, movieTimescale: movieTimescale)
        return (start, start + shown)
    }

    /// Whether tables that contradict themselves also add up to another length than the track states: then neither is
    /// to be believed.
    private var lengthsDiffer: Bool {
        guard tables.doubt != nil, let stated = mediaDuration, timescale > 0 else { return false }
        return abs(Double(stated) - Double(tables.duration)) > 0.01 * Double(stated) + Double(timescale) / 10
    }

    /// Seconds by which the first sample is shown later than it is decoded; edits count in times of showing.
    private var compositionShift: Double {
        timescale > 0 ? max(Double(tables.firstCompositionOffset) / Double(timescale), 0) : 0
    }

    /// Samples in the tables and in fragments, and how long each is.
    fileprivate var samples: Int64 { tables.samples.saturatingAdd(fragments.samples) }
    private var timing: SampleTiming { tables.timing.samples > 0 ? tables.timing : fragments.timing }

    private var lengthsUnknown: String {
        timescale == 0
            ? "the track's clock has zero ticks a second"
            : lengthsDiffer ? "the track's tables and its stated length differ" : "the track states no length"
    }

    func editKind(movieTimescale: Int) -> EditLists {
        guard timescale > 0, let media = mediaSeconds else { return edits.edits.isEmpty ? .none : .significant }
        let frame = samples > 0 ? media / Double(samples) : 0
        return edits.kind(
            media: media, timescale: timescale, movieTimescale: movieTimescale, isSound: handler == "soun",
            firstOffset: fragments.samples > 0 ? .infinity : compositionShift,
            frame: frame)
    }

    /// Bits per second of the samples, over the media's own length.
    private var bitRate: Known<Int64> {
        let bytes = tables.bytes.saturatingAdd(fragments.bytes)
        guard let seconds = mediaSeconds, seconds > 0.000_001, bytes > 0 else {
            return Known(entry?.statedBitRate, else: Facts.notInHeader)
        }
        let rate = Double(bytes) * 8 / seconds
        return rate < 1e15 ? .known(Int64(rate)) : .unknown("the sample sizes are absurd")
    }

    func video(index: Int, movieTimescale: Int) -> VideoFacts {
        var video = VideoFacts(index: index, codec: entry?.codec ?? .unknown("the track has no sample description"))
        entry?.picture.apply(to: &video)
        video.rotation = matrix.rotation
        video.frames = tables.doubt.map { .unknown($0) } ?? .known(Int(samples))
        video.bitRate = bitRate
        if let shown = presentation(movieTimescale: movieTimescale) {
            video.start = .known(shown.start)
            video.duration = .known(shown.end - shown.start)
        } else {
            video.duration = .unknown(lengthsUnknown)
        }
        let ticks = timing
        if let doubt = tables.doubt {
            video.frameRate = .unknown(doubt)
            video.variableFrameRate = .unknown(doubt)
        } else if let each = ticks.constant, timescale > 0 {
            video.variableFrameRate = .known(false)
            video.frameRate = Known(
                each.exact
                    ? Rational(Int64(timescale), each.ticks)
                    : Rational(ticks.samples.saturatingMultiply(Int64(timescale)), ticks.duration),
                else: "the track's times make no rate")
        } else if ticks.samples > 1, ticks.duration > 0, timescale > 0 {
            video.variableFrameRate = .known(true)
            video.frameRate = Known(
                Rational(ticks.samples.saturatingMultiply(Int64(timescale)), ticks.duration),
                else: "the track's times make no rate")
        }
        return video
    }

    func audio(index: Int, movieTimescale: Int) -> AudioFacts {
        var audio = AudioFacts(index: index, codec: entry?.codec ?? .unknown("the track has no sample description"))
        if let entry {
            audio.profile = entry.profile
            audio.sampleRate = entry.sampleRate
            audio.channels = entry.channels
            audio.channelLayout = entry.channelLayout
        }
        audio.bitRate = bitRate
        if let shown = presentation(movieTimescale: movieTimescale) {
            audio.start = .known(shown.start)
            audio.duration = .known(shown.end - shown.start)
        } else {
            audio.duration = .unknown(lengthsUnknown)
        }
        return audio
    }

    func other(index: Int) -> OtherStreamFacts {
        let kind =
            switch handler {
            case "text", "sbtl", "subt", "subp", "clcp": "subtitle"
            case "tmcd": "timecode"
            default: "data"
            }
        return OtherStreamFacts(index: index, kind: kind, codec: entry?.codec ?? .unknown("it states no coding"))
    }
}
