/// One difference between two drafts, in the terms of whoever ordered it.
public enum DraftChange: Sendable, Hashable {
    case added(Draft.Track.Kind, Draft.Segment)
    case removed(Draft.Track.Kind, Draft.Segment)
    /// The same segment at another place, of the same length.
    case moved(Draft.Track.Kind, from: Draft.Segment, to: Draft.Segment)
    /// The same segment, longer or shorter.
    case retimed(Draft.Track.Kind, from: Draft.Segment, to: Draft.Segment)
    case volume(Draft.Track.Kind, from: Draft.Segment, to: Draft.Segment)
    /// Something else in the place of a segment: other words, another clip.
    case replaced(Draft.Track.Kind, from: Draft.Segment, to: Draft.Segment)
    case canvas(from: Size?, to: Size)
    /// The JSON differs where its keys are not published.
    case unpublished
}

extension Draft {
    /// What makes this draft out of that one, in the order of this draft's tracks, what is gone last.
    public func changes(from old: Draft?) -> [DraftChange] {
        guard old?.json.canonical != json.canonical else { return [] }
        var changes: [DraftChange] = []
        if let canvas = canvas.value, canvas != old?.canvas.value, old != nil {
            changes.append(.canvas(from: old?.canvas.value, to: canvas))
        }
        var before = old?.placed ?? []
        var unmatched: [Placed] = []
        for piece in placed where !Placed.take(from: &before, where: { $0 == piece }) { unmatched.append(piece) }
        var remaining: [Placed] = []
        for piece in unmatched {
            if let same = Placed.first(from: &before, where: { $0.kind == piece.kind && $0.subject == piece.subject }) {
                changes += Self.changes(from: same, to: piece)
            } else {
                remaining.append(piece)
            }
        }
        for piece in remaining {
            let inItsPlace = Placed.first(from: &before) {
                $0.kind == piece.kind && $0.segment.start == piece.segment.start && $0.segment.end == piece.segment.end
            }
            if let inItsPlace {
                changes.append(.replaced(piece.kind, from: inItsPlace.segment, to: piece.segment))
            } else {
                changes.append(.added(piece.kind, piece.segment))
            }
        }
        changes += before.map { .removed($0.kind, $0.segment) }
        return changes.isEmpty ? [.unpublished] : changes
    }

    private var placed: [Placed] {
        tracks.flatMap { track in track.segments.map { Placed(kind: track.kind, segment: $0) } }
    }

    private static func changes(from old: Placed, to new: Placed) -> [DraftChange] {
        var changes: [DraftChange] = []
        if old.segment.duration != new.segment.duration {
            changes.append(.retimed(new.kind, from: old.segment, to: new.segment))
        } else if old.segment.start != new.segment.start {
            changes.append(.moved(new.kind, from: old.segment, to: new.segment))
        }
        if old.segment.volume != new.segment.volume {
            changes.append(.volume(new.kind, from: old.segment, to: new.segment))
        }
        return changes
    }
}

/// A segment with its track's kind, as far as people see it.
private struct Placed: Equatable {
    var kind: Draft.Track.Kind
    var segment: Draft.Segment

    /// What it is called, and nothing of where it stands.
    var subject: String? {
        switch kind {
        case .text: segment.text ?? segment.name
        case .video, .audio, .other: segment.name ?? segment.text
        }
    }

    static func == (a: Placed, b: Placed) -> Bool {
        a.kind == b.kind && a.subject == b.subject && a.segment.start == b.segment.start
            && a.segment.duration == b.segment.duration && a.segment.volume == b.segment.volume
    }

    static func first(from list: inout [Placed], where matches: (Placed) -> Bool) -> Placed? {
        list.firstIndex(where: matches).map { list.remove(at: $0) }
    }

    static func take(from list: inout [Placed], where matches: (Placed) -> Bool) -> Bool {
        first(from: &list, where: matches) != nil
    }
}

/// In words: `Title added: "Urban Dreams" (0-3s)`.
extension DraftChange: CustomStringConvertible {
    public var description: String {
        switch self {
        case .added(let kind, let segment): "\(kind.label) added: \(segment.summary(in: kind))"
        case .removed(let kind, let segment): "\(kind.label) removed: \(segment.summary(in: kind))"
        case .moved(let kind, let old, let new):
            "\(kind.label) moved: \(new.subject(in: kind)), \(old.place) → \(new.place)"
        case .retimed(let kind, let old, let new):
            "\(kind.label) retimed: \(new.subject(in: kind)), \(old.place) → \(new.place)"
        case .volume(let kind, let old, let new):
            "\(kind.label) volume: \(new.subject(in: kind)), \(old.loudness) → \(new.loudness)"
        case .replaced(let kind, let old, let new):
            "\(kind.label) changed: \(old.subject(in: kind)) → \(new.subject(in: kind)) (\(new.place))"
        case .canvas(let old?, let new): "Canvas: \(old) → \(new)"
        case .canvas(nil, let new): "Canvas: \(new)"
        case .unpublished: "The timeline changed, in something that its tracks do not show"
        }
    }
}
