internal import ReelModel

/// Fields were woven together and called a progressive picture.
enum Combed: CheckRule {
    static let share = Threshold(
        "min_share", unit: "share", "of the frames that move, where this many are combed the film is found")

    static let page = RulePage(
        id: "combed", group: .picture,
        summary: "Rows are combed where something moves, in frames that pass for progressive.",
        why: "Each frame is two fields of different moments, and no player takes them apart because nothing says so: "
            + "moving edges have teeth.",
        fix: "Deinterlace the source (bwdif, or the editor's own setting) and render it again.", depth: .frames,
        reads: [.combing],
        yieldsTo: ["picture-missing"], thresholds: [share],
        examples: [
            Example("progressive", .passes, subject(Combing(moving: 280))),
            Example(
                "woven fields", .fires,
                subject(Combing(moving: 280, combed: 260, span: TimeRange(start: 0, end: 10)))),
            Example(
                "interlaced, and says so", .passes,
                subject(Combing(moving: 280, combed: 260, flagged: 300, span: TimeRange(start: 0, end: 10)))),
            Example(
                "a picture too small to tell", .notEvaluated,
                subject(.unknown("the picture is too small to tell combed rows"))),
        ])

    private static func subject(_ combing: Combing) -> Subject { subject(.known(combing)) }
    private static func subject(_ combing: Known<Combing>) -> Subject {
        .checked(
            "combed", [share: 0.25], severity: .risk,
            .decodedExample(.mp4) { $0.measured?.picture?.combing = combing })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Seen.judge(facts) { _, seen in
            let combing: Combing
            switch seen.picture.combing {
            case .known(let known): combing = known
            case .unknown(let why): return .notEvaluated(why)
            }
            guard combing.flagged * 2 < seen.picture.frames else { return .passed }
            let share = Double(combing.combed) / Double(max(combing.moving, 1))
            guard combing.combed > 2, share >= check[Self.share] else {
                return seen.passed(leavingOut: seen.picture.tooSmall.combing, telling: "combed rows")
            }
            return .found([
                found(
                    check, "\(combing.combed) of \(combing.moving) moving frames are combed and pass for progressive",
                    measured: JSON(share), allowed: ["max": JSON(check[Self.share])], unit: "share",
                    stream: seen.stream, span: combing.span)
            ])
        }
    }
}
