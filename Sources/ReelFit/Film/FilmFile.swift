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
        _ job: FitJob, _ order: FilmOrder, sounds: [OpenMedia], baseline: Double, picture coded: CodedStream
    ) throws(Failure) {
        let muxer = try Muxer(
            descriptor: job.output.descriptor, name: job.output.name, format: order.container.format,
            cancellation: job.cancellation)
        let stream = try muxer.addStream(coded)
        try self.init(job, order, muxer, sounds, baseline, picture: (stream, coded.timeBase))
    }

    /// With the picture of the input, of which a part was coded anew.
    /// - Parameter configuration: that a decoder is set up with for both.
    convenience init(
        _ job: FitJob, _ order: FilmOrder, sounds: [OpenMedia], baseline: Double, cut source: StreamInfo,
        configuration: [UInt8]
    ) throws(Failure) {
        let muxer = try Muxer(
            descriptor: job.output.descriptor, name: job.output.name, format: order.container.format,
            cancellation: job.cancellation)
        let demuxer = try job.demuxer()
        let stream = try muxer.addStream(copying: source.index, of: demuxer)
        try muxer.setConfiguration(configuration, of: stream)
        if let tag = order.container.tag(for: (source.codec, source.codecTag)) { muxer.setCodecTag(tag, of: stream) }
        try self.init(job, order, muxer, sounds, baseline, picture: (stream, source.timeBase))
    }

    /// Without a picture of its own.
    /// - Parameter pictures: the times of copied pictures that are not written with those they have.
    convenience init(
        _ job: FitJob, _ order: FilmOrder, sounds: [OpenMedia], baseline: Double, pictures: [Int: PictureTimes]
    ) throws(Failure) {
        let muxer = try Muxer(
            descriptor: job.output.descriptor, name: job.output.name, format: order.container.format,
            cancellation: job.cancellation)
        try self.init(job, order, muxer, sounds, baseline, pictures, picture: nil)
    }

    private init(
        _ job: FitJob, _ order: FilmOrder, _ muxer: consuming Muxer, _ sounds: [OpenMedia], _ baseline: Double,
        _ pictures: [Int: PictureTimes] = [:], picture: (stream: Int, timeBase: Rational)?
    ) throws(Failure) {
        try job.output.clear()
        var feeds: [PacketFeed] = []
        if !order.copied.isEmpty {
            feeds.append(
                try PacketFeed(
                    job, job.input, streams: order.copied, baseline: baseline, pictures: pictures, into: muxer,
                    order.container))
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

    /// Writes all coded pictures with the other streams between them, a second's worth of each at a time: the less
    /// often the streams take turns, the smaller are the tables that say where.
    func write(
        _ pictures: [CodedPictures.Picture], from store: CodedPictures, lasting: Int64
    ) throws(Failure) {
        guard let picture else { return }
        let packet = try Packet()
        var buffer: [UInt8] = []
        let decoded = CodedPictures.Picture.decodingTimes(pictures)
        // Behind a picture, the muxer would clear the picture first.
        for feed in feeds where feed.isText {
            while let next = feed.nextTime, next <= 0 { try feed.writeNext(into: muxer, inPlace: true) }
        }
        var turn = 1.0
        for (place, one) in pictures.enumerated() {
            if picture.timeBase.seconds(decoded[place]) >= turn {
                try writeTurn(until: turn)
                turn = max(turn + 1, picture.timeBase.seconds(decoded[place]))
            }
            try store.read(one, into: &buffer)
            try buffer.withUnsafeBufferPointer { (bytes) throws(Failure) in
                let bytes = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[..<one.bytes]))
                try packet.hold(bytes, isKey: one.isKey)
            }
            packet.presentationTime = one.time
            packet.decodingTime = decoded[place]
            packet.duration = place + 1 < decoded.count ? decoded[place + 1] - decoded[place] : lasting
            try muxer.append(packet, to: picture.stream, timeBase: picture.timeBase)
        }
        try writeTurn(until: .infinity)
    }

    private func writeTurn(until time: Double) throws(Failure) {
        for feed in feeds {
            while let next = feed.nextTime, next < time { try feed.writeNext(into: muxer, inPlace: true) }
        }
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
