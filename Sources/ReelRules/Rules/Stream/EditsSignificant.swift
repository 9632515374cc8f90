internal import ReelModel

/// An edit list rearranges what is stored.
enum EditsSignificant: CheckRule {
    static let page = RulePage(
        id: "edits-significant", group: .stream,
        summary: "An edit list skips, repeats or delays some of what the file stores.",
        why: "What is shown is not what is stored, and players and services differ in following the list (ISO/IEC "
            + "14496-12, 8.6.6): with some the film is longer, or the sound out of step. The customary shift by an "
            + "encoder's delay is no matter.",
        fix: .fit("Encode it again, so that what is stored is what is shown"), depth: .header,
        examples: [
            Example("the customary shift", .passes, subject(.known(.trivial))),
            Example("a part that is skipped", .fires, subject(.known(.significant))),
            Example("an index that was not read", .notEvaluated, subject(.unknown("the index was not read"))),
        ])

    private static func subject(_ edits: Known<EditLists>) -> Subject {
        .checked("edits-significant", severity: .note, .example(.mp4) { $0.editLists = edits })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        guard facts.isISOBMFF, facts.image == nil else { return .notApplicable }
        switch facts.editLists {
        case .known(.significant):
            return .found([
                found(
                    check, "An edit list rearranges what the file stores", measured: "significant",
                    allowed: ["anyOf": ["none", "trivial"]])
            ])
        case .known: return .passed
        case .unknown(let why): return .notEvaluated(why)
        }
    }
}
