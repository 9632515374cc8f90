import ArgumentParser
import ReelModel
import ReelPipeline
import ReelRules

/// `--aspect`, `--fill` and `--loudness`: what a copy is made into beyond what its destination asks.
struct ReshapeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The shape that a film is brought to, width over height: 9:16.", valueName: "w:h"))
    var aspect: String?

    @Option(
        help: ArgumentHelp(
            "How a film is brought to another shape: blur (whole, over a blurred copy of itself), crop (its middle) or "
                + "pad (whole, between bars).", valueName: "way"), transform: way)
    var fill = Reframing.Fill.blur

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The loudness that sound is brought to, in LUFS (EBU R 128): -14. It is measured first, and made louder as "
                + "a whole, only as far as its true peak stays below -1 dBTP.", valueName: "lufs"))
    var loudness: Double?

    func validate() throws {
        if let aspect, Reframing(aspect: aspect, fill: fill) == nil {
            throw ValidationError("\"\(aspect)\" is no shape; write it as 9:16.")
        }
        if let loudness, !(-70 ... -5).contains(loudness) {
            throw ValidationError("--loudness takes a level from -70 to -5 LUFS.")
        }
    }

    var reframing: Reframing? { aspect.flatMap { Reframing(aspect: $0, fill: fill) } }

    /// The highest level that is left between two samples, in dBTP (EBU R 128: -1).
    private static let peak = -1.0
    /// Less than this nobody hears, in decibels.
    private static let least = 0.1

    /// Decibels by which a file's sound is to be made louder; `nil` where it stays.
    ///
    /// - Parameter plan: what is done to it else. Of a part that is kept the loudness is another, and is not known.
    func gain(of path: String, _ facts: Facts, _ plan: Plan, _ examiner: Examiner) async throws -> Double? {
        guard let loudness, facts.image == nil, facts.audio.value?.isEmpty == false else { return nil }
        guard !plan.steps.contains(where: { if case .trim = $0 { true } else { false } }) else {
            throw Failure(
                .usage, subject: path, problem: "only a part of it is kept, and how loud that part is was not measured",
                remedy: "Cut it first, without --loudness, and bring the copy to the level then")
        }
        let measured = try await examiner.facts(of: path, depth: .frames) {
            Terminal.shared.progress("Listening to \(path)", $0)
        }
        guard let sound = measured.measured?.sound?.loudness, let own = sound.integrated.value else {
            throw Failure(
                .notDone, subject: path, problem: "its loudness cannot be measured",
                remedy: "Leave --loudness out",
                cause: measured.measured?.sound?.loudness.integrated.reason ?? measured.inspectionFailure?.message)
        }
        let wanted = loudness - own
        let room = sound.truePeak.value.map { Self.peak - $0 } ?? 0
        let gain = min(wanted, max(room, min(wanted, 0)))
        if gain < wanted - Self.least {
            Terminal.shared.note(
                "reelgate: \(path) becomes \(Figure.decimal(own + gain, places: 1)) LUFS, not "
                    + "\(Figure.decimal(loudness, places: 1)): louder, its peaks would be clipped")
        }
        return abs(gain) < Self.least ? nil : gain
    }
}

private func way(_ text: String) throws -> Reframing.Fill {
    guard let fill = Reframing.Fill(rawValue: text) else {
        throw ValidationError("There is no way \"\(text)\" to fill a frame; choose blur, crop or pad.")
    }
    return fill
}
