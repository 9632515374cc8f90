internal import ReelMedia
internal import ReelModel

/// Carries out a plan for a film or for sound.
struct FilmFit {
    private let plan: Plan
    private let job: FitJob

    init(_ plan: Plan, _ job: FitJob) {
        self.plan = plan
        self.job = job
    }

    func carryOut(_ progress: ProgressSpan) throws(Failure) -> FitOutcome {
        let (streams, order) = try readOrder()
        let census = try StreamCensus(job, streams: order.seenAndHeard, progress: progress.part(0, 0.03))
        let origin = census.origin
        let span = order.span.map { kept in
            let start = census.start(at: origin + kept.start, ofPictureIn: order.picture?.stream ?? order.cut)
            let longest = job.maxDuration.map { start + $0 } ?? .infinity
            return TimeRange(start: start, end: min(origin + kept.end, census.end, longest))
        }
        if let span, span.start >= span.end {
            throw job.senseless("the part to keep begins at \(span.start - origin) s, after its end")
        }
        var film = Film(
            order: order, streams: streams, census: census, span: span,
            baseline: span?.start ?? Self.zero(of: order, census, streams))
        try keepTexts(&film, progress.part(0.03, 0.05))
        if let cut = order.cut, let stream = film.stream(cut) {
            try encodeSounds(&film, scale: 1, progress.part(0.05, 0.1))
            let cut = try self.cut(film, stream, progress.part(0.1, 0.4))
            if let outcome = cut.outcome { return outcome }
            film.order.encodeWhole(stream, because: cut.obstacle)
            return try encodePicture(film, progress.part(0.4, 1))
        }
        guard order.picture != nil else { return try withoutPicture(&film, progress.part(0.05, 1)) }
        try encodeSounds(&film, scale: 1, progress.part(0.05, 0.1))
        return try encodePicture(film, progress.part(0.1, 1))
    }

    /// Seconds by which sound may begin before the picture and lose that much: a block of AAC at 44.1 kHz (ISO/IEC
    /// 14496-3, 4.5.1.1: 1024 samples), which encoders put in front of it, and a millisecond for what files round.
    private static let unheard = 1024 / 44_100 + 0.001

    /// What becomes zero where the whole is kept: the beginning of the first stream. Where sound begins just before the
    /// picture, as it does by the run-up of its decoder in files that do not tell of it, both begin with the picture:
    /// MP4 would need an edit list to tell the two apart, and destinations refuse or ignore those.
    private static func zero(of order: FilmOrder, _ census: StreamCensus, _ streams: [StreamInfo]) -> Double {
        let copied = streams.first { $0.kind == .video && order.copied.contains($0.index) }?.index
        guard let picture = order.picture?.stream ?? copied, let start = census.entries[picture]?.start,
            start - census.origin < unheard
        else { return census.origin }
        return start
    }

    private func readOrder() throws(Failure) -> ([StreamInfo], FilmOrder) {
        let demuxer = try job.demuxer()
        let streams = demuxer.streams
        let main = [
            StreamInfo.Kind.video: demuxer.bestStream(.video)?.index, .audio: demuxer.bestStream(.audio)?.index,
        ]
        do throws(Senseless) {
            var order = try FilmOrder(plan, streams: streams) { main[$0] ?? nil }
            order.losses += FilmNotes.losses(of: demuxer.metadata)
            return (streams, order)
        } catch {
            throw job.senseless(error.problem)
        }
    }

    // MARK: Sound

    private func encodeSounds(_ film: inout Film, scale: Double, _ progress: ProgressSpan) throws(Failure) {
        film.sounds = []
        let count = Double(max(film.order.sounds.count, 1))
        for (place, target) in film.order.sounds.enumerated() {
            guard let stream = film.stream(target.stream) else { continue }
            var scaled = target
            scaled.bitRate = Int64(saturating: Double(target.bitRate) * scale)
            let track = try SoundTrack.encode(
                job, stream, scaled, span: film.span, baseline: film.baseline, end: film.census.end,
                progress.part(Double(place) / count, Double(place + 1) / count))
            if let track {
                film.sounds.append(track)
            } else if scale == 1 {
                film.losses.append("stream \(target.stream) was left out: no sound in it can be decoded")
            }
        }
    }

    /// Copies, and codes sound: anew with less where it came to too much, at most twice.
    private func withoutPicture(_ film: inout Film, _ progress: ProgressSpan) throws(Failure) -> FitOutcome {
        var scale = 1.0
        var smallest = Int64.max
        let most = film.texts.isEmpty ? 3 : 4
        for attempt in 0..<most {
            let part = progress.part(Double(attempt) / Double(most), Double(attempt + 1) / Double(most))
            try encodeSounds(&film, scale: scale, part.part(0, 0.5))
            let file = try FilmFile(
                job, film.order, sounds: film.beside, baseline: film.baseline,
                pictures: film.copiedPictures)
            try file.finish(part.part(0.5, 1))
            let bytes = try job.output.bytes()
            let limit = job.maxBytes ?? bytes
            smallest = min(smallest, bytes)
            if bytes <= limit {
                return FitOutcome(bytes: bytes, encodes: 0, saturated: false, losses: film.order.losses + film.losses)
            }
            if !film.texts.isEmpty {
                film.leaveOutTexts()
                continue
            }
            let coded = film.sounds.reduce(0) { $0 + $1.bytes }
            let left = limit - (bytes - coded)
            guard coded > 0, left > 0 else { throw job.over(smallest) }
            // The encoder misses its rate by a little.
            scale *= Double(left) / Double(coded) * (attempt == 0 ? 0.98 : 0.93)
        }
        throw job.over(smallest)
    }

    // MARK: Text

    private func keepTexts(_ film: inout Film, _ progress: ProgressSpan) throws(Failure) {
        let streams = film.order.texts.compactMap { film.stream($0) }
        let end = min(film.span?.end ?? film.census.end, film.census.end)
        film.texts = try TextTrack.make(job, streams, baseline: film.baseline, end: end, progress)
        film.losses += film.texts.flatMap(\.losses)
    }

    // MARK: Picture

    /// Cuts the picture and copies most of it.
    /// - Returns: No outcome where it cannot be done, or comes to too much; and what stands against it, if that is known.
    private func cut(
        _ film: Film, _ stream: StreamInfo, _ progress: ProgressSpan
    ) throws(Failure) -> (outcome: FitOutcome?, obstacle: String?) {
        guard let span = film.span else { return (nil, nil) }
        var cut = try SmartCut(job, stream, span: span, longest: job.maxDuration)
        guard let result = try cut.carryOut(progress) else { return (nil, cut.obstacle) }
        let file = try FilmFile(
            job, film.order, sounds: film.beside, baseline: film.baseline, cut: stream,
            configuration: result.configuration)
        let zero = Int64(saturating: (film.baseline / stream.timeBase.doubleValue).rounded())
        let shifted = result.pictures.map { picture in
            var picture = picture
            picture.time -= zero
            return picture
        }
        try file.write(shifted, from: cut.pictures, lasting: result.lasting(stream))
        try file.finish()
        let bytes = try job.output.bytes()
        if let limit = job.maxBytes, bytes > limit { return (nil, "copied, it comes to \(bytes) bytes") }
        let parts = [result.head > 0 ? "first \(result.head)" : nil, result.tail > 0 ? "last \(result.tail)" : nil]
        let told = parts.compactMap { $0 }.joined(separator: " and the ")
        let losses = told.isEmpty ? [] : ["the \(told) frames were coded anew, to be cut at the frame"]
        let outcome = FitOutcome(
            bytes: bytes, encodes: told.isEmpty ? 0 : 1, saturated: false,
            losses: film.order.losses + film.losses + losses)
        return (outcome, nil)
    }

    /// Of the bytes that there are, words may take so many beside a picture that is coded into the rest.
    private static let textShare: Int64 = 20

    private func encodePicture(_ film: Film, _ progress: ProgressSpan) throws(Failure) -> FitOutcome {
        var film = film
        var words: Int64 = 0
        for text in film.texts { words += try text.file.media.bytes() }
        if let limit = job.maxBytes, words > limit / Self.textShare { film.leaveOutTexts() }
        guard let target = film.order.picture, let stream = film.stream(target.stream), stream.kind == .video else {
            throw job.senseless("the stream to code as a picture is none")
        }
        let coder = film.coder(job, target, stream)
        var fit = try PictureFit(
            job, film.order, coder, sounds: film.beside, baseline: film.baseline,
            times: film.times(of: stream))
        return try fit.carryOut(film.order.losses + film.losses, progress)
    }
}

/// What is known of a film before its picture is coded.
private struct Film {
    var order: FilmOrder
    let streams: [StreamInfo]
    let census: StreamCensus
    /// In seconds of the file.
    let span: TimeRange?
    let baseline: Double
    var sounds: [SoundTrack] = []
    var texts: [TextTrack] = []
    var losses: [String]

    init(order: FilmOrder, streams: [StreamInfo], census: StreamCensus, span: TimeRange?, baseline: Double) {
        self.order = order
        self.streams = streams
        self.census = census
        self.span = span
        self.baseline = baseline
        losses = []
    }

    /// The files that are copied into the result beside the input's own streams.
    var beside: [OpenMedia] { sounds.map(\.file.media) + texts.map(\.file.media) }

    mutating func leaveOutTexts() {
        texts = []
        losses.append("the subtitles were left out: there are no bytes for them")
    }

    func stream(_ index: Int) -> StreamInfo? { streams.first { $0.index == index } }

    /// When the frames of a stream that are kept are shown, in seconds of the file; at least one is expected.
    func times(of stream: StreamInfo) -> [Double] {
        let times = (census.entries[stream.index]?.times ?? []).map { stream.timeBase.seconds($0) }
        let kept = span.map { span in times.filter { span.start <= $0 && $0 < span.end } } ?? times
        return kept.isEmpty ? [baseline] : kept
    }

    /// The times of copied pictures that are not written with those they have.
    var copiedPictures: [Int: PictureTimes] {
        var times: [Int: PictureTimes] = [:]
        for stream in streams where stream.kind == .video && order.copied.contains(stream.index) {
            times[stream.index] = census.entries[stream.index].flatMap {
                PictureTimes(of: $0, source: stream.timeBase, told: stream.rates)
            }
        }
        return times
    }

    /// Seconds from the start of the result to the end of its picture.
    func seconds(of stream: StreamInfo) -> Double {
        let end = census.entries[stream.index]?.end ?? census.end
        return max(min(end, span?.end ?? end) - baseline, 0.001)
    }

    func coder(_ job: FitJob, _ target: VideoTarget, _ stream: StreamInfo) -> PictureCoder {
        let times = census.entries[stream.index]?.times ?? []
        let timing =
            target.frameRate.map { FrameTiming.constant($0) }
            ?? FrameTiming(times: times, timeBase: stream.timeBase, told: stream.rates)
        return PictureCoder(
            job: job, target: target, stream: stream, timing: timing, averageRate: stream.averageFrameRate,
            span: timing == .variable ? span.map { whole($0, of: stream, job) } : span, baseline: baseline,
            seconds: seconds(of: stream), longest: span == nil ? nil : job.maxDuration,
            held: HeldPictures(target.size))
    }

    /// The span up to where the last frame ends that ends by the most that the result may last.
    private func whole(_ span: TimeRange, of stream: StreamInfo, _ job: FitJob) -> TimeRange {
        guard let longest = job.maxDuration else { return span }
        let entry = census.entries[stream.index]
        let ends = (entry?.times ?? []).map { stream.timeBase.seconds($0) } + [entry?.end ?? census.end]
        let last = ends.last { $0 > span.start && $0 <= span.start + longest + 1e-6 }
        return TimeRange(start: span.start, end: min(span.end, last ?? span.end))
    }
}

extension StreamInfo {
    /// The frame rates that the container tells; they may be wrong.
    fileprivate var rates: [Rational] { [averageFrameRate, baseFrameRate].compactMap { $0 } }
}
