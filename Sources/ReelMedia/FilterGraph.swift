internal import CFFmpeg
public import ReelModel

/// What flows into a filter graph under one label.
public enum FilterInput: Sendable, Hashable {
    case video(
        _ label: String, size: Size, pixelFormat: PixelFormat, timeBase: Rational, frameRate: Rational? = nil,
        sampleAspectRatio: Rational? = nil)
    /// `layout` by its usual name; see `ChannelLayout`.
    case audio(_ label: String, sampleRate: Int, format: SampleFormat, layout: String, timeBase: Rational)

    public var label: String {
        switch self {
        case .video(let label, _, _, _, _, _), .audio(let label, _, _, _, _): label
        }
    }

    /// What the decoder of this stream gives, under a label; `nil` where the stream has not said enough.
    public init?(_ label: String, _ stream: StreamInfo) {
        if let size = stream.size, let format = stream.pixelFormat {
            self = .video(
                label, size: size, pixelFormat: format, timeBase: stream.timeBase, frameRate: stream.averageFrameRate,
                sampleAspectRatio: stream.sampleAspectRatio)
        } else if let rate = stream.sampleRate, let format = stream.sampleFormat, let layout = stream.channelLayout {
            self = .audio(label, sampleRate: rate, format: format, layout: layout, timeBase: stream.timeBase)
        } else {
            return nil
        }
    }
}

/// What flows out of a filter graph under one label. Formats are chosen in the description (`format`, `aformat`).
public enum FilterOutput: Sendable, Hashable {
    case video(_ label: String)
    case audio(_ label: String)

    public var label: String {
        switch self {
        case .video(let label), .audio(let label): label
        }
    }
}

/// A graph of filters, described in the library's language, with named ends: `[in]scale=640:-2[out]`.
public struct FilterGraph: ~Copyable {
    private let raw: UnsafeMutablePointer<AVFilterGraph>
    private let owner: ContextOwner
    private let error: MediaError
    private let sources: [String: UnsafeMutablePointer<AVFilterContext>]
    private let sinks: [String: UnsafeMutablePointer<AVFilterContext>]

    public enum Pulled: Sendable, Hashable {
        case frame
        /// Some input has to be pushed to, or ended, before there is another frame.
        case needsInput
        case end
    }

    /// Builds the graph. Words that come from outside have to be put in through `FilterText`.
    public init(
        _ description: String, inputs: [FilterInput] = [], outputs: [FilterOutput], name: String
    ) throws(Failure) {
        let owner = ContextOwner()
        let error = MediaError(subject: name, log: owner.log, kind: .notDone)
        let graph = try error.check(avfilter_graph_alloc(), "avfilter_graph_alloc")
        graph.pointee.opaque = owner.opaque
        let ends = FilterEnds(graph: graph, error: error)
        let sources: [String: UnsafeMutablePointer<AVFilterContext>]
        let sinks: [String: UnsafeMutablePointer<AVFilterContext>]
        do throws(Failure) {
            sources = try ends.sources(inputs)
            sinks = try ends.sinks(outputs)
            try ends.connect(
                description, from: inputs.map(\.label), sources, to: outputs.map(\.label), sinks)
        } catch {
            var freed: UnsafeMutablePointer<AVFilterGraph>? = graph
            avfilter_graph_free(&freed)
            throw error
        }
        self.raw = graph
        self.owner = owner
        self.error = error
        self.sources = sources
        self.sinks = sinks
    }

    deinit {
        var freed: UnsafeMutablePointer<AVFilterGraph>? = raw
        avfilter_graph_free(&freed)
        withExtendedLifetime(owner) {}
    }

    /// Makes every frame of sound from this output have that many samples, the last one excepted, as encoders ask for.
    public func setFrameSize(_ samples: Int, of output: String) {
        if let sink = sinks[output] { av_buffersink_set_frame_size(sink, UInt32(clamping: samples)) }
    }

    /// Of the frames from this output.
    public func timeBase(of output: String) -> Rational {
        sinks[output].flatMap { Rational(av_buffersink_get_time_base($0)) } ?? .microsecond
    }

    /// Of the frames from this output; `nil` where it is not known.
    public func frameRate(of output: String) -> Rational? {
        sinks[output].flatMap { Rational(av_buffersink_get_frame_rate($0)) }
    }

    /// Of the pictures from this output.
    public func size(of output: String) -> Size? {
        sinks[output].map {
            Size(width: Int(av_buffersink_get_w($0)), height: Int(av_buffersink_get_h($0)))
        }
    }

    /// Puts a frame in. The caller's frame is left as it is.
    public func push(_ frame: borrowing Frame, to input: String) throws(Failure) {
        let source = try end(sources[input], called: input)
        try error.check(
            av_buffersrc_add_frame_flags(source, frame.raw, CInt(AV_BUFFERSRC_FLAG_KEEP_REF)),
            "av_buffersrc_add_frame_flags")
    }

    /// Says that nothing more will come in here.
    public func finish(_ input: String) throws(Failure) {
        let source = try end(sources[input], called: input)
        try error.check(av_buffersrc_add_frame_flags(source, nil, 0), "av_buffersrc_add_frame_flags")
    }

    /// Takes the next frame from an output, if there is one.
    public func pull(from output: String, into frame: borrowing Frame) throws(Failure) -> Pulled {
        let sink = try end(sinks[output], called: output)
        av_frame_unref(frame.raw)
        let result = av_buffersink_get_frame_flags(sink, frame.raw, 0)
        if result == reel_averror_again { return .needsInput }
        if result == reel_averror_eof { return .end }
        try error.check(result, "av_buffersink_get_frame")
        // The sink's time is the frame's; what a decoder guessed before the graph no longer holds.
        frame.raw.pointee.best_effort_timestamp = frame.raw.pointee.pts
        return .frame
    }

    /// How often an output was asked in vain for a frame because this input had none: the one to push to next.
    public func failedRequests(of input: String) -> Int {
        sources[input].map { Int(av_buffersrc_get_nb_failed_requests($0)) } ?? 0
    }

    private func end(
        _ end: UnsafeMutablePointer<AVFilterContext>?, called label: String
    ) throws(Failure) -> UnsafeMutablePointer<AVFilterContext> {
        guard let end else {
            throw Failure(
                .notDone, subject: error.subject, problem: "the filter graph has no end called \(label)",
                remedy: "Use a label that it was made with")
        }
        return end
    }
}
