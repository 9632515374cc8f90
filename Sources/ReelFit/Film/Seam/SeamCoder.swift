internal import ReelMedia
internal import ReelModel
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Codes the frames at the edges of a cut, to stand beside pictures that are copied.
struct SeamCoder {
    let job: FitJob
    let stream: StreamInfo
    let size: Size
    let format: PixelFormat
    /// Of the film's pictures.
    let delay: Int
    let coding: any SeamCoding
    let store: CodedPictures

    struct Coded {
        var pictures: [CodedPictures.Picture] = []
        /// The encoder's parameter sets, between start codes.
        var sets: [UInt8] = []
        var isJoinable = true
        fileprivate var bytes: Int { pictures.reduce(0) { $0 + $1.bytes } }
    }

    /// Of an encoder that cannot be steered.
    private static let mostAttempts = 3
    private static let usual = 20.0

    /// - Parameters:
    ///   - times: in the stream's time base.
    ///   - bytes: about as many as the frames had, so that the part is no larger and looks no worse.
    /// - Returns: `nil` where there is no frame to code.
    func encode(
        _ times: Range<Int64>, spending bytes: Int, _ progress: ProgressSpan
    ) throws(Failure) -> Coded? {
        guard !times.isEmpty else { return nil }
        let unit = stream.timeBase
        let part = TimeRange(start: unit.seconds(times.lowerBound), end: unit.seconds(times.upperBound))
        if coding.isSteered { return try steered(part, spending: bytes, progress) }
        var factor = coding.factors.lowerBound
        for attempt in 1... {
            let step = 1 / Double(Self.mostAttempts)
            let coded = try run(
                part, from: factor, nil, progress.part(Double(attempt - 1) * step, Double(attempt) * step))
            let excess = Double(coded.bytes) / Double(max(bytes, 1))
            if excess <= 1 || factor >= coding.factors.upperBound || attempt == Self.mostAttempts { return coded }
            factor = min(factor + RatePilot.halving * log2(excess) + 0.5, coding.factors.upperBound)
        }
        return nil
    }

    private func steered(
        _ part: TimeRange, spending bytes: Int, _ progress: ProgressSpan
    ) throws(Failure) -> Coded {
        let expected = min(max((part.end - part.start) * (stream.averageFrameRate?.doubleValue ?? 25), 1), 1e6)
        let pilot = RatePilot(
            weights: [Double](repeating: Double(bytes) / expected, count: Int(expected.rounded(.up))),
            reference: Self.usual, scale: 1, trust: 8, budget: Double(bytes), ceiling: coding.factors.lowerBound)
        return try run(part, from: Self.usual, pilot, progress)
    }

    /// - Parameter pilot: that sets the factor on the way, where it can be set.
    private func run(
        _ part: TimeRange, from factor: Double, _ pilot: RatePilot?, _ progress: ProgressSpan
    ) throws(Failure) -> Coded {
        let unit = stream.timeBase
        let reader = PictureReader(job, stream, nil, span: part)
        let encoder = try Encoder(
            coding.encoding(stream, size, format, factor: factor, delay: delay), name: job.output.name,
            threads: PictureCoder.mostThreads)
        var pilot = pilot
        let packet = try Packet()
        var coded = Coded()
        var places: [Int64: Int] = [:]
        func take(_ packet: borrowing Packet) throws(Failure) {
            let time = packet.presentationTime ?? 0
            let isKey = packet.isKey
            guard let kept = packet.withBytes({ coding.stored($0, isKey: isKey) }) else {
                coded.isJoinable = false
                return
            }
            let picture = try store.add(kept, time: time, isKey: isKey)
            coded.pictures.append(picture)
            let factor = pilot?.factor ?? 0
            pilot?.note(place: places[time] ?? 0, bytes: Double(picture.bytes), at: factor)
        }
        try reader.forEach { frame, seconds throws(Failure) in
            let time = Int64(saturating: (seconds / unit.doubleValue).rounded())
            places[time] = places.count
            frame.time = time
            frame.forgetPictureType()
            progress.report((seconds - part.start) / max(part.end - part.start, 0.001))
            if let pilot { encoder.setRateFactor(min(pilot.factor, coding.factors.upperBound)) }
            try encoder.encode(frame, into: packet, take)
        }
        try encoder.finish(into: packet, take)
        coded.sets = try CodedStream(encoder).configuration
        return coded
    }
}
