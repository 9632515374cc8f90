public import ReelModel

/// What can be done about a file.
public enum Planned: Sendable, Hashable {
    /// Without steps it passes as it is.
    case plan(Plan)
    /// - Parameter leastBytes: what would be needed, where more bytes would help.
    case impossible(leastBytes: Int64?, why: String)
}

/// Finds the cheapest plan that makes a file pass: keep, rename, copy the streams into a new container, code the sound
/// anew, cut, code the picture anew. Nothing is measured and nothing encoded to find it.
public enum Planner {
    /// - Parameter facts: with their streams known, from the header or from a demuxer.
    public static func plan(_ facts: Facts, profile: Profile, options: PlanOptions = PlanOptions()) -> Planned {
        let demand = Demand(profile, options)
        if facts.bytes == 0 { return .impossible(leastBytes: nil, why: "it is empty") }
        guard let type = facts.type.value else {
            return .impossible(leastBytes: nil, why: "its content is of no known type")
        }
        if let missing = facts.missingBytes.value, missing > 0, facts.lackedEndMark == nil {
            let why = "it is cut off, \(Figure.grouped(missing)) bytes are missing"
            return .impossible(leastBytes: nil, why: why)
        }
        if facts.encrypted.value == true { return .impossible(leastBytes: nil, why: "it is encrypted") }
        // A copy would hold what can be found of it, and pass for the whole.
        for rule: any FaultRule.Type in [SamplesOutsideFile.self, IndexDamaged.self] {
            let fault = facts.structureFaults.value?.first { rule.kinds.contains($0.kind) }
            if let fault, rule.severity(in: facts) == .reject {
                return .impossible(leastBytes: nil, why: "it is damaged: \(fault.detail)")
            }
        }
        if type.kind != .other, !Conversion.canRead(type) {
            if demand.takes(type), demand.fits(facts.bytes), demand.isAlone(facts), demand.mayTell(facts) {
                return demand.keep(facts, type)
            }
            return .impossible(leastBytes: nil, why: "\(type.name) cannot be read here")
        }
        switch type.kind {
        case .other: return .impossible(leastBytes: nil, why: "it is no media: \(type.name)")
        case .image: return PicturePlan(facts, type, demand).planned()
        case .video, .audio: return film(facts, type, demand)
        }
    }

    private static func film(_ facts: Facts, _ type: FileType, _ demand: Demand) -> Planned {
        if facts.mainVideo != nil {
            if !demand.takes(type), Conversion.target(of: .mp4, accepted: demand.accepted) == nil {
                return .impossible(leastBytes: nil, why: FilmPlan.nowhere(demand))
            }
            return FilmPlan(facts, type, demand).planned()
        }
        if facts.video.value != nil || type.kind == .audio, facts.mainAudio != nil {
            if demand.videoRequired { return .impossible(leastBytes: nil, why: "it has no picture") }
            return SoundPlan(facts, type, demand).planned()
        }
        if let why = facts.video.reason ?? facts.audio.reason {
            // Streams that nobody read do not matter to a destination that asks only for type, name and size.
            if demand.isMetByHeader(facts, type) { return demand.keep(facts, type) }
            return .impossible(leastBytes: nil, why: "its streams are not known: \(why)")
        }
        return .impossible(leastBytes: nil, why: "there is no picture and no sound in it")
    }
}

/// What a result has to be: the profile's limits and the options in one.
struct Demand {
    let profile: Profile
    let prefer: PlanOptions.Preference
    let ceiling: Double
    let keep: PlanOptions.Keep
    let reframing: Reframing?
    let gain: Double?
    let container: FileType?
    let dropsPrivate: Bool
    let maxBytes: Int64?
    let maxDuration: Double?

    init(_ profile: Profile, _ options: PlanOptions) {
        self.profile = profile
        prefer = options.prefer
        ceiling = options.ceiling
        keep = options.keep
        reframing = options.reframing
        gain = options.gain
        container = options.container
        dropsPrivate = options.dropsPrivate
        maxBytes = [profile.fileByteLimit, options.maxBytes].compactMap { $0 }.min()
        maxDuration = [profile.maxDuration?.value, options.maxDuration].compactMap { $0 }.min()
    }

    /// Whether a part of it is asked for whatever its length.
    var keepsPart: Bool { if case .span = keep { true } else { false } }

    var accepted: [String]? { profile.types?.value }
    var videoRequired: Bool { profile.videoRequired?.value == true }
    var indexFirst: Bool { profile.indexFirst?.value == true }

    func takes(_ type: FileType) -> Bool { accepted?.contains(type.id) ?? true }
    func takes(video codec: String) -> Bool { profile.videoCodecs?.value.contains(codec) ?? true }
    func takes(audio codec: String) -> Bool {
        guard let taken = profile.audioCodecs?.value else { return true }
        return taken.contains(codec) || codec == "aac" && taken.contains("aac-lc")
    }
    func fits(_ bytes: Int64) -> Bool { maxBytes.map { bytes <= $0 } ?? true }
    func lasts(_ duration: Double) -> Bool { maxDuration.map { duration <= $0 } ?? true }

    /// The part of a length that is kept, in seconds; `nil` where all of it is.
    func part(of duration: Double) -> TimeRange? {
        var whole = TimeRange(start: 0, end: duration)
        if case .span(let span) = keep {
            whole = TimeRange(start: min(max(span.start, 0), duration), end: min(span.end, duration))
        }
        let length = min(whole.end - whole.start, maxDuration ?? .infinity)
        guard length < duration else { return nil }
        switch keep {
        case .start, .span: return TimeRange(start: whole.start, end: whole.start + length)
        case .middle: return TimeRange(start: (duration - length) / 2, end: (duration + length) / 2)
        case .end: return TimeRange(start: duration - length, end: duration)
        }
    }

    /// Whether the media are all that is in the file; an archive behind them is left out of a copy.
    func isAlone(_ facts: Facts) -> Bool {
        !SeveralTypes.hidesNoMedia(facts.otherTypes.value ?? []) && facts.bytesBefore == nil
    }

    /// The largest size of the same shape, even on both sides, that the limits on its sides allow.
    func within(_ size: Size) -> Size {
        let scaled = size.scaled(by: min(1, bound(on: size)))
        return advised(within: size, largerThan: scaled) ?? scaled
    }

    /// Whether a size is within the limits on its sides.
    func takes(_ size: Size) -> Bool {
        bound(on: size) >= 1 || advises(size)
    }

    /// Whether nothing is asked of the streams, and the file passes by the rest.
    func isMetByHeader(_ facts: Facts, _ type: FileType) -> Bool {
        takes(type) && fits(facts.bytes) && isAlone(facts) && maxDuration == nil && !keepsPart
            && profile.videoCodecs == nil
            && profile.audioCodecs == nil && profile.maxLongSide == nil && profile.maxShortSide == nil
            && !videoRequired && !indexFirst && mayTell(facts)
    }

    /// Whether the file may say of its making what it says; what is not known to be silent is copied without it.
    func mayTell(_ facts: Facts) -> Bool {
        guard dropsPrivate else { return true }
        return facts.metadata.value.map { entries in !entries.contains { $0.isPrivate } } ?? false
    }

    /// The file as it is, under an honest name.
    func keep(_ facts: Facts, _ type: FileType) -> Planned {
        let honest = ExtensionMismatch.extensions(of: type, for: profile)
        let steps: [Plan.Step] = honest.isEmpty || honest.contains(facts.fileExtension) ? [] : [.rename]
        return plan(steps, type, .known(facts.bytes))
    }

    /// - Parameter most: bytes, where there are fewer than the demand has.
    func plan(
        _ steps: [Plan.Step], _ output: FileType, _ predicted: Known<Int64>, atMost most: Int64? = nil
    ) -> Planned {
        .plan(
            Plan(
                steps: steps, output: output, maxBytes: most ?? maxBytes, maxDuration: maxDuration,
                predictedBytes: predicted, dropsPrivate: dropsPrivate))
    }
}

extension Size {
    /// Scaled down, both sides even and at least 2; as it is where the factor is 1 or more, but for odd sides.
    func scaled(by factor: Double) -> Size {
        let factor = min(factor, 1)
        func side(_ length: Int) -> Int { max(Int(Int64(saturating: Double(length) * factor)) / 2 * 2, 2) }
        return Size(width: side(width), height: side(height))
    }
}
