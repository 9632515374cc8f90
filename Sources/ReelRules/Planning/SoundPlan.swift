internal import ReelModel

/// The plan for a file with sound alone.
struct SoundPlan {
    private let facts: Facts
    private let type: FileType
    private let demand: Demand

    init(_ facts: Facts, _ type: FileType, _ demand: Demand) {
        self.facts = facts
        self.type = type
        self.demand = demand
    }

    private var objections: Objections { Objections(to: facts, by: demand.profile) }

    func planned() -> Planned {
        guard let audio = facts.mainAudio else { return .impossible(leastBytes: nil, why: "it has no sound") }
        let duration = facts.duration.value
        let codecFine = demand.profile.audioCodecs == nil || audio.codec.value.map { demand.takes(audio: $0) } ?? false
        let lengthFine =
            duration.map { demand.part(of: $0) == nil } ?? (demand.maxDuration == nil && !demand.keepsPart)
        let indexFine = !demand.indexFirst || facts.fastStart.value ?? (type != .m4a)
        if demand.takes(type), demand.fits(facts.bytes), demand.isAlone(facts), codecFine, lengthFine, indexFine,
            objections.cures.isEmpty, demand.gain == nil, demand.mayTell(facts)
        {
            return demand.keep(facts, type)
        }
        if let why = objections.hopeless.first { return .impossible(leastBytes: nil, why: why) }
        guard let output = Conversion.target(of: .m4a, accepted: demand.accepted) else {
            return .impossible(
                leastBytes: nil, why: "\(demand.profile.name) takes no type of sound that can be written")
        }
        guard let duration, duration > 0 else {
            return .impossible(leastBytes: nil, why: "its length is not known: \(facts.duration.reason ?? "it is 0")")
        }
        let part = demand.part(of: duration)
        let kept = part.map { $0.end - $0.start } ?? duration
        if kept <= 0 { return .impossible(leastBytes: nil, why: "nothing is left of it between the times to keep") }
        let trim: [Plan.Step] = part.map { [.trim($0)] } ?? []
        let bytes = Int64(saturating: Double(facts.bytes) * kept / duration)
        if codecFine, !objections.cures.contains(.sound), demand.gain == nil,
            Containers.holds(audio: audio.codec.value ?? "", in: output),
            demand.fits(trim.isEmpty ? bytes : Int64(saturating: Double(bytes) / Rates.payload))
        {
            return demand.plan(trim + [.remux(streams: [audio.index])], output, .known(bytes))
        }
        let total = demand.maxBytes.map { Double($0) * 8 * Rates.payload / kept } ?? .infinity
        if total < Double(Rates.audioFloor) {
            let least = Int64(saturating: (Double(Rates.audioFloor) * kept / 8 / Rates.payload).rounded(.up))
            let why =
                "\(Figure.seconds(kept)) of sound do not go into \(Figure.size(demand.maxBytes ?? 0))"
                + Rates.alternative(bytes: demand.maxBytes ?? 0, rate: Double(Rates.audioFloor))
            return .impossible(leastBytes: least, why: why)
        }
        let target = demand.within(Rates.target(audio, atMost: total))
        let predicted = Int64(saturating: Double(target.bitRate) * kept / 8)
        return demand.plan(trim + [.encodeAudio(target)], output, .known(predicted))
    }
}
