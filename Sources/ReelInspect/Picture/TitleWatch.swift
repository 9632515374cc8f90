internal import ReelModel

/// Looks at one span in which a title is asked for, and at the second before it and the second after it.
struct TitleWatch: Sendable {
    /// Seconds at either end of a title in which it may come and go, and how much of a short one.
    private static let fade = (seconds: 0.5, share: 0.2)
    /// Seconds beside the ends that are not looked at: frames do not end where segments do.
    private static let margin = 0.1
    /// Sketches that tell what stands, and what is there before or after.
    private static let fewest = (inside: 6, beside: 3)
    /// Seconds from a change of the picture to the ends of what is looked at, for which lettering has to stand on both
    /// sides of it.
    private static let sideOfCut = 0.3
    /// Seconds from one picture to the other, as far apart as those in the span and those beside it, or of the span as much
    /// as there is.
    private static let flow = (seconds: 1.5, share: 0.8)
    /// Samples along the shorter side, below which letters have too few.
    private static let smallest = 96

    let span: TimeRange
    /// What is looked at.
    private let middle: TimeRange
    private let before: TimeRange
    private let after: TimeRange
    private let interval: Double

    private var inside = SlopeSums()
    private var earlier = SlopeSums()
    private var later = SlopeSums()
    private var last = -Double.infinity
    private var size: (Int, Int)?
    private var hasChangedSize = false
    private var isCutWithin = false
    private var earlyPicture: [UInt16] = []
    private var ownPicture: [UInt16] = []
    /// From the picture before to that of the span, and from that to the one after; `nil` where there is none.
    private var passageIn: Passage?
    private var passageOut: Passage?
    private var jumped = false
    /// A picture of the span, and when it was shown: whether the picture a second later is another one, with no cut between.
    private var anchor: (picture: [UInt16], time: Double) = ([], -.infinity)
    private var flows = false

    init(_ span: TimeRange) {
        self.span = span
        let fade = min(Self.fade.seconds, Self.fade.share * span.duration)
        middle = TimeRange(start: span.start + fade, end: span.end - fade)
        before = TimeRange(start: span.start - SketchPlan.reach, end: span.start - Self.margin)
        after = TimeRange(start: span.end + Self.margin, end: span.end + SketchPlan.reach)
        interval = middle.duration / Double(SlopeSums.most - 8)
    }

    /// Whether a picture of that time has something to say; and whether none after it has.
    func isOver(at time: Double) -> Bool { time > after.end }
    func begins(after time: Double) -> Bool { time < before.start }

    mutating func see(_ picture: Picture) {
        let sums = picture.sums
        let time = sums.span.start
        if picture.change?.isJump == true {
            jumped = true
            let side = Self.sideOfCut
            if inside.count > 0, time >= middle.start + side, time <= middle.end - side { isCutWithin = true }
        }
        guard let sketch = sums.sketch else { return }
        if let size, size != (sketch.width, sketch.height) { hasChangedSize = true }
        size = (sketch.width, sketch.height)
        if time >= before.start, time <= before.end {
            if earlier.count == 0 {
                sums.luma.keep(in: &earlyPicture)
                jumped = false
            }
            earlier.add(sketch)
        } else if time >= middle.start, time <= middle.end {
            if inside.count == 0, earlier.count > 0 {
                passageIn = jumped ? .cut : sums.luma.goesOn(from: earlyPicture) ? .goesOn : .changes
            }
            if time - last >= interval {
                last = time
                inside.add(sketch)
            }
            sums.luma.keep(in: &ownPicture)
            follow(sums.luma, at: time)
            jumped = false
        } else if time >= after.start, time <= after.end, inside.count > 0 {
            // What the picture was without the title is seen: another picture tells nothing more of it.
            if jumped, later.count >= Self.fewest.beside { return }
            later.add(sketch)
            let passage: Passage = jumped ? .cut : sums.luma.goesOn(from: ownPicture) ? .goesOn : .changes
            passageOut = min(passageOut ?? .goesOn, passage)
        }
    }

    private mutating func follow(_ luma: CellGrid, at time: Double) {
        if jumped { anchor.time = -.infinity }
        guard anchor.time > -.infinity else {
            luma.keep(in: &anchor.picture)
            anchor.time = time
            return
        }
        guard time - anchor.time >= min(Self.flow.seconds, Self.flow.share * middle.duration) else { return }
        if !luma.goesOn(from: anchor.picture) { flows = true }
        luma.keep(in: &anchor.picture)
        anchor.time = time
    }

    var lettering: Lettering { Lettering(span: span, strokes: strokes) }

    private var strokes: Known<StandingStrokes> {
        if hasChangedSize { return .unknown("the size of the picture changes") }
        guard let size else { return .unknown("the film has no picture then") }
        guard min(size.0, size.1) >= Self.smallest else { return .unknown("the picture is too small to have letters") }
        guard inside.count >= Self.fewest.inside else {
            return .unknown("it has too few frames to tell what stands still")
        }
        let sides = [earlier, later].filter { $0.count >= Self.fewest.beside }
        guard !sides.isEmpty else {
            return .unknown("the film has no picture before it and after it to tell its lettering from")
        }
        let (width, height) = size
        let standing = inside.standing
        func missing(on sides: [SlopeSums]) -> StrokeCluster {
            var slopes = standing
            for place in slopes.indices where slopes[place] != 0 {
                let (row, column) = place.quotientAndRemainder(dividingBy: width)
                if sides.contains(where: { $0.explains(slopes[place], row: row, column: column) }) { slopes[place] = 0 }
            }
            return StrokeCluster(slopes, width: width, height: height)
        }
        let own = missing(on: sides)
        let oneSided = sides.count == 1 ? own.rows : sides.map { missing(on: [$0]).rows }.max() ?? own.rows
        return .known(
            StandingStrokes(
                frames: inside.count, rows: own.rows, oneSidedRows: oneSided, place: own.place,
                elsewhere: own.inside > 0 ? Double(own.outside) / Double(own.inside) : 0,
                goesOn: isCutWithin || [passageIn, passageOut].contains { $0 == .goesOn || $0 == .changes && flows }))
    }

    /// What becomes of the picture at an end of the span.
    private enum Passage: Int, Comparable {
        /// Another one.
        case cut
        /// Another one within a second, without a cut: it moves, or dissolves.
        case changes
        case goesOn

        static func < (a: Passage, b: Passage) -> Bool { a.rawValue < b.rawValue }
    }
}

extension CellGrid {
    /// Whether this is still the picture that was kept, gone on for a second or two: bright and dark lie alike, or most of
    /// it did not change.
    fileprivate func goesOn(from kept: [UInt16]) -> Bool {
        guard kept.count == count, count > 0 else { return false }
        return difference(to: kept).muchShare <= 0.25 || correlation(with: kept) >= 0.5
    }

    private func correlation(with kept: [UInt16]) -> Double {
        let other = CellGrid(width: columns * Self.side, height: rows * Self.side)
        other.cells.update(from: kept, count: count)
        return correlation(with: other)
    }
}
