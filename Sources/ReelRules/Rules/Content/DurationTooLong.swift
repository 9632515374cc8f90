public import ReelModel

/// It lasts longer than the destination takes.
enum DurationTooLong: Rule {
    static let page = RulePage(
        id: "duration-too-long", group: .content, summary: "The file lasts longer than the destination takes.",
        why: "Longer films are refused, or cut where it suits nobody.", fix: .fit("Trim it", options: "--max-duration"),
        depth: .header,
        examples: [
            Example("10 s where 60 s are taken", .passes, .delivery(.example(.mp4))),
            Example("61 s where 60 s are taken", .fires, .delivery(.example(.mp4) { $0.duration = .known(61) })),
            Example(
                "a length that is not known", .notEvaluated,
                .delivery(.example(.mp4) { $0.duration = .unknown("the index was not read") })),
        ])

    static let limits: [LimitKind] = [LimitKey.maxDuration.kind]

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, let duration = subject.facts.playingTime else {
            return .notApplicable
        }
        return holdAtMost(.maxDuration, of: profile, duration) {
            "It lasts \(Figure.seconds($0)); \(profile.title) takes \(Figure.seconds($1))"
        }
    }
}

extension Facts {
    /// Seconds; of a picture, those of its animation, and `nil` where it is still.
    public var playingTime: Known<Double>? {
        guard let image else { return type.value?.kind == .image ? nil : duration }
        return (image.frames.value ?? 1) > 1 ? image.duration : nil
    }
}
