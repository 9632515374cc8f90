public import ReelModel

/// What platforms answer, for people and programs: what `explain CODE` prints.
public enum AnswerPages {
    /// The answers of a code: what each says, when it comes, and which limits bring it about.
    public static func text(_ answers: [PlatformAnswer], style: ReportStyle = ReportStyle()) -> String {
        let paint = Paint(color: style.color)
        let blocks = answers.map { answer in
            let parent = answer.parent.map { ", under \($0)" } ?? ""
            var lines = [
                "\(paint(answer.code, .strong))  (\(answer.platformName)\(parent); \(answer.when))", "",
                Prose.wrapped(answer.gist.prefix(1).uppercased() + answer.gist.dropFirst() + "."),
            ]
            if answer.isNotAboutTheFile {
                lines += ["", "No property of the file brings it about: look at where, how and when it was sent."]
            }
            let kinds = answer.causes.compactMap { LimitKind.named($0) }
            if !kinds.isEmpty {
                lines += ["", paint("Brought about by", .strong)]
                lines += kinds.map { "  \($0.name)  \($0.summary)" }
            }
            if let note = answer.note { lines += ["", Prose.wrapped(note)] }
            return lines + ["", paint("Confidence \(answer.confidence.rawValue); source \(answer.source)", .quiet)]
        }
        return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    public static func json(_ answers: [PlatformAnswer]) -> JSON {
        [
            "schema": "reelgate.answers/1",
            "answers": .array(
                answers.map { answer in
                    var members: [JSON.Member] = [.init("id", .string(answer.id))]
                    members += ProfilePages.json(answer).members ?? []
                    members += [
                        .init("causes", .array(answer.causes.map(JSON.string))),
                        .init("notTheFile", .bool(answer.isNotAboutTheFile)),
                        .init("confidence", .string(answer.confidence.rawValue)),
                        .init("source", .string(answer.source)),
                    ]
                    return .object(members)
                }),
        ]
    }
}
