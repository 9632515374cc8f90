internal import ReelMedia
internal import ReelModel

/// Streams of one file on their way into another, as they are coded, in the order of the file.
final class PacketFeed {
    fileprivate struct Route {
        let output: Int
        let unit: Rational
        /// In `unit`.
        let shift: Int64
        let times: PictureTimes?
        /// Whether samples without words only clear the picture: the muxer puts those in by itself.
        let isText: Bool
        /// Packets that were read.
        var count = 0
        var last: Int64?
    }

    private let job: FitJob
    private let demuxer: Demuxer
    private let reader: PatientReader
    private let packet: Packet
    private var routes: [Int: Route] = [:]
    private let baseline: Double
    /// When the next packet is decoded, in seconds of the result; `nil` at the end.
    private(set) var nextTime: Double?
    /// Bytes and packets handed on so far.
    private(set) var bytes: Int64 = 0

    /// - Parameters:
    ///   - indexes: of the streams; every one where it is `nil`.
    ///   - baseline: what becomes zero, in seconds of the file.
    ///   - pictures: the times of the streams that are not written with those they have.
    init(
        _ job: FitJob, _ media: OpenMedia, streams indexes: [Int]?, baseline: Double,
        pictures: [Int: PictureTimes] = [:],
        into muxer: borrowing Muxer, _ container: OutputContainer
    ) throws(Failure) {
        self.job = job
        self.baseline = baseline
        let demuxer = try Demuxer(
            descriptor: media.descriptor, name: media.name, options: ["fflags": "+genpts"],
            cancellation: job.cancellation)
        try demuxer.findStreamInfo()
        // In the order that was asked for: some services want the picture first.
        let streams = demuxer.streams
        let asked = indexes.map { indexes in indexes.compactMap { index in streams.first { $0.index == index } } }
        for stream in asked ?? streams {
            let output = try muxer.addStream(copying: stream.index, of: demuxer)
            if let tag = container.tag(for: (stream.codec, stream.codecTag)) { muxer.setCodecTag(tag, of: output) }
            let shift = min(max(baseline / stream.timeBase.doubleValue, -9e18), 9e18)
            let times = pictures[stream.index]
            if let times { muxer.setTimeBase(times.timeBase, of: output) }
            routes[stream.index] = Route(
                output: output, unit: stream.timeBase, shift: Int64(shift.rounded()), times: times,
                isText: stream.codec == "mov_text",
                last: nil)
        }
        demuxer.select(streams: Set(routes.keys))
        self.demuxer = demuxer
        reader = PatientReader(job)
        packet = try Packet()
    }

    /// Reads the first packet. The muxer has to be started before any is written.
    func begin() throws(Failure) { try readNext() }

    /// How far reading is in the file, from 0 to 1.
    var fraction: Double {
        guard let length = demuxer.length, length > 0 else { return 0 }
        return Double(demuxer.position) / Double(length)
    }

    /// Whether it is of text alone.
    var isText: Bool { routes.values.allSatisfy(\.isText) }

    /// Writes the packet that is next, and reads the one after it.
    /// - Parameter inPlace: right behind what was written last, whatever its time.
    func writeNext(into muxer: borrowing Muxer, inPlace: Bool = false) throws(Failure) {
        guard var route = routes[packet.stream] else { return try readNext() }
        bytes += Int64(packet.size)
        route.straighten(packet)
        routes[packet.stream] = route
        if inPlace {
            try muxer.append(packet, to: route.output, timeBase: route.timeBase)
        } else {
            try muxer.write(packet, to: route.output, timeBase: route.timeBase)
        }
        try readNext()
    }

    private func readNext() throws(Failure) {
        repeat {
            guard try reader.read(demuxer, into: packet) == .packet else {
                nextTime = nil
                return
            }
        } while packet.size <= 2 && routes[packet.stream]?.isText == true
        guard let route = routes[packet.stream] else {
            nextTime = nextTime ?? 0
            return
        }
        if let times = route.times, let time = packet.presentationTime ?? packet.decodingTime {
            let stamp = times.stamp(route.count, shown: time, from: baseline)
            packet.presentationTime = stamp.presentation
            packet.decodingTime = stamp.decoding
            packet.duration = stamp.duration
        } else {
            packet.presentationTime = packet.presentationTime.map { $0 &- route.shift }
            packet.decodingTime = packet.decodingTime.map { $0 &- route.shift }
        }
        routes[packet.stream]?.count += 1
        nextTime = (packet.decodingTime ?? packet.presentationTime).map { route.timeBase.seconds($0) } ?? nextTime ?? 0
    }
}

extension PacketFeed.Route {
    /// The unit of its times as they are written.
    fileprivate var timeBase: Rational { times?.timeBase ?? unit }

    /// Containers refuse decoding times that do not rise, and pictures that are shown before they are decoded.
    fileprivate mutating func straighten(_ packet: borrowing Packet) {
        guard let time = packet.decodingTime ?? packet.presentationTime else { return }
        if let last, time <= last {
            packet.decodingTime = last &+ 1
            packet.presentationTime = max(packet.presentationTime ?? last &+ 1, last &+ 1)
        }
        last = max(time, last.map { $0 &+ 1 } ?? time)
    }
}
