import Foundation
import ReelMedia
import ReelModel

@testable import ReelInspect

/// What the analyzers make of sound that is computed, not coded.
/// - Parameter wave: a sample by channel and number.
func listen(
    seconds: Double, rate: Int = 48_000, channels: Int = 2, _ wave: (Int, Int) -> Double
) throws -> SoundMeasurements {
    let reader = SoundReader()
    var ears = Analyzers.ofSound.map { $0.init() }
    let total = Int((seconds * Double(rate)).rounded())
    let block = 1024
    var from = 0
    func hear(_ tick: SoundTick) { for place in ears.indices { ears[place].hear(tick) } }
    while from < total {
        let count = min(block, total - from)
        let frame = try Frame(audio: count, sampleRate: rate, channels: channels)
        for channel in 0..<channels {
            try frame.withWritableSamples(channel: channel) { samples in
                for i in 0..<count { samples[i] = Float(wave(channel, from + i)) }
            }
        }
        let start = Double(from) / Double(rate)
        reader.hear(frame, at: TimeRange(start: start, end: start + Double(count) / Double(rate))) { hear($0) }
        from += count
    }
    reader.finish { hear($0) }
    var sound = SoundMeasurements(stream: 0, rate: rate)
    for place in ears.indices { ears[place].finish(into: &sound) }
    return sound
}

/// A tone of one frequency whose level changes from part to part.
struct Tone {
    /// Seconds and dBFS of each part; `nil` is silence.
    var parts: [(seconds: Double, level: Double?)]
    var frequency = 1000.0
    var rate = 48_000

    var seconds: Double { parts.reduce(0) { $0 + $1.seconds } }

    func sample(_ number: Int) -> Double {
        var end = 0.0
        let time = Double(number) / Double(rate)
        for part in parts {
            end += part.seconds
            guard time < end else { continue }
            guard let level = part.level else { return 0 }
            return pow(10, level / 20) * sin(2 * .pi * frequency * time)
        }
        return 0
    }

    func heard() throws -> SoundMeasurements {
        try listen(seconds: seconds, rate: rate) { _, number in sample(number) }
    }
}
