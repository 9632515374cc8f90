internal import Foundation

/// How often each loudness occurred, in hundredths of a decibel from -70 LUFS, where gating begins, up to 30. Flat memory
/// for sound of any length; energies are added up exactly.
struct LevelHistogram: Sendable {
    static let lowest = -70.0
    private static let steps = 10_000

    private var counts = [Int](repeating: 0, count: steps)
    private var energies = [Double](repeating: 0, count: steps)
    private(set) var count = 0

    /// - Parameters:
    ///   - level: what is below the lowest one is left out.
    ///   - energy: in whatever unit the mean is wanted.
    mutating func add(_ level: Double, energy: Double) {
        guard level >= Self.lowest else { return }
        let step = min(Int((level - Self.lowest) * 100), Self.steps - 1)
        counts[step] += 1
        energies[step] += energy
        count += 1
    }

    /// The mean energy of what is at least that loud.
    func meanEnergy(from level: Double = lowest) -> Double? {
        var (number, sum) = (0, 0.0)
        for step in Self.step(level)..<Self.steps {
            number += counts[step]
            sum += energies[step]
        }
        return number > 0 ? sum / Double(number) : nil
    }

    /// The level that this share of what is at least so loud does not pass (EBU Tech 3342: the nearest rank).
    func percentile(_ share: Double, from level: Double) -> Double? {
        let first = Self.step(level)
        let number = counts[first...].reduce(0, +)
        guard number > 0 else { return nil }
        let rank = Int((Double(number - 1) * share).rounded())
        var passed = 0
        for step in first..<Self.steps {
            passed += counts[step]
            if passed > rank { return Self.lowest + (Double(step) + 0.5) / 100 }
        }
        return nil
    }

    private static func step(_ level: Double) -> Int {
        guard level > lowest else { return 0 }
        return min(Int(((level - lowest) * 100).rounded(.up)), steps - 1)
    }
}
