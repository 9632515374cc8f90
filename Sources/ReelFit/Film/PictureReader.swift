internal import ReelMedia
internal import ReelModel

/// Decodes one stream's pictures and shapes them.
final class PictureReader {
    private let job: FitJob
    private let stream: StreamInfo
    private let shape: PictureShape?
    /// Seconds from the file's own zero; only frames that begin in it.
    private let span: TimeRange?
    private var graph: ShapingGraph?

    /// What was met on the way.
    private(set) var frames = 0
    private(set) var faults = 0
    private(set) var wasInterlaced = false

    /// Seconds within which two times are the same.
    static let slack = 0.0001
    /// Seconds.
    private static let runUp = 1.5

    /// - Parameter shape: what pictures are made; `nil` leaves them as they are decoded.
    init(_ job: FitJob, _ stream: StreamInfo, _ shape: PictureShape?, span: TimeRange?) {
        self.job = job
        self.stream = stream
        self.shape = shape
        self.span = span
    }

    /// Hands on every shaped picture with its time in seconds from the file's own zero.
    func forEach(_ body: (borrowing Frame, Double) throws(Failure) -> Void) throws(Failure) {
        let demuxer = try job.demuxer()
        // Early: pictures may be shown before the key picture that stands before them in the file.
        if let span, let start = demuxer.start, span.start > start + Self.runUp {
            try? demuxer.seek(toSeconds: span.start - Self.runUp)
        }
        demuxer.select(streams: [stream.index])
        let decoder = try Decoder(demuxer, stream: stream.index)
        let packet = try Packet()
        let frame = try Frame()
        let shaped = try Frame()
        let reader = PatientReader(job)
        var goesOn = true
        while goesOn, try reader.read(demuxer, into: packet) == .packet {
            goesOn = try feed(decoder, packet, frame, shaped, body)
        }
        if goesOn {
            _ = try decoder.sendEnd()
            _ = try drain(decoder, frame, shaped, body)
        }
        if let graph { try graph.finish(into: shaped, body) }
        faults += reader.faults
        guard frames > 0 else {
            throw Failure(
                .unreadable, subject: job.input.name,
                problem: "no picture of its stream \(stream.index) can be decoded",
                remedy: "Check that the file is whole and not encrypted",
                cause: decoder.takeErrors().last?.text)
        }
    }

    /// Whether to read on.
    private func feed(
        _ decoder: borrowing Decoder, _ packet: borrowing Packet, _ frame: borrowing Frame, _ shaped: borrowing Frame,
        _ body: (borrowing Frame, Double) throws(Failure) -> Void
    ) throws(Failure) -> Bool {
        while true {
            var sent = Decoder.Sent.accepted
            do throws(Failure) {
                sent = try decoder.send(packet)
            } catch {
                try pass(error)
            }
            guard try drain(decoder, frame, shaped, body) else { return false }
            if sent == .accepted { return true }
        }
    }

    private func drain(
        _ decoder: borrowing Decoder, _ frame: borrowing Frame, _ shaped: borrowing Frame,
        _ body: (borrowing Frame, Double) throws(Failure) -> Void
    ) throws(Failure) -> Bool {
        while true {
            try job.checkCancelled()
            do throws(Failure) {
                guard try decoder.receive(into: frame) == .frame else { return true }
            } catch {
                try pass(error)
                continue
            }
            if let span, let time = frame.time {
                let seconds = stream.timeBase.seconds(time)
                if seconds < span.start - Self.slack { continue }
                if seconds >= span.end - Self.slack { return false }
            }
            try shape(frame, into: shaped, body)
        }
    }

    private func shape(
        _ frame: borrowing Frame, into shaped: borrowing Frame,
        _ body: (borrowing Frame, Double) throws(Failure) -> Void
    ) throws(Failure) {
        guard let format = frame.pixelFormat else { return }
        let source = PictureShape.Source(
            size: frame.size, pixelFormat: format, isInterlaced: frame.isInterlaced,
            isFullRange: frame.isFullRange == true)
        frames += 1
        if frame.isInterlaced { wasInterlaced = true }
        guard let shape else { return try body(frame, stream.timeBase.seconds(frame.time ?? 0)) }
        // Only the decoder knows; a single progressive picture between fields changes nothing.
        let known = graph.map { $0.source.like(source) } ?? false
        if !known {
            if let graph { try graph.finish(into: shaped, body) }
            graph = try ShapingGraph(shape, source, stream, name: job.input.name)
        }
        frame.time = frame.time
        try graph?.push(frame, into: shaped, body)
    }

    /// Damage costs its pictures, not the film.
    private func pass(_ error: Failure) throws(Failure) {
        if error.kind == .interrupted { throw error }
        faults += 1
    }
}

extension PictureShape.Source {
    fileprivate func like(_ other: Self) -> Bool {
        size == other.size && pixelFormat == other.pixelFormat && isFullRange == other.isFullRange
            && (isInterlaced || !other.isInterlaced)
    }
}

/// The filter graph for pictures of one kind.
private final class ShapingGraph {
    let source: PictureShape.Source
    private let graph: FilterGraph
    private let timeBase: Rational

    init(_ shape: PictureShape, _ source: PictureShape.Source, _ stream: StreamInfo, name: String) throws(Failure) {
        self.source = source
        let graph = try FilterGraph(
            shape.graph(from: source),
            inputs: [
                .video(
                    "in", size: source.size, pixelFormat: source.pixelFormat, timeBase: stream.timeBase,
                    frameRate: stream.averageFrameRate, sampleAspectRatio: stream.sampleAspectRatio)
            ], outputs: [.video("out")], name: name)
        timeBase = graph.timeBase(of: "out")
        self.graph = graph
    }

    func push(
        _ frame: borrowing Frame, into shaped: borrowing Frame,
        _ body: (borrowing Frame, Double) throws(Failure) -> Void
    ) throws(Failure) {
        try graph.push(frame, to: "in")
        try pull(shaped, body)
    }

    func finish(
        into shaped: borrowing Frame, _ body: (borrowing Frame, Double) throws(Failure) -> Void
    ) throws(Failure) {
        try graph.finish("in")
        try pull(shaped, body)
    }

    private func pull(
        _ shaped: borrowing Frame, _ body: (borrowing Frame, Double) throws(Failure) -> Void
    ) throws(Failure) {
        while try graph.pull(from: "out", into: shaped) == .frame {
            try body(shaped, timeBase.seconds(shaped.time ?? 0))
        }
    }
}
