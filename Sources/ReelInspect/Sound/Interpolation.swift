internal import CKernels
internal import Foundation

/// The filter that finds values between samples: a windowed sinc, at the times in between of four times the rate
/// (ITU-R BS.1770-5, annex 2; of two times from 96 kHz on, of one from 192 kHz on, where the samples lie close enough).
struct Interpolation: Sendable {
    /// Samples that a value is made of; half of them lie behind it.
    static let taps = 24
    /// Kaiser's window: 70 dB of attenuation.
    private static let shape = 6.8

    let phases: Int
    /// A row of taps for each phase.
    let rows: [Float]
    /// The largest sum of a row's magnitudes.
    let gain: Float

    init(rate: Int) {
        let factor = rate < 96_000 ? 4 : rate < 192_000 ? 2 : 1
        phases = factor - 1
        var rows: [Float] = []
        for phase in 1..<max(factor, 1) {
            let middle = Double(Self.taps / 2 - 1) + Double(phase) / Double(factor)
            let row = (0..<Self.taps).map { tap in
                let at = Double(tap) - middle
                return sin(.pi * at) / (.pi * at) * Self.window(at / Double(Self.taps / 2))
            }
            let sum = row.reduce(0, +)
            rows += row.map { Float($0 / sum) }
        }
        self.rows = rows
        gain =
            (0..<phases).map { phase in
                rows[phase * Self.taps..<(phase + 1) * Self.taps].reduce(0) { $0 + abs($1) }
            }.max() ?? 1
    }

    private static func window(_ place: Double) -> Double {
        abs(place) >= 1 ? 0 : bessel(shape * (1 - place * place).squareRoot()) / bessel(shape)
    }

    /// The modified Bessel function of order zero, as its power series.
    private static func bessel(_ x: Double) -> Double {
        var term = 1.0
        var sum = 1.0
        for k in 1..<40 {
            term *= x / 2 / Double(k)
            sum += term * term
        }
        return sum
    }
}
