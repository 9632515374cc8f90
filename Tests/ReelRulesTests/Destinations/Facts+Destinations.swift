import ReelModel

@testable import ReelRules

extension Facts {
    /// Facts of a file that a destination takes without a risk: the first of a grid of usual sizes, lengths and rates
    /// that no limit stands against; `nil` where there is none.
    static func taken(by profile: Profile) -> Facts? {
        for type in types(for: profile) {
            for size in [(1080, 1920), (1080, 1080), (1280, 720), (640, 640), (320, 320), (128, 128)] {
                for duration in [10.0, 4, 2] {
                    for bytes: Int64 in [4_000_000, 400_000, 90_000] {
                        let facts = candidate(type, profile, size, duration, bytes)
                        let found = Engine.judge(facts, profiles: [profile])
                        if !found.findings.contains(where: { $0.severity >= .risk }),
                            Verdict(findings: found.findings, notEvaluated: found.notEvaluated, strict: true) == .pass
                        {
                            return facts
                        }
                    }
                }
            }
        }
        return nil
    }

    private static func types(for profile: Profile) -> [FileType] {
        let kind: FileType.Kind
        switch profile.medium {
        case .video, .any: kind = .video
        case .image: kind = .image
        case .gif: return [.gif]
        case .audio: kind = .audio
        }
        let usual: [FileType] = [.mp4, .mov, .jpg, .png, .webp, .mp3, .ogg, .gif]
        return usual.filter { type in
            (type.kind == kind || kind == .audio && type == .ogg)
                && profile.types.map { $0.value.contains(type.id) } ?? true
        }
    }

    private static func candidate(
        _ type: FileType, _ profile: Profile, _ size: (Int, Int), _ duration: Double, _ bytes: Int64
    ) -> Facts {
        // What only the packets tell is known too, so that nothing stays open.
        let good: Facts = type.kind == .image ? .example(type) : .packetsExample(type)
        return good.edited { facts in
            facts.bytes = bytes
            facts.editLists = facts.isISOBMFF ? .known(.none) : facts.editLists
            facts.image?.width = .known(size.0)
            facts.image?.height = .known(size.1)
            if profile.medium == .audio { facts.video = .known([]) }
            if type == .ogg { facts.editAudio { $0.codec = .known("opus") } }
            facts.setLength(duration)
            facts.editVideo {
                $0.width = .known(size.0)
                $0.height = .known(size.1)
                if let codec = profile[all: .videoCodecs].first?.value.first { $0.codec = .known(codec) }
            }
        }
    }

    private func edited(_ edit: (inout Facts) -> Void) -> Facts {
        var facts = self
        edit(&facts)
        return facts
    }

    mutating func setLength(_ seconds: Double) {
        guard image == nil else { return }
        duration = .known(seconds)
        bitRate = .known(Int64(Double(bytes) * 8 / seconds))
    }
}
