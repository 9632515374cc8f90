internal import ReelMedia
internal import ReelModel

/// What was found goes before what was promised.
extension StreamTally {
    func complete(_ facts: inout VideoFacts) {
        let times = frames > 0 ? frameTimes : packetTimes
        guard let span = frames > 0 ? decodedSpan : packetSpan else {
            facts.frames = .known(frames)
            return
        }
        facts.start = .known(span.start)
        facts.duration = .known(span.duration)
        facts.frames = .known(frames > 0 ? frames : packetsShown)
        if span.duration > 0 { facts.bitRate = .known(rate(span.duration)) }
        let variable = times.isVariable(unit: info.timeBase.doubleValue)
        facts.variableFrameRate = Known(variable, else: "fewer than three frames")
        if let rate = frameRate(times, variable: variable ?? false, over: span) { facts.frameRate = .known(rate) }
    }

    func complete(_ facts: inout AudioFacts) {
        guard let span = frames > 0 ? decodedSpan : packetSpan else { return }
        facts.start = .known(span.start)
        if frames > 0, let sampleRate, sampleRate > 0 {
            facts.duration = .known(Double(samples) / Double(sampleRate))
        } else {
            facts.duration = .known(span.duration)
        }
        if span.duration > 0 { facts.bitRate = .known(rate(span.duration)) }
    }

    func complete(_ facts: inout ImageFacts) {
        facts.frames = .known(frames > 0 ? frames : packets)
        if frames > 0 {
            // A file that says nothing is upright.
            facts.orientation = .known(orientation.flatMap { (1...8).contains($0) ? $0 : nil } ?? 1)
        }
    }

    private func rate(_ duration: Double) -> Int64 {
        let bits = Double(bytes) * 8 / duration
        return bits < Double(Int64.max) ? Int64(bits.rounded()) : .max
    }

    /// The exact ratio that the container tells where it is what the frames keep to, within a thousandth; else frames
    /// over their span, to a thousandth.
    private func frameRate(_ times: FrameIntervals, variable: Bool, over span: TimeRange) -> Rational? {
        guard let average = times.average else { return info.averageFrameRate }
        let found =
            variable ? Double(times.count) / span.duration : 1 / (average * info.timeBase.doubleValue)
        guard found.isFinite, found > 0, found < 1e6 else { return nil }
        for told in [info.averageFrameRate, info.baseFrameRate] {
            if let told, abs(told.doubleValue / found - 1) < 0.001 { return told }
        }
        return Rational(Int64((found * 1000).rounded()), 1000)
    }
}
