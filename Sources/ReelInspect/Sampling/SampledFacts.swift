internal import ReelMedia
internal import ReelModel

/// What the parts of a sample have in common.
struct SampledFacts {
    private let main: StreamInfo
    private var streams: [MeasuredStream]
    private var joined: Measured
    private var sample = Sample(spans: [], keyFrames: [], of: 0)
    private var sounds: [SoundMeasurements] = []
    private var flashes: Known<[FlashSpan]>?

    init(_ streams: [StreamInfo], main: StreamInfo, leftOut: Set<Analysis>) {
        self.main = main
        self.streams = streams.map {
            MeasuredStream(index: $0.index, packets: 0, frames: 0, samples: 0, span: nil, sizes: [])
        }
        joined = Measured()
        joined.leftOut = leftOut
        if main.kind == .video { joined.picture = PictureMeasurements(stream: main.index, frames: 0) }
    }

    mutating func add(_ piece: SampledPiece) {
        let found = piece.measured
        addStreams(piece)
        if piece.isAlone {
            if let shown = piece.tallies[main.index]?.decodedSpan { sample.keyFrames.append(shown.start) }
        } else if let span = piece.tallies[main.index]?.decodedSpan {
            sample.spans.append(span)
        }
        joined.faultCount += found.faultCount
        joined.faults += found.faults
        joined.black += found.black
        if let picture = found.picture { add(picture, of: piece) }
        for sound in found.otherSounds { add(sound) }
    }

    private mutating func addStreams(_ piece: SampledPiece) {
        for place in streams.indices {
            guard let tally = piece.tallies[streams[place].index] else { continue }
            let measured = tally.measured
            streams[place].packets += measured.packets
            streams[place].frames += measured.frames
            streams[place].samples += measured.samples
            streams[place].sizes += measured.sizes.filter { !streams[place].sizes.contains($0) }
            guard let span = measured.span else { continue }
            let before = streams[place].span
            streams[place].span = TimeRange(
                start: min(before?.start ?? span.start, span.start), end: max(before?.end ?? span.end, span.end))
        }
    }

    private mutating func add(_ picture: PictureMeasurements, of piece: SampledPiece) {
        joined.picture?.frames += picture.frames
        joined.picture?.singleColor += picture.singleColor
        joined.picture?.garbage += picture.garbage
        if picture.frames > 0 { add(picture.flashes) }
        guard !piece.isAlone else { return }
        joined.picture?.cuts += picture.cuts
        joined.picture?.cutCount += picture.cutCount
        joined.picture?.strays += picture.strays
        if piece.part.target == 0 { joined.picture?.emptyStart = picture.emptyStart }
        if piece.part.end == nil { joined.picture?.emptyEnd = picture.emptyEnd }
    }

    private mutating func add(_ more: Known<[FlashSpan]>) {
        switch (flashes, more) {
        case (.known(let spans)?, .known(let others)): flashes = .known(spans + others)
        case (.unknown?, _): break
        case (_, .unknown), (nil, _): flashes = more
        }
    }

    private mutating func add(_ sound: SoundMeasurements) {
        guard let place = sounds.firstIndex(where: { $0.stream == sound.stream }) else {
            sounds.append(sound)
            return
        }
        sounds[place].clipped += sound.clipped
        sounds[place].clippedCount += sound.clippedCount
        let (old, new) = (sounds[place].loudness, sound.loudness)
        if let peak = new.truePeak.value, peak > old.truePeak.value ?? -.infinity {
            sounds[place].loudness.truePeak = new.truePeak
            sounds[place].loudness.truePeakTime = new.truePeakTime
        }
        if let peak = new.samplePeak.value, peak > old.samplePeak.value ?? -.infinity {
            sounds[place].loudness.samplePeak = new.samplePeak
        }
    }

    /// - Parameter duration: seconds of the whole film, as its headers say.
    func measured(of duration: Double) -> Measured {
        var measured = joined
        measured.streams = streams
        measured.faults = Array(
            joined.faults.sorted { ($0.time ?? .infinity, $0.stream ?? -1) < ($1.time ?? .infinity, $1.stream ?? -1) }
                .prefix(Measured.faultLimit))
        measured.black.sort { $0.start < $1.start }
        if var picture = joined.picture {
            picture.singleColor = Self.first(picture.singleColor, by: \.span.start)
            picture.garbage = Self.first(picture.garbage, by: \.span.start)
            picture.strays = Self.first(picture.strays, by: \.start)
            picture.cuts = Array(picture.cuts.prefix(PictureMeasurements.limit))
            if let flashes { picture.flashes = flashes.map { Self.first($0, by: \.span.start) } }
            measured.picture = picture
        }
        let ordered = sounds.sorted { $0.stream < $1.stream }
        measured.sound = ordered.first
        measured.otherSounds = Array(ordered.dropFirst())
        var sample = sample
        sample.spans.sort { $0.start < $1.start }
        sample.keyFrames.sort()
        sample.of = duration
        measured.sample = sample
        return measured
    }

    private static func first<Span>(_ spans: [Span], by start: KeyPath<Span, Double>) -> [Span] {
        Array(spans.sorted { $0[keyPath: start] < $1[keyPath: start] }.prefix(PictureMeasurements.limit))
    }
}
