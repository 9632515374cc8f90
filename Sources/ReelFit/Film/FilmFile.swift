internal import ReelMedia
internal import ReelModel

/// The file that is being made: a picture that comes from an encoder, if there is one, and streams that are copied from
/// the input and from files of coded sound, each in its place.
final class FilmFile {
    private let muxer: Muxer
    private let feeds: [PacketFeed]
    private let picture: (stream: Int, timeBase: Rational)?

    /// - Parameters:
    ///   - sounds: files of coded sound that begin where the result begins.
    ///   - baseline: what becomes zero of the input's streams, in seconds of the file.
    convenience init(
        _ job: FitJob, _ order: FilmOrder, sounds: [OpenMedia], baseline: Double, picture encoder: borrowing Encoder
    ) throws(Failure) {
        let muxer = try Muxer(
            descriptor: job.output.descriptor, name: job.output.name, format: order.container.format,
            cancellation: job.cancellation)
        let stream = try muxer.addStream(encoder)
        try self.init(job, order, muxer, sounds, baseline, picture: (stream, encoder.timeBase))
    }

    /// Without a picture of its own.
    convenience init(
        _ job: FitJob, _ order: FilmOrder, sounds: [OpenMedia], baseline: Double
    ) throws(Failure) {
        let muxer = try Muxer(
            descriptor: job.output.descriptor, name: job.output.name, format: order.container.format,
            cancellation: job.cancellation)
        try self.init(job, order, muxer, sounds, baseline, picture: nil)
    }

    private init(
        _ job: FitJob, _ order: FilmOrder, _ muxer: consuming Muxer, _ sounds: [OpenMedia], _ baseline: Double,
        picture: (stream: Int, timeBase: Rational)?
    ) throws(Failure) {
        try job.output.clear()
        var feeds: [PacketFeed] = []
        if !order.copied.isEmpty {
            feeds.append(
                try PacketFeed(
                    job, job.input, streams: order.copied, baseline: baseline, into: muxer, order.container))
        }
        for sound in sounds {
            feeds.append(try PacketFeed(job, sound, streams: nil, baseline: 0, into: muxer, order.container))
        }
        try muxer.start(options: order.container.options)
        for feed in feeds { try feed.begin() }
        self.muxer = muxer
        self.feeds = feeds
        self.picture = picture
    }

    /// Writes a coded picture, and what comes before it of the other streams.
    func write(_ packet: borrowing Packet) throws(Failure) {
        guard let picture else { return }
        if let time = packet.decodingTime { try writeFeeds(until: picture.timeBase.seconds(time)) }
        try muxer.write(packet, to: picture.stream, timeBase: picture.timeBase)
    }

    /// Writes what is left, and the index.
    /// - Parameter progress: told how far the copied streams are.
    func finish(_ progress: ProgressSpan? = nil) throws(Failure) {
        try writeFeeds(until: .infinity, progress)
        try muxer.finish()
    }

    private func writeFeeds(until time: Double, _ progress: ProgressSpan? = nil) throws(Failure) {
        var written = 0
        while let feed = feeds.min(by: { ($0.nextTime ?? .infinity) < ($1.nextTime ?? .infinity) }),
            let next = feed.nextTime, next <= time
        {
            try feed.writeNext(into: muxer)
            written += 1
            if let progress, written % 64 == 0 { progress.report(feeds.map(\.fraction).min() ?? 0) }
        }
    }
}
