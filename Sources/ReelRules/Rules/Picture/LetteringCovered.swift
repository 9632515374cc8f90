internal import ReelModel

/// Lettering stands where the interface of a destination lies over the picture.
enum LetteringCovered: CheckRule {
    static let top = Threshold("top", unit: "of the height", "from 0 to 1, that is covered from the top")
    static let bottom = Threshold("bottom", unit: "of the height", "from 0 to 1, that is covered from the bottom")
    static let left = Threshold("left", unit: "of the width", "from 0 to 1, that is covered from the left")
    static let right = Threshold("right", unit: "of the width", "from 0 to 1, that is covered from the right")
    static let shortest = Threshold("min_duration", unit: "seconds", "lettering that stands for so long is found")

    static let page = RulePage(
        id: "lettering-covered", group: .picture,
        summary: "Lettering stands outside the safe area, where the destination's interface is drawn over the picture.",
        why:
            "Names, captions and buttons of the app lie over the edges of an upright film, and what is written there cannot "
            + "be read. Only a film of 9:16 fills the screen, so that it is known where they lie. Lettering is told from the "
            + "picture by coming or going while the picture goes on, or by staying over a cut, and is looked for in steps of "
            + "two thirds of a second. What comes and goes with a shot, is there for less than one and a half seconds, or "
            + "moves all the time, is not found; a picture on a screen or a sign that is uncovered may be taken for it.",
        fix: "Move it into the safe area, or render the film without it.", depth: .frames, reads: [.captions],
        yieldsTo: ["picture-missing", "video-missing"], thresholds: [top, bottom, left, right, shortest],
        examples: [
            Example("no lettering", .passes, subject([])),
            Example("in the middle", .passes, subject([area(0.2, 0.4, 0.8, 0.5)])),
            Example("at the bottom", .fires, subject([area(0.2, 0.82, 0.8, 0.88)])),
            Example("under the name of the account", .fires, subject([area(0.2, 0.02, 0.8, 0.06)])),
            Example("too far to the right", .fires, subject([area(0.5, 0.4, 0.98, 0.5)])),
            Example("at the bottom for a moment", .passes, subject([area(0.2, 0.82, 0.8, 0.88)], to: 3.4)),
            Example(
                "a wide film", .notEvaluated,
                subject([area(0.2, 0.82, 0.8, 0.88)]) {
                    $0.editVideo { ($0.width, $0.height) = (.known(1920), .known(1080)) }
                }),
            Example(
                "a film that is turned to be shown", .notEvaluated,
                subject([area(0.2, 0.82, 0.8, 0.88)]) {
                    $0.editVideo {
                        ($0.width, $0.height) = (.known(1920), .known(1080))
                        $0.rotation = .known(90)
                    }
                }),
            Example(
                "too short to tell", .notEvaluated,
                subject([]) { $0.measured?.picture?.captions = .unknown("the film is too short") }),
        ])

    private static func area(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) -> PictureArea {
        PictureArea(left: left, top: top, right: right, bottom: bottom)
    }

    private static func subject(
        _ places: [PictureArea], to end: Double = 6, _ edit: (inout Facts) -> Void = { _ in }
    ) -> Subject {
        .checked(
            "lettering-covered", [top: 0.14, bottom: 0.35, left: 0.06, right: 0.06, shortest: 1], severity: .note,
            .decodedExample(.mp4) { facts in
                facts.measured?.picture?.captions = .known(
                    places.map { Caption(span: TimeRange(start: 3, end: end), place: $0, rows: 12) })
                edit(&facts)
            })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Seen.judge(facts) { _, seen in
            guard let video = facts.mainVideo, let shown = video.displaySize.value else {
                return .notEvaluated("the size of the picture is not known")
            }
            let aspect = Aspect(shown)
            guard aspect.isNear(9 / 16) else {
                return .notEvaluated(
                    "\(aspect.words) does not fill an upright screen, so that it is not known what is covered")
            }
            guard video.rotation.value == 0 else {
                return .notEvaluated("the picture is turned to be shown, and lettering is looked for as it is stored")
            }
            switch seen.picture.captions {
            case .unknown(let why): return .notEvaluated(why)
            case .known(let captions):
                let covered = captions.compactMap { finding($0, check, seen.stream) }
                return covered.isEmpty ? .passed : .found(covered)
            }
        }
    }

    /// The largest part of it that is covered, if any.
    private static func finding(_ caption: Caption, _ check: CheckOfProfile, _ stream: Int) -> Finding? {
        guard caption.span.isAtLeast(check[shortest]) else { return nil }
        let place = caption.place
        let sides = [
            (check[top] - place.top, top, "top", "height"),
            (place.bottom - (1 - check[bottom]), bottom, "bottom", "height"),
            (check[left] - place.left, left, "left", "width"),
            (place.right - (1 - check[right]), right, "right", "width"),
        ]
        guard let worst = sides.filter({ $0.0 > precision }).max(by: { $0.0 < $1.0 }) else { return nil }
        let (beyond, side, name, extent) = worst
        return found(
            check,
            "Lettering reaches \(Figure.percent(beyond)) of the \(extent) into the \(Figure.percent(check[side])) at the "
                + "\(name) that the interface covers",
            measured: JSON(check[side] - beyond), allowed: ["min": JSON(check[side])], unit: "of the \(extent)",
            stream: stream, span: caption.span)
    }

    /// Of the height, or the width: edges are found to one or two samples of a few hundred.
    private static let precision = 0.01
}
