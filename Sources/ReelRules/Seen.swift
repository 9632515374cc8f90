internal import ReelModel

/// The main picture as it was looked at, with where it begins and ends: what the rules on pictures share.
struct Seen {
    let picture: PictureMeasurements
    let span: TimeRange

    var stream: Int { picture.stream }

    /// Whether a span reaches back to the first frame.
    func isFirst(_ range: TimeRange) -> Bool { range.start <= span.start + 1e-3 }

    /// Whether a span reaches to the end of the last frame.
    func isLast(_ range: TimeRange) -> Bool { range.end >= span.end - 1e-3 }

    /// What the film does with a span that reaches to one of its ends: it `begins` or `ends` with it.
    func edge(_ range: TimeRange) -> String? { isFirst(range) ? "begins" : isLast(range) ? "ends" : nil }

    /// What can be said where nothing was found: frames that were too small to tell it keep that from being sure.
    func passed(leavingOut small: Int, telling what: String) -> Judgement {
        small == 0
            ? .passed
            : .notEvaluated(
                "\(small) of \(picture.frames) frames are too small to tell \(what); the others have none")
    }

    /// Judges the main picture of a film. A file without one is none of these rules' business, and one whose picture was
    /// not looked at is not judged.
    static func judge(_ facts: Facts, _ body: (Measured, Seen) -> Judgement) -> Judgement {
        guard let measured = facts.measured else { return .notEvaluated(Decoding.nothing) }
        guard facts.image == nil, let video = facts.mainVideo else { return .notApplicable }
        guard let picture = measured.picture, picture.frames > 0,
            let span = measured.stream(picture.stream)?.span
        else {
            // That there is no decoder is for undecodable-codec to say.
            return video.decodable.value == false ? .notApplicable : .notEvaluated("no frame could be looked at")
        }
        return body(measured, Seen(picture: picture, span: span))
    }
}
