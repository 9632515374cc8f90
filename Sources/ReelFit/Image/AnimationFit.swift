internal import ReelMedia
internal import ReelModel

/// Makes an animated GIF smaller as GIF: one palette, of each picture only what differs from the one before; then fewer
/// colours, then a smaller picture. Every picture is kept, with its time.
struct AnimationFit {
    private let target: ImageTarget
    private let job: FitJob

    init(_ target: ImageTarget, _ job: FitJob) {
        self.target = target
        self.job = job
    }

    func carryOut(_ progress: ProgressSpan) throws(Failure) -> FitOutcome {
        let demuxer = try job.demuxer()
        guard let stream = demuxer.bestStream(.video), let stored = stream.size else {
            throw job.senseless("there is no picture in it")
        }
        let full = stored.within(target.maxSize)
        let survey = try AnimationSurvey(job, stream, progress.part(0, 0.2))
        var search = AnimationSearch(limit: job.maxBytes)
        var attempt = search.first()
        var written: AnimationSearch.Attempt?
        var bytes: Int64 = 0
        func make(_ attempt: AnimationSearch.Attempt) throws(Failure) {
            let from = 1 - 1 / Double(search.count + 1)
            let part = progress.part(0.2 + 0.8 * from, 1 - 0.8 / Double(search.count + 2))
            try write(attempt, full.scaled(by: attempt.scale), stream, survey, part)
            written = attempt
            bytes = try job.output.bytes()
        }
        while true {
            try make(attempt)
            switch search.next(attempt, bytes: bytes) {
            case .encode(let next): attempt = next
            case .giveUp: throw job.over(bytes)
            case .accept(let best):
                if written != best { try make(best) }
                guard job.maxBytes.map({ bytes <= $0 }) ?? true else { throw job.over(bytes) }
                return FitOutcome(
                    bytes: bytes, encodes: search.count, saturated: best == search.first() && survey.isExact,
                    losses: losses(best, survey, stored, full.scaled(by: best.scale)))
            }
        }
    }

    private func losses(
        _ attempt: AnimationSearch.Attempt, _ survey: AnimationSurvey, _ stored: Size, _ size: Size
    ) -> [String] {
        var losses: [String] = []
        if attempt.colors < 256 || !survey.isExact {
            losses.append("the animation was brought to \(attempt.colors) colours")
        }
        if size != stored { losses.append("the picture was made smaller, from \(stored) to \(size)") }
        return losses
    }

    // MARK: One attempt

    /// What keeps its colour from picture to picture is not written again, so that no dither may move.
    private static let dither = "bayer:bayer_scale=4"

    private func write(
        _ attempt: AnimationSearch.Attempt, _ size: Size, _ stream: StreamInfo, _ survey: AnimationSurvey,
        _ progress: ProgressSpan
    ) throws(Failure) {
        let scaling = size == stream.size ? "" : "scale=\(size.width):\(size.height):flags=lanczos,"
        let colors = try palette(scaling, colors: attempt.colors, stream, progress.part(0, 0.4))
        let graph = try FilterGraph(
            "[in]\(scaling)format=bgra[a];[a][palette]paletteuse=dither=\(survey.isExact ? "none" : Self.dither)[out]",
            inputs: [
                Self.input(stream), .video("palette", size: colors.size, pixelFormat: .bgra, timeBase: stream.timeBase),
            ], outputs: [.video("out")], name: job.input.name)
        try graph.push(colors, to: "palette")
        try graph.finish("palette")
        let encoder = try Encoder(
            VideoEncoding(codec: "gif", size: size, pixelFormat: .pal8, timeBase: stream.timeBase, globalHeader: false),
            name: job.output.name, threads: 1)
        try job.output.clear()
        let muxer = try Muxer(
            descriptor: job.output.descriptor, name: job.output.name, format: "gif", cancellation: job.cancellation)
        let output = try muxer.addStream(encoder)
        try muxer.start(options: ["loop": "\(survey.loops)", "final_delay": "\(survey.lastDelay)"])
        let packet = try Packet()
        let made = try Frame()
        func write(_ packet: borrowing Packet) throws(Failure) {
            try muxer.write(packet, to: output, timeBase: stream.timeBase)
        }
        func drain() throws(Failure) {
            while try graph.pull(from: "out", into: made) == .frame { try encoder.encode(made, into: packet, write) }
        }
        try forEachPicture(stream, progress.part(0.4, 1)) { frame throws(Failure) in
            try graph.push(frame, to: "in")
            try drain()
        }
        try graph.finish("in")
        try drain()
        try encoder.finish(into: packet, write)
        try muxer.finish()
    }

    /// The colours of all pictures together; where there are no more than a palette holds, they are exactly those.
    private func palette(
        _ scaling: String, colors: Int, _ stream: StreamInfo, _ progress: ProgressSpan
    ) throws(Failure) -> Frame {
        let graph = try FilterGraph(
            "[in]\(scaling)format=bgra,palettegen=max_colors=\(colors):stats_mode=full:reserve_transparent=1[out]",
            inputs: [Self.input(stream)], outputs: [.video("out")], name: job.input.name)
        let palette = try Frame()
        try forEachPicture(stream, progress) { frame throws(Failure) in try graph.push(frame, to: "in") }
        try graph.finish("in")
        guard try graph.pull(from: "out", into: palette) == .frame else {
            throw job.senseless("there is no picture in it")
        }
        palette.time = 0
        return palette
    }

    private static func input(_ stream: StreamInfo) -> FilterInput {
        .video(
            "in", size: stream.size ?? Size(width: 1, height: 1), pixelFormat: .bgra, timeBase: stream.timeBase,
            frameRate: stream.averageFrameRate)
    }

    private func forEachPicture(
        _ stream: StreamInfo, _ progress: ProgressSpan, _ body: (borrowing Frame) throws(Failure) -> Void
    ) throws(Failure) {
        let reader = PictureReader(job, stream, nil, span: nil)
        let end = max(stream.duration.map { stream.timeBase.seconds($0) } ?? 1, 0.01)
        try reader.forEach { frame, seconds throws(Failure) in
            guard frame.pixelFormat == .bgra, frame.size == stream.size else {
                throw job.senseless("its pictures are not alike")
            }
            frame.time = Int64(saturating: (seconds / stream.timeBase.doubleValue).rounded())
            frame.forgetPictureType()
            progress.report(seconds / end)
            try body(frame)
        }
    }
}
