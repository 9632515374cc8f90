internal import ReelModel

/// The pictures of a post differ in shape or size.
enum PostUneven: Rule {
    static let page = RulePage(
        id: "post-uneven", group: .post,
        summary: "A picture has another shape, or size, than the first one of its post.",
        why:
            "A carousel is shown in one frame: all pictures are cropped to the shape of the first, or the odd one is refused.",
        fix: "Bring all of them to one size.", depth: .header,
        examples: [
            Example("two of one shape", .passes, .post(.sameAspect, true, [.example(.jpg), .example(.jpg)], at: 1)),
            Example(
                "an upright one behind a wide one", .fires, .post(.sameAspect, true, [.example(.jpg), upright], at: 1)),
            Example(
                "one of the same shape and half the size", .passes,
                .post(.sameAspect, true, [.example(.jpg), half], at: 1)),
            Example(
                "one of half the size where sizes have to be equal", .fires,
                .post(.sameSize, true, [.example(.jpg), half], at: 1)),
            Example(
                "a size that is not known", .notEvaluated, .post(.sameSize, true, [.example(.jpg), unread], at: 1)),
            Example(
                "behind one that cannot be read", .notEvaluated,
                .post(.sameAspect, true, [nil, .example(.jpg)], at: 1)),
        ])

    static let limits: [LimitKind] = [LimitKey.sameAspect.kind, LimitKey.sameSize.kind]

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, let post = subject.post, post.index > 0,
            let head = post.files.first, let own = subject.facts.displaySize
        else { return .notApplicable }
        guard let first = head.map(\.displaySize) ?? .some(.unknown("the first file of the post could not be read"))
        else { return .notApplicable }
        let both = first.flatMap { first in own.map { (first: first, own: $0) } }
        return .joined([
            hold(
                .sameAspect, of: profile, both,
                breaks: { sizes, wanted in wanted && !Aspect(sizes.own).isNear(Aspect(sizes.first).ratio) },
                say: { sizes, _ in "It is \(Aspect(sizes.own).words), and the first one \(Aspect(sizes.first).words)" },
                json: { sizes, _ in (JSON(Aspect(sizes.own).ratio), ["equal": JSON(Aspect(sizes.first).ratio)]) }),
            hold(
                .sameSize, of: profile, both, breaks: { sizes, wanted in wanted && sizes.own != sizes.first },
                say: { sizes, _ in "It is \(sizes.own), and the first one \(sizes.first)" },
                json: { sizes, _ in (JSON(sizes.own), ["equal": JSON(sizes.first)]) }),
        ])
    }

    private static func sized(_ width: Int, _ height: Int) -> Facts {
        .example(.jpg) {
            $0.image?.width = .known(width)
            $0.image?.height = .known(height)
        }
    }

    private static var upright: Facts { sized(2000, 3000) }
    private static var half: Facts { sized(1500, 1000) }
    private static var unread: Facts { .example(.jpg) { $0.image?.width = .unknown("its header was not read") } }
}
