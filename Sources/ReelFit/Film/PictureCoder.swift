internal import ReelMedia
internal import ReelModel
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Codes a film's picture, or the rest of it from a key picture on, steered on the way.
struct PictureCoder {
    let job: FitJob
    let target: VideoTarget
    let stream: StreamInfo
    let timing: FrameTiming
    /// Frames per second on average.
    let averageRate: Rational?
    /// What to keep, in seconds of the file.
    let span: TimeRange?
    /// What becomes zero, in seconds of the file.
    let baseline: Double
    /// Of the result.
    let seconds: Double
    /// The most seconds that the result may last; `nil` where that is no matter.
    let longest: Double?
    /// Of the encoder: each is a picture that is begun before the one before it is counted, so that more of them are
    /// steered too late.
    var threads = Self.mostThreads
    /// Pictures that are expected, where that is known.
    var expected: Int?
    /// What was decoded before, where it is short.
    let held: HeldPictures
    /// Of how many pictures one is kept, because it looks better so.
    var thinning = 1

    /// When a picture is shown: in seconds of the input, and in the coded stream's time base.
    struct Moment: Sendable, Hashable {
        var seconds: Double
        var time: Int64
    }

    struct Run {
        var pictures: [CodedPictures.Picture] = []
        var coded: [EncodeLadder.Coded] = []
        /// Of every picture, in order of display.
        var moments: [Moment] = []
        var met = PictureLosses.Met()
    }

    /// What a container is told of pictures that are coded so.
    func describe(_ preset: EncoderPreset) throws(Failure) -> CodedStream {
        try CodedStream(encoder(preset, VideoTarget.transparent))
    }

    /// - Parameter moments: those of the pictures to code, where they are known from an earlier run.
    func run(
        _ attempt: EncodeLadder.Attempt, moments known: ArraySlice<Moment>?, into store: CodedPictures,
        _ progress: ProgressSpan
    ) throws(Failure) -> Run {
        let last = try Frame()
        let coding = Coding(attempt, firstPlace: known?.startIndex ?? 0, threads: threads, store)
        var clock = FrameClock(timing)
        var picker = target.frameRate.map { FramePicker(rate: $0, first: known?.first?.seconds) }
        let encoder = try encoder(attempt.preset, attempt.pilot.factor, leastQuantizer: attempt.leastQuantizer)
        let packet = try Packet()
        let lone = (known?.endIndex ?? expected).map { $0 - RatePilot.lone(of: $0) } ?? .max
        var end: Double?
        if attempt.extent == .survey { held.begin() }
        let met = try forEach(part(known)) { frame, shown throws(Failure) in
            guard let seconds = picker == nil ? shown : picker?.place(shown) else { return }
            end = end ?? self.end(known, first: seconds)
            guard seconds < end ?? .infinity else { return }
            let place = coding.moments.count
            let expected = known.flatMap { $0.dropFirst(place).first }
            if known != nil, expected == nil || abs((expected?.seconds ?? 0) - seconds) > Self.near {
                throw job.changed()
            }
            frame.time = expected?.time ?? clock.time(seconds - baseline)
            let isLone = place > 0 && (known?.startIndex ?? 0) + place >= lone
            if isLone { frame.forcePredicted() } else { frame.forgetPictureType() }
            progress.report((seconds - baseline) / self.seconds)
            coding.moments.append(Moment(seconds: seconds, time: frame.time ?? 0))
            try last.refer(to: frame)
            encoder.setRateFactor(coding.factor)
            try encoder.encode(frame, into: packet, coding.take)
        }
        try drive(encoder, last, packet, coding)
        return Run(
            pictures: coding.pictures, coded: coding.coded, moments: coding.moments, met: met)
    }

    /// Has the pictures come out that the encoder still looks ahead of, with empty ones behind them that nobody will see:
    /// only while pictures go in can an encoder be steered. There must be nothing in them that the last ones could be good
    /// for: those would be coded the better for it.
    private func drive(
        _ encoder: borrowing Encoder, _ last: borrowing Frame, _ packet: borrowing Packet, _ coding: Coding
    ) throws(Failure) {
        guard let end = coding.moments.last?.time else { return }
        coding.end = end
        for plane in 0..<(last.pixelFormat?.planes ?? 0) {
            try last.withWritablePlane(plane) { rows throws(Failure) in
                for row in 0..<rows.count { rows[row].initializeMemory(as: UInt8.self, repeating: 0) }
            }
        }
        for step in 1...Self.longestLookahead where coding.isMissing {
            last.time = end &+ Int64(step) * coding.pace
            // They begin a group of their own, so that nothing before them refers to them.
            if step == 1 { last.forceKey() } else { last.forgetPictureType() }
            encoder.setRateFactor(coding.factor)
            try encoder.encode(last, into: packet, coding.take)
        }
        if coding.isMissing { try encoder.finish(into: packet, coding.take) }
        guard !coding.isMissing else {
            throw Failure(
                .notDone, subject: job.output.name, problem: "the encoder kept pictures back",
                remedy: "Please report this file")
        }
    }

    private static let longestLookahead = 160

    /// Seconds of the file from which on pictures are left out, because they would last longer than the result may.
    private func end(_ known: ArraySlice<Moment>?, first: Double) -> Double {
        guard let longest else { return .infinity }
        if let last = known?.last { return last.seconds + Self.near }
        guard let places = FrameClock(timing).places(from: first - baseline, by: longest) else { return .infinity }
        return first + (Double(places) - 0.5) * timing.timeBase.doubleValue * Double(timing.pace)
    }

    /// Seconds within which a picture is the same in two runs.
    private static let near = 0.002

    /// What is read: all, or from the first of these on.
    private func part(_ moments: ArraySlice<Moment>?) -> TimeRange? {
        guard let first = moments?.first, moments?.startIndex != 0 else { return span }
        return TimeRange(start: first.seconds, end: span?.end ?? .infinity)
    }

    /// Hands on the shaped pictures of a span, in seconds of the file, and tells what the decoder met.
    @discardableResult
    func forEach(
        _ span: TimeRange?, _ body: (borrowing Frame, Double) throws(Failure) -> Void
    ) throws(Failure) -> PictureLosses.Met {
        if held.isWhole {
            try held.forEach(span, size: target.size, timeBase: timing.timeBase) { frame, seconds throws(Failure) in
                try job.checkCancelled()
                try body(frame, seconds)
            }
            return held.met
        }
        let reader = reader(span)
        try reader.forEach { frame, seconds throws(Failure) in
            try held.add(frame, seconds)
            try body(frame, seconds)
        }
        let met = PictureLosses.Met(faults: reader.faults, wasInterlaced: reader.wasInterlaced)
        held.end(met)
        return met
    }

    private func reader(_ span: TimeRange?) -> PictureReader {
        let isHighRange = ColorTags.isHDR(stream.colorTransfer)
        let told = ColorTags(
            primaries: stream.colorPrimaries, transfer: stream.colorTransfer, matrix: stream.colorMatrix)
        // Pictures are left out by the clock; only repeating them is a filter's work.
        let repeated = target.frameRate.flatMap { rate in
            averageRate.map { rate.doubleValue < $0.doubleValue * 0.999 } ?? false ? nil : rate
        }
        let shape = PictureShape(
            target: target.size, rotation: stream.rotation ?? 0, fill: target.reframing?.fill, frameRate: repeated,
            highRange: isHighRange ? told : nil)
        return PictureReader(job, stream, shape, span: span)
    }

    /// The same at another size.
    func resized(to size: Size) -> PictureCoder {
        var target = target
        target.size = size
        return PictureCoder(
            job: job, target: target, stream: stream, timing: timing, averageRate: averageRate, span: span,
            baseline: baseline, seconds: seconds, longest: longest, threads: threads, held: held, thinning: thinning)
    }

    /// The same with one of so many pictures kept; `nil` where they have no steady pace.
    func thinned(by count: Int) -> PictureCoder? {
        guard case .constant(let rate) = timing, count > 1,
            let fewer = Rational(rate.numerator, rate.denominator.saturatingMultiply(Int64(count)))
        else { return count == 1 ? self : nil }
        var target = target
        target.frameRate = fewer
        return PictureCoder(
            job: job, target: target, stream: stream, timing: .constant(fewer), averageRate: averageRate, span: span,
            baseline: baseline, seconds: seconds, longest: longest, threads: threads, held: held, thinning: count)
    }

    /// The moments of the pictures that are kept, and which of them is shown at each of these.
    func thinned(_ moments: [Moment]) -> (kept: [Moment], shown: [Int]) {
        guard let rate = target.frameRate else { return (moments, Array(moments.indices)) }
        var picker = FramePicker(rate: rate, first: nil)
        var clock = FrameClock(timing)
        var kept: [Moment] = []
        var shown: [Int] = []
        for moment in moments {
            if let seconds = picker.place(moment.seconds) {
                kept.append(Moment(seconds: seconds, time: clock.time(seconds - baseline)))
            }
            shown.append(kept.count - 1)
        }
        return (kept, shown)
    }

    func encoder(
        _ preset: EncoderPreset, _ factor: Double, leastQuantizer: Int? = nil
    ) throws(Failure) -> Encoder {
        var options = preset.options
        if let leastQuantizer { options["qmin"] = "\(leastQuantizer)" }
        options["profile"] = "high"
        options["crf"] = "\(factor)"
        // Pictures that are coded apart stand in one stream, under one set of parameters.
        // What is like the source is what is wanted: most destinations code it once more, and grain that is invented for
        // the eye costs bytes twice. At equal bytes it is worth 0.3 to 1.5 VMAF, and SSIM as well.
        options["x264-params"] = "stitchable=1:psy-rd=0,0"
        return try Encoder(
            VideoEncoding(
                codec: "libx264", size: target.size, pixelFormat: .yuv420p, timeBase: timing.timeBase, frameRate: rate,
                sampleAspectRatio: Rational(1), options: options, color: ColorTags(like: stream, size: target.size)),
            name: job.output.name, threads: threads)
    }

    static let mostThreads = min(max(sysconf(CInt(_SC_NPROCESSORS_ONLN)) * 3 / 2, 1), 6)

    /// The encoder plans with it, also where frames come at any time.
    private var rate: Rational? {
        switch timing {
        case .constant(let rate): rate
        case .variable: averageRate ?? Rational(25)
        }
    }
}

/// The state of one run: what went in, what came out, and the pilot.
private final class Coding {
    private let store: CodedPictures
    private let firstPlace: Int
    private let threads: Int
    private var pilot: RatePilot
    private var factors: [Double] = []
    private var places: [Int64: Int] = [:]
    private var lastOffset: Int?

    var moments: [PictureCoder.Moment] = [] {
        didSet { if let last = moments.last { places[last.time] = moments.count - 1 } }
    }
    /// The time of the last picture, once it is known: what comes later is not kept.
    var end: Int64?
    private(set) var pictures: [CodedPictures.Picture] = []
    private(set) var coded: [EncodeLadder.Coded] = []

    init(_ attempt: EncodeLadder.Attempt, firstPlace: Int, threads: Int, _ store: CodedPictures) {
        self.store = store
        self.threads = threads
        self.firstPlace = firstPlace
        pilot = attempt.pilot
    }

    /// For the picture that is coded next, in steps that can be told from one another.
    var factor: Double {
        let factor = (pilot.factor * 20).rounded() / 20
        factors.append(factor)
        return factor
    }

    var isMissing: Bool { coded.count < moments.count }

    /// Between two pictures.
    var pace: Int64 {
        guard let first = moments.first?.time, let last = moments.last?.time, moments.count > 1 else { return 512 }
        return max((last - first) / Int64(moments.count - 1), 1)
    }

    func take(_ packet: borrowing Packet) throws(Failure) {
        guard let time = packet.presentationTime, end.map({ time <= $0 }) ?? true, let place = places[time] else {
            return
        }
        // It was begun as many calls ago as there are threads.
        let began = factors.count - threads
        let factor = factors.isEmpty ? pilot.factor : factors[min(max(began, 0), factors.count - 1)]
        let isKey = packet.isKey
        let picture = try packet.withBytes { bytes throws(Failure) in
            try AccessUnit.normalized(bytes) { kept throws(Failure) in
                try store.add(kept, time: time, isKey: isKey)
            }
        }
        let offset = place - pictures.count
        var bytes = Double(picture.bytes)
        if offset != lastOffset { bytes += Double(ByteBudget.runEntry) }
        if isKey { bytes += Double(ByteBudget.keyEntry) }
        lastOffset = offset
        pictures.append(picture)
        coded.append(EncodeLadder.Coded(place: firstPlace + place, bytes: bytes, factor: factor, isKey: isKey))
        pilot.note(place: place, bytes: bytes, at: factor, flying: threads - 1)
    }
}

/// Leaves frames out, to come to a lower rate.
struct FramePicker: Sendable {
    private let rate: Double
    private var first: Double?
    private var last = -1.0

    /// - Parameter first: the moment of the first frame that will be kept, where it is known.
    init(rate: Rational, first: Double?) {
        self.rate = rate.doubleValue
        self.first = first
    }

    /// The moment at which the frame of this moment is shown; `nil` where it is left out.
    mutating func place(_ seconds: Double) -> Double? {
        let start = first ?? seconds
        first = start
        // Times that are a little early or late still fall on their own place.
        let place = ((seconds - start) * rate + 0.25).rounded(.down)
        guard place > last else { return nil }
        last = place
        return start + place / rate
    }
}
