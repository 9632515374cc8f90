internal import ReelMedia
internal import ReelModel

/// Cuts a film of H.264 at any frame and copies what it can: only the frames before the first key picture that is kept,
/// and those of the last group where it is cut short, are coded anew. What is copied stays as it was, byte for byte.
///
/// The pictures coded here have parameter sets of their own, under a number that the film does not use, which stand
/// beside the film's in the container's header: nothing is said in the stream itself.
struct SmartCut {
    private let job: FitJob
    private let stream: StreamInfo
    /// In seconds of the file.
    private let span: TimeRange
    /// The most seconds that the result may last.
    private let longest: Double?
    private let store: CodedPictures

    /// What a cut came to: the pictures in the store, and the header that goes with them.
    struct Result {
        var pictures: [CodedPictures.Picture]
        var configuration: [UInt8]
        /// Frames that were coded anew.
        var head: Int
        var tail: Int

        /// How long the last picture lasts, in the stream's time base.
        func lasting(_ stream: StreamInfo) -> Int64 { SmartCut.pace(stream) }
    }

    private static func pace(_ stream: StreamInfo) -> Int64 {
        guard let rate = stream.averageFrameRate?.doubleValue, rate > 0 else { return 1 }
        return max(Int64(saturating: (1 / rate / stream.timeBase.doubleValue).rounded()), 1)
    }

    init(_ job: FitJob, _ stream: StreamInfo, span: TimeRange, longest: Double?) throws(Failure) {
        self.job = job
        self.stream = stream
        self.span = span
        self.longest = longest
        store = try CodedPictures(job.scratch)
    }

    var pictures: CodedPictures { store }

    /// - Returns: `nil` where nothing can be copied.
    func carryOut(_ progress: ProgressSpan) throws(Failure) -> Result? {
        guard stream.codec == "h264", stream.scan != "interlaced", let size = stream.size,
            let format = stream.pixelFormat, format == .yuv420p || format == .yuvj420p
        else { return nil }
        let demuxer = try job.demuxer()
        let record = demuxer.withConfiguration(of: stream.index) { [UInt8]($0) }
        guard var configuration = AVCConfiguration(record), configuration.lengthSize == 4,
            let number = configuration.freeNumber
        else { return nil }
        let packets = try list(progress.part(0, 0.1))
        let unit = stream.timeBase
        func ticks(_ seconds: Double) -> Int64 {
            let ticks = (seconds / unit.doubleValue - 0.01).rounded(.up)
            return Int64(min(max(ticks, -9e18), 9e18))
        }
        var end = ticks(span.end)
        if let longest {
            let zero = (span.start / unit.doubleValue).rounded()
            let limit = Int64(saturating: zero + (longest / unit.doubleValue + 1e-6).rounded(.down))
            end = CutPlan.end(packets, from: ticks(span.start), to: end, by: limit, lasting: Self.pace(stream))
        }
        guard let plan = CutPlan(packets, from: ticks(span.start), to: end) else { return nil }
        let edge = Edge(size: size, format: format, number: number)
        let group = packets[plan.copied.lowerBound].bytes
        let head = try encode(plan.head, edge, spending: spending(packets, plan.head) + group, progress.part(0.1, 0.4))
        let middle = try copy(plan.copied, of: packets, progress.part(0.4, 0.6))
        let tail = try encode(plan.tail, edge, spending: spending(packets, plan.tail), progress.part(0.6, 0.9))
        for one in [head, tail] {
            if let sets = one?.sets {
                configuration.add(sets)
                break
            }
        }
        return Result(
            pictures: (head?.pictures ?? []) + middle + (tail?.pictures ?? []), configuration: configuration.bytes,
            head: head?.pictures.count ?? 0, tail: tail?.pictures.count ?? 0)
    }

    // MARK: What is there

    private func list(_ progress: ProgressSpan) throws(Failure) -> [CutPlan.Packet] {
        var packets: [CutPlan.Packet] = []
        try forEachPacket(progress) { packet throws(Failure) in
            packets.append(
                CutPlan.Packet(
                    time: packet.presentationTime ?? packet.decodingTime ?? 0, bytes: packet.size,
                    isEntry: packet.isKey && packet.withBytes { Self.isInstantRefresh($0) }))
        }
        return packets
    }

    private func forEachPacket(
        _ progress: ProgressSpan, _ body: (borrowing Packet) throws(Failure) -> Void
    ) throws(Failure) {
        let demuxer = try job.demuxer()
        demuxer.select(streams: [stream.index])
        let packet = try Packet()
        let reader = PatientReader(job)
        while try reader.read(demuxer, into: packet) == .packet {
            try body(packet)
            if let length = demuxer.length, length > 0 {
                progress.report(Double(demuxer.position) / Double(length))
            }
        }
    }

    /// Whether a picture, as MP4 keeps it, empties the decoder: a slice of type 5 is in it (ITU-T H.264, 7.4.1).
    private static func isInstantRefresh(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var place = 0
        while place + 5 <= bytes.count {
            let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            if bytes[place + 4] & 31 == 5 { return true }
            guard length > 0 else { return false }
            place += 4 + length
        }
        return false
    }

    private func copy(
        _ places: Range<Int>, of packets: [CutPlan.Packet], _ progress: ProgressSpan
    ) throws(Failure) -> [CodedPictures.Picture] {
        var copied: [CodedPictures.Picture] = []
        var place = 0
        try forEachPacket(progress) { packet throws(Failure) in
            defer { place += 1 }
            guard places.contains(place) else { return }
            guard packet.size == packets[place].bytes else { throw job.changed() }
            copied.append(
                try packet.withBytes { bytes throws(Failure) in
                    try store.add(bytes, time: packets[place].time, isKey: packet.isKey)
                })
        }
        return copied
    }

    // MARK: What is coded anew

    private struct Edge {
        let size: Size
        let format: PixelFormat
        let number: Int
    }

    private struct Coded {
        var pictures: [CodedPictures.Picture] = []
        var sets: [[UInt8]] = []
    }

    /// What the frames of these times took.
    private func spending(_ packets: [CutPlan.Packet], _ times: Range<Int64>) -> Int {
        packets.reduce(0) { times.contains($1.time) ? $0 + $1.bytes : $0 }
    }

    /// - Parameter bytes: about as many as the frames had, so that the part is no larger and looks no worse.
    private func encode(
        _ times: Range<Int64>, _ edge: Edge, spending bytes: Int, _ progress: ProgressSpan
    ) throws(Failure) -> Coded? {
        guard !times.isEmpty else { return nil }
        let unit = stream.timeBase
        let part = TimeRange(start: unit.seconds(times.lowerBound), end: unit.seconds(times.upperBound))
        let reader = PictureReader(job, stream, nil, span: part)
        let encoder = try Encoder(encoding(edge), name: job.output.name, threads: PictureCoder.mostThreads)
        var pilot: RatePilot?
        let packet = try Packet()
        var coded = Coded()
        var places: [Int64: Int] = [:]
        func take(_ packet: borrowing Packet) throws(Failure) {
            let time = packet.presentationTime ?? 0
            let isKey = packet.isKey
            let picture = try packet.withBytes { bytes throws(Failure) in
                try AccessUnit.prefixed(bytes) { kept throws(Failure) in
                    try store.add(kept, time: time, isKey: isKey)
                }
            }
            coded.pictures.append(picture)
            let factor = pilot?.factor ?? 0
            pilot?.note(place: places[time] ?? 0, bytes: Double(picture.bytes), at: factor)
        }
        let expected = min(max((part.end - part.start) * (stream.averageFrameRate?.doubleValue ?? 25), 1), 1e6)
        pilot = RatePilot(
            weights: [Double](repeating: Double(bytes) / expected, count: Int(expected.rounded(.up))), reference: 20,
            scale: 1, trust: 8, budget: Double(bytes), ceiling: VideoTarget.transparent)
        try reader.forEach { frame, seconds throws(Failure) in
            let time = Int64(saturating: (seconds / unit.doubleValue).rounded())
            places[time] = places.count
            frame.time = time
            frame.forgetPictureType()
            progress.report((seconds - part.start) / max(part.end - part.start, 0.001))
            encoder.setRateFactor(min(pilot?.factor ?? 20, Self.worst))
            try encoder.encode(frame, into: packet, take)
        }
        try encoder.finish(into: packet, take)
        coded.sets = try AccessUnit.units(in: CodedStream(encoder).configuration)
        return coded
    }

    /// However few bytes the source had, the seam must not show.
    private static let worst = 26.0

    private func encoding(_ edge: Edge) -> VideoEncoding {
        VideoEncoding(
            codec: "libx264", size: edge.size, pixelFormat: edge.format, timeBase: stream.timeBase,
            frameRate: stream.averageFrameRate, sampleAspectRatio: stream.sampleAspectRatio,
            options: [
                "preset": "medium", "profile": "high", "crf": "20", "rc-lookahead": "20",
                "x264-params": "stitchable=1:sps-id=\(edge.number)",
            ],
            color: ColorTags(
                primaries: stream.colorPrimaries, transfer: stream.colorTransfer, matrix: stream.colorMatrix,
                range: stream.colorRange))
    }
}
