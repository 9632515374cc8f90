internal import ReelModel

/// The plan for a file with a moving picture.
struct FilmPlan {
    private let facts: Facts
    private let type: FileType
    private let demand: Demand
    private let objections: Objections

    init(_ facts: Facts, _ type: FileType, _ demand: Demand) {
        self.facts = facts
        self.type = type
        self.demand = demand
        objections = Objections(
            to: facts, by: demand.profile,
            ignoring: demand.reframing == nil ? [] : [AspectOutOfRange.self, FrameTooSmall.self])
    }

    func planned() -> Planned {
        guard let video = facts.mainVideo else { return .impossible(leastBytes: nil, why: "it has no picture") }
        if isFine(video) { return demand.keep(facts, type) }
        if let why = objections.hopeless.first { return .impossible(leastBytes: nil, why: why) }
        guard let output = writable(video) else {
            return .impossible(leastBytes: nil, why: Self.nowhere(demand))
        }
        if !isAnyLength, facts.duration.value == nil {
            return .impossible(leastBytes: nil, why: "its length is not known: \(facts.duration.reason ?? "")")
        }
        if let part = facts.duration.value.flatMap({ demand.part(of: $0) }), part.end <= part.start {
            return .impossible(leastBytes: nil, why: "nothing is left of it between the times to keep")
        }
        return copied(video, output) ?? encoded(video, named ?? output)
    }

    static func nowhere(_ demand: Demand) -> String {
        "\(demand.profile.name) takes no type of film that can be written"
    }

    /// Whether it passes as it is.
    private func isFine(_ video: VideoFacts) -> Bool {
        demand.takes(type) && demand.fits(facts.bytes) && demand.isAlone(facts) && isCodecFine(video)
            && isSizeFine(video) && objections.cures.isEmpty && reframing(video) == nil && demand.gain == nil
            && demand.mayTell(facts)
            && (facts.audio.value ?? []).allSatisfy { isCodecFine($0) }
            && (facts.duration.value.map { demand.part(of: $0) == nil } ?? isAnyLength)
            && (!demand.indexFirst || facts.fastStart.value ?? !isISOBMFF)
            && (asked(video).map { $0 == type } ?? true)
    }

    /// The container that was asked for, where it can be written and is taken.
    private var named: FileType? {
        demand.container.flatMap { Conversion.films.contains($0) && demand.takes($0) ? $0 : nil }
    }

    /// The same where every stream can be copied into it: a name is not worth a loss.
    private func asked(_ video: VideoFacts) -> FileType? {
        guard let asked = named, let codec = video.codec.value, Containers.holds(video: codec, in: asked),
            (facts.audio.value ?? []).allSatisfy({ isCopyable($0, asked) })
        else { return nil }
        return asked
    }

    /// The container of the result: the one that was asked for, its own where it can be written, else the preferred one.
    private func writable(_ video: VideoFacts) -> FileType? {
        if let asked = asked(video) { return asked }
        return demand.takes(type) && Conversion.films.contains(type)
            ? type : Conversion.target(of: .mp4, accepted: demand.accepted)
    }

    // MARK: Copying the picture

    /// Every stream copied, or the sound coded anew beside the copied picture; `nil` where that does not do.
    private func copied(_ video: VideoFacts, _ output: FileType) -> Planned? {
        guard let codec = video.codec.value, Containers.holds(video: codec, in: output), isCodecFine(video),
            isSizeFine(video), !objections.cures.contains(.picture), reframing(video) == nil
        else { return nil }
        let all = facts.audio.value ?? []
        let audio = demand.profile[.maxAudioStreams]?.value == 1 ? Array(all.prefix(1)) : all
        let copies = audio.allSatisfy { isCopyable($0, output) }
        var steps = trim
        steps.append(.remux(streams: [video.index] + (copies ? audio.map(\.index) : [])))
        var predicted = bytesOfCopy
        if !copies, let main = facts.mainAudio {
            let target = demand.within(Rates.target(main, atMost: .infinity))
            steps.append(.encodeAudio(target))
            let was = main.bitRate.value.map { Double($0) } ?? 0
            predicted = predicted.saturatingAdd(
                Int64(saturating: (Double(target.bitRate) - was) * keptDuration / 8))
        }
        // Close to the limit an estimate of bytes is not relied on: the new container brings tables of its own.
        let sure =
            output == type && steps.count == 1
            ? 0 : tables(video, audio.count).saturatingAdd(steps.count == 1 ? 0 : predicted / 50)
        guard demand.fits(predicted.saturatingAdd(sure)) else { return nil }
        return demand.plan(steps + text(output), output, .known(max(predicted, 1)))
    }

    /// The most that an MP4's sample tables take: for each frame a size, a time offset and the ends of runs, for each
    /// block of sound a size (ISO/IEC 14496-12, 8.6.1 and 8.7).
    private func tables(_ video: VideoFacts, _ sounds: Int) -> Int64 {
        let fps = min(max(video.frameRate.value?.doubleValue ?? 60, 1), 240)
        return Int64(saturating: 4096 + keptDuration * (fps * 24 + Double(sounds) * 50 * 12))
    }

    /// The bytes of the kept streams over the kept time.
    private var bytesOfCopy: Int64 {
        guard let duration = facts.duration.value, duration > 0 else { return facts.bytes }
        return Int64(saturating: Double(facts.bytes) * min(keptDuration / duration, 1))
    }

    // MARK: Coding the picture anew

    private func encoded(_ video: VideoFacts, _ output: FileType) -> Planned {
        guard let shown = video.displaySize.value, shown.width > 0, shown.height > 0 else {
            return .impossible(leastBytes: nil, why: "the size of its picture is not known")
        }
        guard let duration = facts.duration.value, duration > 0 else {
            return .impossible(leastBytes: nil, why: "its length is not known: \(facts.duration.reason ?? "it is 0")")
        }
        let kept = min(duration, keptDuration)
        if kept <= 0 { return .impossible(leastBytes: nil, why: "nothing is left of it between the times to keep") }
        let fps = min(max(video.frameRate.value?.doubleValue ?? 30, 1), 240)
        let reframing = reframing(video)
        let largest = demand.within(reframing?.frame(for: shown) ?? shown)
        if let why = demand.refusal(of: largest) { return .impossible(leastBytes: nil, why: why) }
        // Sound at its usual rate is heard as a whole; of a small budget it gets a tenth.
        let most = [demand.maxBytes, demand.bytes(lasting: kept)].compactMap { $0 }.min()
        let total = most.map { Double($0) * 8 * Rates.payload / kept } ?? .infinity
        let sound = sound(output, ofTotal: total)
        let left = total - sound.rate
        let floor = Rates.video(smallest(largest), fps: fps, bits: Rates.floorBits)
        if left < floor, let most, most < demand.maxBytes ?? .max, let limit = demand.maxVideoBitRate {
            // The length does not matter here, nor do more bytes.
            let why =
                "its picture takes at least \(BitRate.words(Int64(saturating: floor.rounded(.up)))) at its smallest, and "
                + "\(demand.profile.title) takes \(BitRate.words(limit)) (max_video_bit_rate)"
            return .impossible(leastBytes: nil, why: why)
        }
        if left < floor {
            let rate = floor + (facts.mainAudio == nil ? 0 : Double(Rates.audioFloor))
            let least = Int64(saturating: (rate * kept / 8 / Rates.payload).rounded(.up))
            return .impossible(
                leastBytes: least,
                why: "\(Figure.seconds(kept)) of film do not go into \(Figure.size(demand.maxBytes ?? 0))"
                    + Rates.alternative(bytes: demand.maxBytes ?? 0, rate: rate))
        }
        // Where there is a smallest size, none is looked for below it.
        let isMeasured = demand.prefer == .quality && !demand.hasSmallestSize
        let size = isMeasured || demand.hasSmallestSize ? largest : choose(largest, fps: fps, rate: left)
        var picture = VideoTarget(
            stream: video.index, size: size, frameRate: demand.frameRate(video, facts), ceiling: demand.ceiling,
            sizing: isMeasured ? .measured : .fixed,
            isFast: demand.prefer == .speed)
        picture.reframing = reframing
        let isTight = most != nil && left < Rates.video(size, fps: fps, bits: Rates.tightBits)
        picture.mayThin = isMeasured && isTight && demand.takesHalf(of: video, facts)
        let amply = Rates.video(size, fps: fps, bits: Rates.amplyBits) + sound.rate
        let predicted = Int64(saturating: min(amply, total) * kept / 8)
        return demand.plan(
            trim + [.encodeVideo(picture)] + sound.steps + text(output), output, .known(predicted), atMost: most)
    }

    /// The sound beside a picture that is coded anew, and its bits per second.
    private func sound(_ output: FileType, ofTotal total: Double) -> (steps: [Plan.Step], rate: Double) {
        guard let main = facts.mainAudio else { return ([], 0) }
        let share = total / 10
        if isCopyable(main, output), let own = main.bitRate.value, Double(own) <= share || total == .infinity {
            return ([.remux(streams: [main.index])], Double(own))
        }
        let target = demand.within(Rates.target(main, atMost: max(share, Double(Rates.audioFloor))))
        return ([.encodeAudio(target)], Double(target.bitRate))
    }

    /// Subtitles whose words go into the container.
    private func text(_ output: FileType) -> [Plan.Step] {
        let streams = (facts.others.value ?? []).filter { other in
            other.kind == "subtitle" && other.codec.value.map { Containers.holds(text: $0, in: output) } ?? false
        }
        return streams.isEmpty ? [] : [.keepText(streams: streams.map(\.index))]
    }

    /// The largest size for which there are enough bits.
    private func choose(_ largest: Size, fps: Double, rate: Double) -> Size {
        let sizes =
            [largest]
            + Rates.shortSides.filter { $0 < largest.shortSide }.map { short in
                largest.scaled(by: Double(short) / Double(largest.shortSide))
            }
        let bits = Rates.leastBits(demand.prefer)
        return sizes.first { Rates.video($0, fps: fps, bits: bits) <= rate } ?? smallest(largest)
    }

    private func smallest(_ largest: Size) -> Size {
        largest.scaled(by: Double(Rates.shortSides.last ?? 144) / Double(largest.shortSide))
    }

    // MARK: Conditions

    private var isISOBMFF: Bool { [.mp4, .m4v, .mov, .threeGP].contains(type) }

    /// Seconds of the result.
    private var keptDuration: Double {
        let duration = facts.duration.value ?? 0
        return demand.part(of: duration).map { $0.end - $0.start } ?? duration
    }

    private var trim: [Plan.Step] {
        facts.duration.value.flatMap { demand.part(of: $0) }.map { [.trim($0)] } ?? []
    }

    private var isAnyLength: Bool { demand.maxDuration == nil && !demand.keepsPart }

    private func isCodecFine(_ video: VideoFacts) -> Bool {
        demand.profile.videoCodecs == nil || video.codec.value.map { demand.takes(video: $0) } ?? false
    }

    private func isCodecFine(_ audio: AudioFacts) -> Bool {
        demand.profile.audioCodecs == nil || audio.codec.value.map { demand.takes(audio: $0) } ?? false
    }

    /// What brings the picture to the shape that is asked for; `nil` where it has it.
    private func reframing(_ video: VideoFacts) -> Reframing? {
        guard let reframing = demand.reframing, let shown = video.displaySize.value else { return nil }
        let shape = Double(reframing.width) / Double(reframing.height)
        return Aspect(shown).isNear(shape) ? nil : reframing
    }

    private func isCopyable(_ audio: AudioFacts, _ output: FileType) -> Bool {
        isCodecFine(audio) && !objections.cures.contains(.sound) && demand.gain == nil
            && (audio.codec.value.map { Containers.holds(audio: $0, in: output) } ?? false)
    }

    private func isSizeFine(_ video: VideoFacts) -> Bool {
        if demand.profile.maxLongSide == nil, demand.profile.maxShortSide == nil { return true }
        return video.displaySize.value.map { demand.takes($0) } ?? false
    }
}
