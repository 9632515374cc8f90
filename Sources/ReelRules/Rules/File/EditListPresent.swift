internal import ReelModel

/// An edit list stands between the media and what is shown.
enum EditListPresent: Rule {
    static let page = RulePage(
        id: "edit-list-present", group: .file, summary: "An edit list changes what of the media is shown.",
        why:
            "Instagram and Threads want none, YouTube warns of them (ISO/IEC 14496-12, 8.6.6). The customary one, which only"
            + "skips the delay of an encoder, is in most files and many of them are published: it is a note.",
        fix: .fit("Have the media copied without it"), depth: .header,
        examples: [
            Example("none", .passes, .publish(.noEditLists, true, .example(.mp4) { $0.editLists = .known(.none) })),
            Example(
                "one that skips two seconds", .fires,
                .publish(.noEditLists, true, .example(.mp4) { $0.editLists = .known(.significant) })),
            Example("the customary one, a note", .fires, .publish(.noEditLists, true, .example(.mp4))),
            Example(
                "an MP4 whose index was not read", .notEvaluated,
                .publish(.noEditLists, true, .example(.mp4) { $0.editLists = .unknown("no index was found") })),
        ])

    static let limits: [LimitKind] = [LimitKey.noEditLists.kind]

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, subject.facts.isISOBMFF, subject.facts.image == nil else {
            return .notApplicable
        }
        let judged = hold(
            .noEditLists, of: profile, subject.facts.editLists, breaks: { $1 && $0 != .none },
            say: { lists, _ in
                lists == .trivial
                    ? "It has the customary edit list, for an encoder's delay"
                    : "An edit list skips, delays or repeats some of the media"
            }, json: { lists, _ in (.string(lists.rawValue), ["equal": "none"]) })
        guard case .found(var findings) = judged, subject.facts.editLists.value == .trivial else { return judged }
        for at in findings.indices {
            findings[at].severity = .note
            findings[at].fix = "None is needed."
        }
        return .found(findings)
    }
}
