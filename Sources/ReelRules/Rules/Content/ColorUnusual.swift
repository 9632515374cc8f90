internal import ReelModel

/// Its colours are signalled in another way than the destination advises.
enum ColorUnusual: Rule {
    static let page = RulePage(
        id: "color-unusual", group: .content,
        summary: "The colours are signalled in another way than the destination advises.",
        why:
            "A film that is not HDR is taken for BT.709, whatever it says. HDR in 8 bits shows bands, and YouTube warns of it"
            + "(unsupportedHdrPixelFormat).",
        fix: "Export SDR in BT.709, HDR with 10 bits.", depth: .header, yieldsTo: ["video-missing", "wrong-medium"],
        examples: [
            Example("BT.709", .passes, .publish(.colorPrimaries, "bt709", strength: .recommended, colored("bt709"))),
            Example(
                "a film that does not say", .passes,
                .publish(.colorPrimaries, "bt709", strength: .recommended, .example(.mp4))),
            Example(
                "SDR in BT.2020", .fires, .publish(.colorPrimaries, "bt709", strength: .recommended, colored("bt2020"))),
            Example(
                "HLG in 8 bits", .fires,
                .publish(.hdrMinBitDepth, 10, .example(.mp4) { $0.editVideo { $0.color.dynamicRange = .known(.hlg) } })),
            Example(
                "HLG in unknown bits", .notEvaluated,
                .publish(
                    .hdrMinBitDepth, 10,
                    .example(.mp4) {
                        $0.editVideo {
                            $0.color.dynamicRange = .known(.hlg)
                            $0.bitDepth = .unknown("no parameter set")
                        }
                    })),
        ])

    static let limits: [LimitKind] = [LimitKey.colorPrimaries.kind, LimitKey.hdrMinBitDepth.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeFilm(subject) { video, profile in
            guard let range = video.color.dynamicRange.value, range != .sdr else {
                // What is not tagged is taken for BT.709.
                guard video.color.primaries.value != nil else { return .passed }
                return holdEqual(.colorPrimaries, of: profile, video.color.primaries, stream: video.index) {
                    "Its primaries are \($0); \(profile.title) advises \($1) for SDR"
                }
            }
            return holdAtLeast(.hdrMinBitDepth, of: profile, video.bitDepth, stream: video.index) {
                "It is HDR with \($0) bits a sample; \(profile.title) wants \($1)"
            }
        }
    }

    private static func colored(_ primaries: String) -> Facts {
        .example(.mp4) { $0.editVideo { $0.color.primaries = .known(primaries) } }
    }
}
