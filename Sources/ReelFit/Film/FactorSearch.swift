#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Finds the one constant rate factor at which a film that is too short to be steered comes to its bytes, from what it
/// came to at others. A machine without I/O.
struct FactorSearch: Sendable {
    private struct Point: Sendable, Hashable {
        var factor: Double
        var octaves: Double
    }

    private var points: [Point] = []

    /// How much the factor rises until the bytes have halved, at the least and at the most: faint noise comes and goes
    /// within one.
    private static let steepest = 0.7
    private static let flattest = 12.0
    /// Nearer to one another than this, two points tell no slope.
    private static let apart = 0.3

    mutating func note(factor: Double, bytes: Double) {
        points.removeAll { abs($0.factor - factor) < 0.01 }
        points.append(Point(factor: factor, octaves: log2(max(bytes, 1))))
        points.sort { $0.factor < $1.factor }
    }

    var isEmpty: Bool { points.isEmpty }

    /// The factor at which so many bytes are expected; `nil` where nothing is known.
    /// - Parameter halving: how much the factor rises until the bytes have halved, where the points do not tell.
    func factor(bytes: Double, halving: Double = RatePilot.halving) -> Double? {
        let goal = log2(max(bytes, 1))
        guard let nearest = points.min(by: { abs($0.octaves - goal) < abs($1.octaves - goal) }) else { return nil }
        let better = points.last { $0.octaves > goal }
        let worse = points.first { $0.octaves <= goal }
        if let better, let worse, better.factor < worse.factor {
            let share = (better.octaves - goal) / max(better.octaves - worse.octaves, 1e-9)
            let straight = better.factor + share * (worse.factor - better.factor)
            let bent = bent(better, worse, goal) ?? straight
            return bent > better.factor && bent < worse.factor ? bent : straight
        }
        return nearest.factor + (nearest.octaves - goal) * (self.halving(bytes: bytes) ?? halving)
    }

    /// On the parabola through the two and the point that is nearest to the goal besides them.
    private func bent(_ better: Point, _ worse: Point, _ goal: Double) -> Double? {
        let others = points.filter { $0 != better && $0 != worse }
        guard let third = others.min(by: { abs($0.octaves - goal) < abs($1.octaves - goal) }) else { return nil }
        let three = [better, worse, third]
        var sum = 0.0
        for one in three {
            var term = one.factor
            for other in three where other != one {
                guard abs(one.octaves - other.octaves) > 0.01 else { return nil }
                term *= (goal - other.octaves) / (one.octaves - other.octaves)
            }
            sum += term
        }
        return sum
    }

    /// How much the factor rises until the bytes have halved, where they are so many; `nil` where no two points tell.
    func halving(bytes: Double) -> Double? {
        let goal = log2(max(bytes, 1))
        let near = points.sorted { abs($0.octaves - goal) < abs($1.octaves - goal) }
        let between = around(goal)
        guard let point = near.first,
            let other = between
                ?? near.first(where: { abs($0.factor - point.factor) >= Self.apart }).map({ [point, $0] })
        else { return nil }
        let octaves = other[0].octaves - other[1].octaves
        guard abs(octaves) > 0.01 else { return nil }
        let halving = (other[1].factor - other[0].factor) / octaves
        // Beyond what was tried it may get steep again.
        return halving > 0 ? min(max(halving, Self.steepest), between == nil ? RatePilot.halving : Self.flattest) : nil
    }

    /// The nearest points on both sides, the better first.
    private func around(_ goal: Double) -> [Point]? {
        guard let better = points.last(where: { $0.octaves > goal }),
            let worse = points.first(where: { $0.octaves <= goal }),
            worse.factor - better.factor >= Self.apart
        else { return nil }
        return [better, worse]
    }
}
