internal import Foundation
internal import ReelModel

/// Levels as people read them.
enum Decibels {
    /// Of a power, to a hundredth; `nil` of nothing.
    static func ofPower(_ power: Double) -> Double? {
        power > 0 ? (1000 * log10(power)).rounded() / 100 : nil
    }

    /// Of a magnitude, to a hundredth; `nil` of nothing.
    static func ofMagnitude(_ magnitude: Double) -> Double? { ofPower(magnitude * magnitude) }

    /// The power of a level.
    static func power(_ decibels: Double) -> Double { pow(10, decibels / 10) }
}
