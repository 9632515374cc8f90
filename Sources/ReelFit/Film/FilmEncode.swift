internal import ReelMedia
internal import ReelModel

/// Codes a film's picture, as often as the ladder says, each time into the output beside the other streams.
struct FilmEncode {
    let job: FitJob
    let order: FilmOrder
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
    let sounds: [SoundTrack]

    /// What an attempt came to.
    struct Result {
        var pictureBytes: Int64
        /// `nil` of a survey.
        var fileBytes: Int64?
        var frames: Int
        var faults: Int
        var wasInterlaced: Bool
    }

    func run(_ attempt: EncodeLadder.Attempt, _ progress: ProgressSpan) throws(Failure) -> Result {
        let shape = PictureShape(target: target.size, rotation: stream.rotation ?? 0, frameRate: target.frameRate)
        let reader = PictureReader(job, stream, shape, span: span)
        var clock = FrameClock(timing)
        let encoder = try Encoder(encoding(attempt, clock.timeBase), name: job.output.name)
        let file =
            attempt.isSurvey
            ? nil
            : try FilmFile(
                job, order, sounds: sounds.map(\.file.media), baseline: baseline, picture: encoder)
        let packet = try Packet()
        var bytes: Int64 = 0
        func write(_ packet: borrowing Packet) throws(Failure) {
            bytes += Int64(packet.size)
            try file?.write(packet)
        }
        try reader.forEach { frame, time throws(Failure) in
            frame.time = clock.time(time - baseline)
            frame.forgetPictureType()
            progress.report((time - baseline) / seconds)
            try encoder.encode(frame, into: packet, write)
        }
        try encoder.finish(into: packet, write)
        try file?.finish()
        return Result(
            pictureBytes: bytes, fileBytes: attempt.isSurvey ? nil : try job.output.bytes(), frames: reader.frames,
            faults: reader.faults, wasInterlaced: reader.wasInterlaced)
    }

    private func encoding(
        _ attempt: EncodeLadder.Attempt, _ timeBase: Rational
    ) throws(Failure) -> VideoEncoding {
        var options = ["preset": attempt.preset, "profile": "high"]
        var bitRate: Int64?
        let cap: RateCap?
        switch attempt.mode {
        case .quality(let limit):
            options["crf"] = "\(EncodeLadder.ceiling)"
            cap = limit
        case .rate(let rate, let limit):
            bitRate = rate
            cap = limit
        }
        if let cap {
            options["maxrate"] = "\(cap.bitsPerSecond)"
            options["bufsize"] = "\(cap.bufferBits)"
            options["rc_init_occupancy"] = "\(cap.bufferBits / 2)"
        }
        switch attempt.statistics {
        case .none: break
        case .write:
            options["flags"] = "+pass1"
            options["stats"] = try job.scratch.statisticsPath()
            // What is kept is coded as well as it can be; a survey is done sooner.
            options["fastfirstpass"] = attempt.isSurvey ? "1" : "0"
        case .read:
            options["flags"] = "+pass2"
            options["stats"] = try job.scratch.statisticsPath()
        }
        return VideoEncoding(
            codec: "libx264", size: target.size, pixelFormat: .yuv420p, timeBase: timeBase, frameRate: rate,
            sampleAspectRatio: Rational(1), bitRate: bitRate, options: options,
            color: ColorTags(like: stream, size: target.size))
    }

    /// The encoder plans with it, also where frames come at any time.
    private var rate: Rational? {
        switch timing {
        case .constant(let rate): rate
        case .variable: averageRate ?? Rational(25)
        }
    }
}
