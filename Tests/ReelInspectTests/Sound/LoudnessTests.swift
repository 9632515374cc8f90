import CKernels
import Foundation
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelInspect

/// The test signals of EBU Tech 3341 (2016, tables 1 to 3) and 3342 (2016, table 1), generated, with the tolerances that
/// they state. Numbers 7 and 8, and 5 and 6 of 3342, are programmes that only the EBU has.
struct `EBU loudness` {
    private func expect(
        _ value: Known<Double>, _ wanted: Double, within tolerance: Double,
        at location: SourceLocation = #_sourceLocation
    ) {
        let found = value.value ?? .nan
        #expect(abs(found - wanted) <= tolerance, "\(found)", sourceLocation: location)
    }

    static let integrated: [(number: Int, parts: [(Double, Double?)], wanted: Double)] = [
        (1, [(20, -23)], -23), (2, [(20, -33)], -33), (3, [(10, -36), (60, -23), (10, -36)], -23),
        (4, [(10, -72), (10, -36), (60, -23), (10, -36), (10, -72)], -23),
        (5, [(20, -26), (20.1, -20), (20, -26)], -23),
    ]

    @Test(arguments: 0..<5)
    func `3341, 1 to 5: gated loudness`(index: Int) throws {
        let signal = Self.integrated[index]
        let loudness = try Tone(parts: signal.parts.map { ($0.0, $0.1) }).heard().loudness
        expect(loudness.integrated, signal.wanted, within: 0.1)
        if signal.number <= 2 {
            expect(loudness.momentaryMaximum, signal.wanted, within: 0.1)
            expect(loudness.shortTermMaximum, signal.wanted, within: 0.1)
        }
    }

    @Test func `3341, 6: surround`() throws {
        let levels = [-28.0, -28, -24, -30, -30].map { pow(10, $0 / 20) }
        let sound = try listen(seconds: 20, channels: 5) { channel, number in
            levels[channel] * sin(2 * .pi * 1000 * Double(number) / 48_000)
        }
        #expect(sound.channels.map(\.name) == ["FL", "FR", "FC", "BL", "BR"])
        expect(sound.loudness.integrated, -23, within: 0.1)
    }

    @Test func `3341, 9 and 12: windows of three seconds and of 0.4`() throws {
        let slow = Tone(parts: (0..<5).flatMap { _ in [(1.34, -20.0), (1.66, -30)] })
        expect(try slow.heard().loudness.shortTermMaximum, -23, within: 0.1)
        let quick = Tone(parts: (0..<25).flatMap { _ in [(0.18, -20.0), (0.22, -30)] })
        expect(try quick.heard().loudness.momentaryMaximum, -23, within: 0.1)
    }

    @Test(arguments: [0, 1, 7, 13, 19])
    func `3341, 10 and 13: a pulse wherever it begins`(shift: Int) throws {
        let long = Tone(parts: [(Double(shift) * 0.15, nil), (3, -23), (1, nil)])
        expect(try long.heard().loudness.shortTermMaximum, -23, within: 0.1)
        let short = Tone(parts: [(Double(shift) * 0.02, nil), (0.4, -23), (1, nil)])
        expect(try short.heard().loudness.momentaryMaximum, -23, within: 0.1)
    }

    static let peaks: [(part: Double, phase: Double, amplitude: Double, wanted: Double)] = [
        (4, 0, 0.5, -6), (4, 45, 0.5, -6), (6, 60, 0.5, -6), (8, 67.5, 0.5, -6), (4, 45, 1.41, 3),
    ]

    @Test(arguments: 0..<5, [44_100, 48_000])
    func `3341, 15 to 19: true peak between samples`(index: Int, rate: Int) throws {
        let signal = Self.peaks[index]
        let sound = try listen(seconds: 2, rate: rate) { _, number in
            // Faded, so that its ends are no peaks of their own.
            let edge = min(Double(number), Double(2 * rate - number)) / Double(rate / 10)
            return min(edge, 1) * signal.amplitude
                * sin(2 * .pi * Double(number) / signal.part + signal.phase * .pi / 180)
        }
        let peak = sound.loudness.truePeak.value ?? .nan
        #expect(peak <= signal.wanted + 0.2 && peak >= signal.wanted - 0.4, "\(peak)")
    }

    @Test(arguments: 0..<4)
    func `3342, 1 to 4: range`(index: Int) throws {
        let signals: [(parts: [(Double, Double?)], wanted: Double)] = [
            ([(20, -20), (20, -30)], 10), ([(20, -20), (20, -15)], 5), ([(20, -40), (20, -20)], 20),
            ([(20, -50), (20, -35), (20, -20), (20, -35), (20, -50)], 15),
        ]
        let signal = signals[index]
        let loudness = try Tone(parts: signal.parts.map { ($0.0, $0.1) }).heard().loudness
        expect(loudness.range, signal.wanted, within: 1)
    }

    @Test func `the filters at 48 kHz are those that the standard tables`() {
        let filters = Weighting.filters(rate: 48_000)
        let first = filters.first
        let second = filters.second
        let told = [
            1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585, 1, -2, 1,
            -1.99004745483398, 0.99007225036621,
        ]
        let made = [
            first.0, first.1, first.2, first.3, first.4, second.0, second.1, second.2, second.3, second.4,
        ]
        for (a, b) in zip(told, made) { #expect(abs(a - b) < 1e-8, "\(a) \(b)") }
    }

    @Test func `what is silent, too short or too slow has no loudness, and says so`() throws {
        let silent = try listen(seconds: 4) { _, _ in 0 }.loudness
        #expect(silent.integrated == .unknown(SoundMeasurements.silent))
        #expect(silent.truePeak == .unknown(SoundMeasurements.silent))
        let short = try Tone(parts: [(0.3, -20)]).heard().loudness
        #expect(short.integrated == .unknown(SoundMeasurements.short))
        #expect(short.truePeak.value != nil)
        let slow = try listen(seconds: 4, rate: 2000, channels: 1) { _, n in sin(Double(n)) }.loudness
        #expect(slow.integrated.reason == "it is sampled too slowly")
    }
}
