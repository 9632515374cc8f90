internal import ReelMedia
internal import ReelModel

/// One stream of sound, coded once as AAC into a scratch file, so that what it takes is known before the picture is
/// coded, and is the same in every attempt.
struct SoundTrack: Sendable {
    let file: OwnedFile
    let packets: Int
    let bytes: Int64

    /// - Parameters:
    ///   - span: what to keep, in seconds of the file; `nil` from `baseline` to the end.
    ///   - baseline: what becomes zero, in seconds of the file; silence fills what the sound begins later.
    /// - Returns: `nil` where nothing can be heard: the stream is empty or broken.
    static func encode(
        _ job: FitJob, _ stream: StreamInfo, _ target: AudioTarget, span: TimeRange?, baseline: Double, end: Double,
        _ progress: ProgressSpan
    ) throws(Failure) -> SoundTrack? {
        let file = OwnedFile(try job.scratch.makeFile("sound"))
        let encoder = try Encoder(
            AudioEncoding(sampleRate: target.sampleRate, channels: target.channels, bitRate: target.bitRate),
            name: job.output.name)
        let muxer = try Muxer(
            descriptor: file.media.descriptor, name: file.media.name, format: "ipod", cancellation: job.cancellation)
        let output = try muxer.addStream(encoder)
        try muxer.start()
        let packet = try Packet()
        let timeBase = encoder.timeBase
        var (packets, bytes) = (0, Int64(0))
        func write(_ packet: borrowing Packet) throws(Failure) {
            packets += 1
            bytes += Int64(packet.size)
            try muxer.write(packet, to: output, timeBase: timeBase)
        }
        let reader = SoundReader(job, stream, target, span: span, baseline: baseline, frameSize: encoder.frameSize)
        let length = max((span?.end ?? end) - baseline, 0.001)
        try reader.forEach { frame, unit throws(Failure) in
            let seconds = unit.seconds(frame.time ?? 0)
            frame.time = frame.time.map { unit.convert($0, to: timeBase) }
            progress.report(seconds / length)
            try encoder.encode(frame, into: packet, write)
        }
        guard reader.blocks > 0 else { return nil }
        try encoder.finish(into: packet, write)
        try muxer.finish()
        return SoundTrack(file: file, packets: packets, bytes: bytes)
    }
}

/// Decodes one stream's sound and makes it what an encoder takes, in step with the picture.
final class SoundReader {
    private let job: FitJob
    private let stream: StreamInfo
    private let target: AudioTarget
    private let span: TimeRange?
    private let baseline: Double
    private let frameSize: Int?
    private var graph: SoundGraph?
    /// Blocks that were decoded.
    private(set) var blocks = 0

    init(
        _ job: FitJob, _ stream: StreamInfo, _ target: AudioTarget, span: TimeRange?, baseline: Double, frameSize: Int?
    ) {
        self.job = job
        self.stream = stream
        self.target = target
        self.span = span
        self.baseline = baseline
        self.frameSize = frameSize
    }

    /// Hands on every block with the unit of its time, which counts from `baseline`.
    func forEach(_ body: (borrowing Frame, Rational) throws(Failure) -> Void) throws(Failure) {
        let demuxer = try job.demuxer()
        // A second early: the decoder needs a run-up, and what it gives before the span is cut off.
        if let span, let start = demuxer.start, span.start > start + 2 { try? demuxer.seek(toSeconds: span.start - 1) }
        demuxer.select(streams: [stream.index])
        let decoder = try Decoder(demuxer, stream: stream.index)
        let packet = try Packet()
        let frame = try Frame()
        let made = try Frame()
        let reader = PatientReader(job)
        while try reader.read(demuxer, into: packet) == .packet {
            if let span, let time = packet.presentationTime, stream.timeBase.seconds(time) > span.end + 1 { break }
            var sent = Decoder.Sent.full
            while sent == .full {
                // Damage costs its sound, not the whole: the gap becomes silence.
                sent = (try? decoder.send(packet)) ?? .accepted
                try drain(decoder, frame, made, body)
            }
        }
        _ = try? decoder.sendEnd()
        try drain(decoder, frame, made, body)
        if let graph {
            try graph.graph.finish("in")
            try pull(graph, made, body)
        }
    }

    private func drain(
        _ decoder: borrowing Decoder, _ frame: borrowing Frame, _ made: borrowing Frame,
        _ body: (borrowing Frame, Rational) throws(Failure) -> Void
    ) throws(Failure) {
        while let received = try? decoder.receive(into: frame), received == .frame {
            try job.checkCancelled()
            guard let format = frame.sampleFormat else { continue }
            let source = SoundGraph.Source(
                sampleRate: frame.sampleRate, format: format, layout: frame.channelLayout)
            let graph = if let open = self.graph { open } else { try open(source) }
            guard graph.source == source else {
                throw Failure(
                    .unreadable, subject: job.input.name,
                    problem: "its sound changes on the way, from \(graph.source) to \(source)",
                    remedy: "Give it sound of one kind first")
            }
            blocks += 1
            frame.time = frame.time
            try graph.graph.push(frame, to: "in")
            try pull(graph, made, body)
        }
    }

    private func open(_ source: SoundGraph.Source) throws(Failure) -> SoundGraph {
        let made = try SoundGraph(source, stream.timeBase, target, span, baseline, name: job.input.name)
        if let frameSize { made.graph.setFrameSize(frameSize, of: "out") }
        graph = made
        return made
    }

    private func pull(
        _ graph: SoundGraph, _ made: borrowing Frame, _ body: (borrowing Frame, Rational) throws(Failure) -> Void
    ) throws(Failure) {
        while try graph.graph.pull(from: "out", into: made) == .frame { try body(made, graph.timeBase) }
    }
}

/// The filter graph for sound of one kind.
final class SoundGraph {
    struct Source: Hashable, CustomStringConvertible {
        var sampleRate: Int
        var format: SampleFormat
        var layout: String
        var description: String { "\(sampleRate) Hz \(layout)" }
    }

    let source: Source
    let graph: FilterGraph
    let timeBase: Rational

    init(
        _ source: Source, _ unit: Rational, _ target: AudioTarget, _ span: TimeRange?, _ baseline: Double, name: String
    ) throws(Failure) {
        self.source = source
        let graph = try FilterGraph(
            Self.description(target, span, baseline),
            inputs: [
                .audio(
                    "in", sampleRate: source.sampleRate, format: source.format, layout: source.layout, timeBase: unit)
            ], outputs: [.audio("out")], name: name)
        timeBase = graph.timeBase(of: "out")
        self.graph = graph
    }

    /// Seconds.
    private static let fade = 0.01

    static func description(_ target: AudioTarget, _ span: TimeRange?, _ baseline: Double) -> String {
        let cut = span.map { "atrim=start=\($0.start):end=\($0.end)," } ?? ""
        // A wave that is cut anywhere clicks.
        let fades =
            span.map { span in
                let length = span.end - baseline
                let last = max(length - fade, 0)
                return "afade=t=in:st=0:d=\(fade),afade=t=out:st=\(last):d=\(fade),"
            } ?? ""
        // From zero on and without gaps: silence where there is none, nothing where time stamps overlap.
        return "[in]\(cut)asetpts=PTS-(\(baseline))/TB,"
            + "aresample=\(target.sampleRate):async=1:min_hard_comp=0.05:first_pts=0,"
            + fades + (target.gain.map { "volume=\($0)dB," } ?? "")
            + "aformat=sample_fmts=fltp:sample_rates=\(target.sampleRate)"
            + ":channel_layouts=\(ChannelLayout.usual(channels: target.channels))[out]"
    }
}
