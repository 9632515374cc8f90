internal import ReelModel

/// The media in it is encrypted.
enum Encrypted: Rule {
    static let page = RulePage(
        id: "encrypted", group: .file, summary: "A stream is encrypted.",
        why:
            "Bought and rented films are protected: the service receives a file that looks right and cannot decode it.",
        fix: "Send a file without protection.", depth: .header,
        examples: [
            Example("an ordinary film", .passes, .alone(.example(.mp4))),
            Example("a protected film", .fires, .alone(.example(.m4v) { $0.encrypted = .known(true) })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        switch subject.facts.encrypted {
        case .known(true): refused("A stream is encrypted", measured: true, allowed: ["equal": false])
        case .known(false): .passed
        // Where a reader does not look, the decoder will: an encrypted stream has no decodable frame.
        case .unknown: .notApplicable
        }
    }
}
