internal import ReelModel

/// What places of publication ask of a film besides its type, codec, bytes and length.
extension Demand {
    /// The value to keep to, where breaking it is refused or risky.
    private func kept<Value: LimitValue>(_ key: LimitKey<Value>, from severity: Severity = .risk) -> Value? {
        profile[all: key].last { $0.severity >= severity }?.value
    }

    // MARK: The picture

    var hasSmallestSize: Bool { kept(.minWidth) != nil || kept(.minHeight) != nil || kept(.minShortSide) != nil }

    /// By how much a picture has to be scaled to stay within width, height and area; 1 and more where it does.
    ///
    /// - Parameter severity: of the limits that count.
    func bound(on size: Size, from severity: Severity = .risk) -> Double {
        var factor = Double.infinity
        func take(_ limit: Int?, _ length: Int) {
            if let limit { factor = min(factor, Double(limit) / Double(length)) }
        }
        take(kept(.maxWidth, from: severity), size.width)
        take(kept(.maxHeight, from: severity), size.height)
        take(kept(.maxLongSide, from: severity), size.longSide)
        take(kept(.maxShortSide, from: severity), size.shortSide)
        take(kept(.maxSideSum, from: severity), Int(Int64(size.width).saturatingAdd(Int64(size.height))))
        let areas = [kept(.maxPixels, from: severity), kept(.fewerPixels, from: severity).map { $0 - 1 }]
        if let area = areas.compactMap({ $0 }).min() {
            factor = min(factor, (Double(area) / (Double(size.width) * Double(size.height))).squareRoot())
        }
        return factor
    }

    /// The largest of the advised sizes that has this shape and is larger than that one: bounds for which no refusal is
    /// known do not hold against a size that is advised.
    func advised(within size: Size, largerThan scaled: Size) -> Size? {
        let sizes = profile[all: .preferredSizes].flatMap { $0.value }.compactMap { Size($0) }
        return sizes.filter { advised in
            advised.width <= size.width && advised.width > scaled.width && bound(on: advised, from: .reject) >= 1
                && Aspect(advised).isNear(Aspect(size).ratio)
        }.max { $0.width < $1.width }
    }

    /// Whether a size is one of those that are advised, and none of the firm bounds stands against it.
    func advises(_ size: Size) -> Bool {
        bound(on: size, from: .reject) >= 1 && profile[all: .preferredSizes].contains { $0.value.contains("\(size)") }
    }

    /// Why a picture of that size would be refused, which no scaling down mends.
    func refusal(of size: Size) -> String? {
        for (key, side) in [
            (LimitKey.minWidth, size.width), (.minHeight, size.height), (.minShortSide, size.shortSide),
        ] {
            if let least = kept(key), side < least {
                return "the picture would be \(size), and \(profile.title) wants \(least) pixels a side"
            }
        }
        if let least = kept(.aspectMin), Aspect(size).isBelow(least) {
            return
                "the picture is \(Aspect(size).words), too tall for \(profile.title): give it another shape with --aspect"
        }
        if let most = kept(.aspectMax), Aspect(size).isAbove(most) {
            return
                "the picture is \(Aspect(size).words), too wide for \(profile.title): give it another shape with --aspect"
        }
        return nil
    }

    /// The frame rate that a film has to be brought to; `nil` where it can stay.
    func frameRate(_ video: VideoFacts, _ facts: Facts) -> Rational? {
        guard let own = facts.frameRate(of: video).value, own.numerator > 0 else { return nil }
        let most = [kept(.maxFPS), kept(.maxWholeFPS)].compactMap { $0 }.min()
        if let most, own.isMore(than: most) {
            // Every second picture leaves motion even; else the most that is taken.
            let half = Rational(own.numerator, own.denominator.saturatingMultiply(2))
            let isEven = half.map { !$0.isMore(than: most) && $0.doubleValue > most * 0.8 } ?? false
            return isEven ? half : Rational(Int64(saturating: most))
        }
        if let least = kept(.minFPS), own.isLess(than: least) {
            let times = Int64(saturating: (least / own.doubleValue).rounded(.up))
            let repeated = Rational(own.numerator.saturatingMultiply(times), own.denominator)
            return most.map { most in repeated.map { $0.isMore(than: most) } ?? true } ?? false
                ? Rational(Int64(saturating: least.rounded(.up))) : repeated
        }
        if kept(.constantFrameRate) == true, facts.variableFrameRate(of: video).value != false {
            let usual = [24, 25, 30, 50, 60].map { Double($0) }
            let near = usual.min { abs($0 - own.doubleValue) < abs($1 - own.doubleValue) } ?? 30
            return Rational(Int64(saturating: min(near, most ?? near)))
        }
        return nil
    }

    /// Whether half the pictures a second may be kept: not where a rate is asked for, and not where the half of it is too
    /// few or none that is advised.
    func takesHalf(of video: VideoFacts, _ facts: Facts) -> Bool {
        guard frameRate(video, facts) == nil, facts.variableFrameRate(of: video).value != true,
            let own = facts.frameRate(of: video).value,
            let half = Rational(own.numerator, own.denominator.saturatingMultiply(2)),
            !half.isLess(than: max(Rates.leastPictures, kept(.minFPS) ?? 0))
        else { return false }
        func isAdvised(_ rate: Rational, _ rates: LimitNumbers) -> Bool {
            rates.values.contains { FrameRate.isUsual(rate, as: $0) }
        }
        return profile[all: .preferredFPS].allSatisfy { !isAdvised(own, $0.value) || isAdvised(half, $0.value) }
    }

    /// Bits a second of the picture.
    var maxVideoBitRate: Int64? { kept(.maxVideoBitRate) }

    /// The most bytes of a film of that length under the limit of its bit rate.
    func bytes(lasting seconds: Double) -> Int64? {
        maxVideoBitRate.map { Int64(saturating: Double($0) * seconds / 8 * 0.97) }
    }

    // MARK: The sound

    /// What the sound is coded as: within the limits of its channels and rates.
    func within(_ target: AudioTarget) -> AudioTarget {
        var target = target
        target.gain = gain
        if let channels = kept(.maxAudioChannels), target.channels > channels {
            target.channels = channels
            target.bitRate = min(target.bitRate, Rates.audioAmply(channels: channels))
        }
        if let rate = kept(.maxAudioSampleRate), target.sampleRate > rate {
            target.sampleRate = [48_000, 44_100, 32_000, 24_000].first { $0 <= rate } ?? rate
        }
        if let wanted = kept(.preferredAudioBitRate) { target.bitRate = wanted }
        return target
    }
}
