internal import ReelMedia
internal import ReelModel

/// What is to become of each stream of a film or of sound.
struct FilmOrder: Sendable, Hashable {
    var container: OutputContainer
    /// Streams that are copied as they are coded, in order.
    var copied: [Int]
    var picture: VideoTarget?
    /// The stream of pictures that is cut at any frame, but copied as far as it goes.
    var cut: Int?
    var sounds: [AudioTarget]
    /// Streams of subtitles whose words are kept, in order.
    var texts: [Int] = []
    /// Seconds from the file's start.
    var span: TimeRange?
    /// What is lost by the order alone, in words.
    var losses: [String]

    /// Every stream of the result.
    var kept: [Int] { (seenAndHeard + texts).sorted() }

    /// Those that decide where the result begins and ends.
    var seenAndHeard: [Int] { (copied + [picture?.stream, cut].compactMap { $0 } + sounds.map(\.stream)).sorted() }

    /// Has the picture that was to be cut coded anew as a whole.
    /// - Parameter why: what keeps it from being copied, where that is not that no group of it is kept whole.
    mutating func encodeWhole(_ stream: StreamInfo, because why: String? = nil) {
        cut = nil
        guard picture == nil, let size = stream.displaySize else { return }
        picture = VideoTarget(stream: stream.index, size: size.even)
        losses.append("the picture was coded anew, to be cut at the frame" + (why.map { ": \($0)" } ?? ""))
    }
}

extension FilmOrder {
    /// Reads a plan against the streams that are there. A failure's problem is told where they do not go together.
    ///
    /// - Parameter main: the stream that a player would choose, of each kind.
    init(
        _ plan: Plan, streams: [StreamInfo], main: (StreamInfo.Kind) -> Int?
    ) throws(Senseless) {
        guard let container = OutputContainer(plan.output) else {
            throw Senseless("films and sound of type \(plan.output) are not written here")
        }
        self.init(container: container, copied: [], picture: nil, cut: nil, sounds: [], span: nil, losses: [])
        for step in plan.steps {
            switch step {
            case .rename: break
            case .remux(let indexes): copied += indexes
            case .trim(let range): span = range
            case .encodeAudio(let target): sounds.append(target)
            case .encodeVideo(let target): picture = target
            case .keepText(let indexes): texts += indexes
            case .convertImage, .convertAnimation, .stripImage:
                throw Senseless("a picture is converted by one step alone")
            }
        }
        if let span, !(span.start >= 0 && span.end > span.start) {
            throw Senseless("the part to keep, \(span.start) s to \(span.end) s, is none")
        }
        if picture != nil, !container.takesPicture { throw Senseless("\(plan.output.name) holds no picture") }
        let encoded = Set([picture?.stream].compactMap { $0 } + sounds.map(\.stream))
        var seen = encoded
        copied = copied.filter { seen.insert($0).inserted }
        for index in kept where !streams.contains(where: { $0.index == index }) {
            throw Senseless("it has no stream \(index)")
        }
        // What a header calls text may turn out to be another kind of it.
        let readable = container.takesText ? streams.filter { TextMarkup.reads($0.codec) }.map(\.index) : []
        texts = texts.filter { readable.contains($0) && !seen.contains($0) }
        addMain(streams, main)
        guard !seenAndHeard.isEmpty else { throw Senseless("no stream is to be kept") }
        if span != nil { encodeCut(streams) }
        losses += dropped(streams)
    }

    /// Keeps the main stream of the kind that no step names.
    private mutating func addMain(_ streams: [StreamInfo], _ main: (StreamInfo.Kind) -> Int?) {
        func keeps(_ kind: StreamInfo.Kind) -> Bool {
            streams.contains { $0.kind == kind && kept.contains($0.index) }
        }
        if picture != nil, !keeps(.audio), let sound = stream(main(.audio), of: streams) {
            if container.sounds.contains(sound.codec) {
                copied.append(sound.index)
            } else {
                sounds.append(AudioTarget(like: sound))
            }
        }
        if !sounds.isEmpty, !keeps(.video), container.takesPicture, let film = stream(main(.video), of: streams) {
            if !film.isAttachedPicture { copied.append(film.index) }
        }
    }

    /// A cut at any frame and sample needs what lies around it coded anew: the sound as a whole.
    private mutating func encodeCut(_ streams: [StreamInfo]) {
        for index in copied {
            guard let stream = stream(index, of: streams) else { continue }
            switch stream.kind {
            case .video:
                if picture == nil, cut == nil, container.isISOBMFF, SmartCut.codecs.contains(stream.codec) {
                    cut = index
                } else {
                    encodeWhole(stream)
                }
            case .audio:
                sounds.append(AudioTarget(like: stream))
                losses.append("the sound was coded anew, to be cut at the sample")
            case .subtitle, .data, .attachment, .other: break
            }
        }
        copied = []
    }

    private func dropped(_ streams: [StreamInfo]) -> [String] {
        streams.filter { !kept.contains($0.index) }.map { stream in
            let kind = stream.isAttachedPicture ? "cover picture" : Self.word(for: stream.kind)
            return "stream \(stream.index) (\(kind), \(stream.codec)) was left out"
        }
    }

    private func stream(_ index: Int?, of streams: [StreamInfo]) -> StreamInfo? {
        streams.first { $0.index == index }
    }

    private static func word(for kind: StreamInfo.Kind) -> String {
        switch kind {
        case .video: "picture"
        case .audio: "sound"
        case .subtitle: "subtitles"
        case .data: "data"
        case .attachment: "attachment"
        case .other: "of unknown kind"
        }
    }
}

/// A plan that does not go with the file.
struct Senseless: Error, Hashable {
    let problem: String

    init(_ problem: String) { self.problem = problem }
}

extension AudioTarget {
    /// At which nothing audible is lost in ordinary content, when no plan says more.
    init(like stream: StreamInfo) {
        let channels = min(max(stream.channels ?? 2, 1), 6)
        let rates = [48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000]
        let own = stream.sampleRate ?? 48_000
        self.init(
            stream: stream.index, bitRate: Int64(channels) * 96_000, sampleRate: rates.contains(own) ? own : 48_000,
            channels: channels)
    }
}

extension StreamInfo {
    /// The size as shown: pixel aspect applied, then rotated.
    var displaySize: Size? {
        guard var shown = size else { return nil }
        if let ratio = sampleAspectRatio?.doubleValue, ratio > 0, ratio.isFinite {
            shown.width = max(Int((Double(shown.width) * min(ratio, 100)).rounded()), 1)
        }
        return (rotation ?? 0) % 180 == 0 ? shown : shown.turned
    }
}

extension Size {
    /// The next smaller with both sides even, as 4:2:0 wants.
    var even: Size { Size(width: max(width / 2 * 2, 2), height: max(height / 2 * 2, 2)) }
}
