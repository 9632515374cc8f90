/// Frames whose repeats come as one shape has them.
struct CadenceFit: Sendable, Hashable {
    let shape: CadenceShape
    let phase: Int
    private(set) var frames: Range<Int>

    /// A piece of the film that is held against one shape has that many frames at least, and room for so many repeats. So
    /// many are there; of rare ones, four at one distance do not come by chance.
    private static let shortest = 48
    private static let slots = 5
    private static func fewest(_ shape: CadenceShape) -> Int { shape.isRare ? 4 : 5 }
    /// Of the film, less is not told of.
    private static let least = 40
    /// Of the frames of a piece, how many have to tell something.
    private static let told = 0.5
    /// Of the repeats that the shape has, how many have to be there; of its new pictures, how many may be repeats; and of all,
    /// how many may be one of both.
    private static let agreement = 0.8
    private static let dissent = 0.1
    private static let errors = 0.13
    /// Where so many repeats more are missing than came, the shape has ended.
    private static let patience = 8

    /// All that there are, in order of time; no frame is in two.
    static func all(in kinds: [RepeatRecord.Kind]) -> [CadenceFit] {
        let counts = Counts(kinds)
        guard counts.again(0..<kinds.count) > 0 else { return [] }
        var pieces = CadenceShape.all.flatMap { Self.pieces(of: $0, kinds, counts) }
        pieces.sort {
            ($1.worth, $0.frames.lowerBound, $0.frames.count) < ($0.worth, $1.frames.lowerBound, $1.frames.count)
        }
        var fits: [CadenceFit] = []
        for piece in pieces {
            let middle = (piece.frames.lowerBound + piece.frames.upperBound) / 2
            guard !fits.contains(where: { $0.frames.contains(middle) }) else { continue }
            let from = fits.map(\.frames.upperBound).filter { $0 <= middle }.max() ?? 0
            let to = fits.map(\.frames.lowerBound).filter { $0 > middle }.min() ?? kinds.count
            if let fit = piece.fit(around: middle, within: from..<to, kinds) { fits.append(fit) }
        }
        return fits.sorted { $0.frames.lowerBound < $1.frames.lowerBound }
    }

    /// Whether a run of repeats that begins at a frame is one of its own. Film in video has them a frame earlier or later now
    /// and then.
    func has(_ frame: Int, repeats: Int) -> Bool {
        frames.contains(frame) && repeats <= shape.longest
            && (-1...1).contains { !shape.isNew(max(frame + $0, 0), phase) }
    }

    // MARK: Pieces

    private struct Piece {
        let shape: CadenceShape
        let phase: Int
        /// Where a picture falls right between two frames, times that are rounded have it in either.
        let wavers: Bool
        var frames: Range<Int>
        /// Repeats that are there, without what speaks against it.
        var worth = 0

        /// As far as it goes on to both sides.
        func fit(around middle: Int, within free: Range<Int>, _ kinds: [RepeatRecord.Kind]) -> CadenceFit? {
            guard let last = edge(middle..<free.upperBound, kinds),
                let first = edge((free.lowerBound..<middle).reversed(), kinds)
            else { return nil }
            // The picture that the first repeat repeats; and what is before the first, or after the last, is the film's end.
            var lower = max(first - 1, free.lowerBound)
            var upper = min(last + 1, free.upperBound)
            if free.lowerBound == 0, lower <= shape.frames { lower = 0 }
            if free.upperBound == kinds.count, upper + shape.frames >= kinds.count { upper = kinds.count }
            let fit = CadenceFit(shape: shape, phase: phase, frames: lower..<upper)
            return fit.frames.count >= CadenceFit.least ? fit : nil
        }

        /// The furthest repeat, up to where more speaks against the shape than for it.
        private func edge(_ frames: some Sequence<Int>, _ kinds: [RepeatRecord.Kind]) -> Int? {
            var (score, best) = (0, 0)
            var edge: Int?
            for frame in frames {
                switch finding(at: frame, kinds) {
                case .nothing, .new: continue
                case .again:
                    score += 1
                    if score >= best { (best, edge) = (score, frame) }
                case .odd: score -= 1
                case .missing: score -= 2
                }
                if score < best - CadenceFit.patience { break }
            }
            return edge
        }

        private enum Finding { case nothing, new, again, odd, missing }

        /// What a frame says of the shape.
        private func finding(at frame: Int, _ kinds: [RepeatRecord.Kind]) -> Finding {
            let kind = kinds[frame]
            let isNew = shape.isNew(frame, phase)
            if wavers, isNew != shape.isNew(frame, phase + 1) {
                // One of two frames has the picture; the second speaks for both.
                guard isNew, frame > 0, kind != .untold, kinds[frame - 1] != .untold else { return .nothing }
                if kind == kinds[frame - 1] { return kind == .again ? .odd : .missing }
                return .again
            }
            switch (kind, isNew) {
            case (.untold, _): return .nothing
            case (.new, true): return .new
            case (.new, false): return .missing
            case (.again, false): return .again
            case (.again, true): return .odd
            }
        }

        /// Whether the frames agree; how well is kept.
        mutating func agrees(with kinds: [RepeatRecord.Kind]) -> Bool {
            var (hits, missing, news, odd) = (0, 0, 0, 0)
            for frame in frames {
                switch finding(at: frame, kinds) {
                case .nothing: break
                case .new: news += 1
                case .again: hits += 1
                case .odd: odd += 1
                case .missing: missing += 1
                }
            }
            let all = Double(hits + missing + news + odd)
            worth = hits - 3 * (missing + odd)
            // What may waver agrees with more by chance.
            let patience = wavers ? 0.5 : 1
            return hits >= fewest(shape) && missing + odd <= hits
                && Double(missing) <= patience * (1 - agreement) * Double(hits + missing)
                && Double(odd) <= patience * dissent * Double(news + odd)
                && Double(missing + odd) <= patience * errors * all
        }
    }

    private static func pieces(of shape: CadenceShape, _ kinds: [RepeatRecord.Kind], _ counts: Counts) -> [Piece] {
        let fewest = fewest(shape)
        let length = max(shortest, (slots * shape.frames + shape.repeats - 1) / shape.repeats)
        let share = Double(shape.repeats) / Double(shape.frames)
        let likely = share / 2...share + 0.25
        var pieces: [Piece] = []
        var start = 0
        while start < kinds.count {
            let frames = max(min(start, kinds.count - length), 0)..<min(start + length, kinds.count)
            let (again, toldFrames) = (counts.again(frames), counts.told(frames))
            // Whether there are about as many as the shape has is told without looking where they are.
            if again >= fewest, Double(toldFrames) >= told * Double(frames.count),
                likely.contains(Double(again) / Double(toldFrames))
            {
                // Steady before wavering, where both are as good.
                var best: Piece?
                for wavers in shape.canWaver ? [false, true] : [false] {
                    for phase in 0..<shape.frames {
                        var piece = Piece(shape: shape, phase: phase, wavers: wavers, frames: frames)
                        if piece.agrees(with: kinds), piece.worth > best?.worth ?? .min { best = piece }
                    }
                }
                if let best { pieces.append(best) }
            }
            if frames.upperBound == kinds.count { break }
            start += length / 2
        }
        return pieces
    }

    /// How many frames up to each repeat, and how many tell anything.
    private struct Counts {
        private var again = [0]
        private var told = [0]

        init(_ kinds: [RepeatRecord.Kind]) {
            again.reserveCapacity(kinds.count + 1)
            told.reserveCapacity(kinds.count + 1)
            for (place, kind) in kinds.enumerated() {
                again.append(again[place] + (kind == .again ? 1 : 0))
                told.append(told[place] + (kind == .untold ? 0 : 1))
            }
        }

        func again(_ frames: Range<Int>) -> Int { again[frames.upperBound] - again[frames.lowerBound] }
        func told(_ frames: Range<Int>) -> Int { told[frames.upperBound] - told[frames.lowerBound] }
    }
}
