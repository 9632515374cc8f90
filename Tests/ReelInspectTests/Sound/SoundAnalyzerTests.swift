import Foundation
import ReelMedia
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelInspect

/// What is wrong with sound, made on purpose, is told with its place.
struct `Faults of sound` {
    /// Two tones that have little to do with each other.
    private func wave(_ channel: Int, _ number: Int) -> Double {
        let time = Double(number) / 48_000
        return 0.2 * sin(2 * .pi * (channel == 0 ? 440 : 523) * time)
    }

    @Test func `nothing is wrong with good sound`() throws {
        let sound = try listen(seconds: 5, wave)
        #expect(sound.clipped.isEmpty && sound.silences.isEmpty && sound.steps.isEmpty)
        #expect(sound.channels.map(\.silence) == [[], []])
        #expect(sound.channels.allSatisfy { abs($0.offset) < 0.001 })
        #expect(sound.stereo?.inverted == [])
        #expect(abs((sound.stereo?.correlation.value ?? 1)) < 0.1)
        #expect(abs((sound.level.value ?? 0) + 16.99) < 0.02)
    }

    @Test func `silence, with the levels around it`() throws {
        let sound = try listen(seconds: 6) { channel, number in
            number < 96_000 || number >= 144_123 ? wave(channel, number) : 0
        }
        let silence = try #require(sound.silences.first)
        #expect(sound.silences.count == 1)
        #expect(abs(silence.span.start - 2) < 0.002 && abs(silence.span.end - 144_123.0 / 48_000) < 0.002)
        #expect(abs((silence.before.value ?? 0) + 17) < 1 && abs((silence.after.value ?? 0) + 17) < 2)
    }

    @Test func `a pause that fades is quiet at its edges`() throws {
        let sound = try listen(seconds: 6) { channel, number in
            let away = abs(Double(number) / 48_000 - 3)
            return wave(channel, number) * (away < 0.6 ? 0 : pow(10, min(0, (away - 1.6) * 60) / 20))
        }
        let silence = try #require(sound.silences.first)
        #expect((silence.before.value ?? 0) < -55 && (silence.after.value ?? 0) < -55)
    }

    @Test func `one channel that is silent, all along or for a while`() throws {
        let dead = try listen(seconds: 5) { channel, number in channel == 1 ? 0 : wave(channel, number) }
        #expect(dead.channels[0].silence == [])
        #expect(dead.channels[1].silence == [TimeRange(start: 0, end: 5)])
        let drop = try listen(seconds: 6) { channel, number in
            channel == 0 && (96_000..<192_000).contains(number) ? 0 : wave(channel, number)
        }
        let span = try #require(drop.channels[0].silence.first)
        #expect(abs(span.start - 2) <= 0.01 && abs(span.end - 4) <= 0.01)
        // Silence of both is no dead channel.
        let both = try listen(seconds: 6) { channel, number in
            (96_000..<192_000).contains(number) ? 0 : wave(channel, number)
        }
        #expect(both.channels.map(\.silence) == [[], []])
    }

    @Test func `channels that are one, or each other's inverse`() throws {
        let same = try listen(seconds: 3) { _, number in wave(0, number) }
        #expect(same.stereo?.correlation == .known(1) && same.stereo?.difference == 0)
        let inverse = try listen(seconds: 6) { channel, number in
            number >= 96_000 && channel == 1 ? -wave(0, number) : wave(0, number)
        }
        #expect(inverse.stereo?.inverted == [TimeRange(start: 2, end: 6)])
    }

    @Test func `clipping, where it is`() throws {
        let sound = try listen(seconds: 6) { channel, number in
            let loud = (96_000..<144_000).contains(number)
            return min(max(wave(channel, number) * (loud ? 10 : 1), -1), 1)
        }
        let clipped = try #require(sound.clipped.first)
        #expect(sound.clippedCount == 1)
        #expect(abs(clipped.span.start - 2) < 0.01 && abs(clipped.span.end - 3) < 0.01)
        #expect(clipped.runs > 1000)
    }

    @Test func `clipping that a codec rippled, of notes so low that a crest fills more than a tick`() throws {
        func sound(_ gain: Double, limit: Double) throws -> SoundMeasurements {
            try listen(seconds: 3) { _, number in
                let time = Double(number) / 48_000
                let cut = min(max(gain * sin(2 * .pi * 30 * time), -limit), limit)
                return cut + 0.02 * sin(2 * .pi * 4000 * time)
            }
        }
        let runs = try sound(2, limit: 0.95).clipped.first?.runs ?? 0
        // Two channels, sixty crests a second.
        #expect((350...360).contains(runs), "\(runs)")
        #expect(try sound(0.95, limit: 1).clipped.isEmpty)
        // Kept below full scale.
        #expect(try sound(2, limit: 0.85).clipped.isEmpty)
    }

    @Test func `the worst clipping is told, however much less of it comes before`() throws {
        // More single crests than a list holds, each a span of its own, and then a second of them.
        let number = SoundMeasurements.limit + 8
        let last = Int(2.5 * Double(number) + 2) * 8000
        let sound = try listen(seconds: Double(last) / 8000 + 2, rate: 8000, channels: 1) { _, at in
            if at >= last, at < last + 8000 { return min(max(4 * sin(2 * .pi * 330 * Double(at) / 8000), -1), 1) }
            let phase = at % 20_000
            return at < number * 20_000 && phase >= 8000 && phase < 8008
                ? 1 : 0.3 * sin(2 * .pi * 330 * Double(at) / 8000)
        }
        #expect(sound.clippedCount == number + 1)
        #expect(sound.clipped.count == SoundMeasurements.limit)
        let worst = try #require(sound.clipped.max { $0.runs < $1.runs })
        #expect(worst.runs > 100 && abs(worst.span.start - Double(last) / 8000) < 0.01)
        #expect(sound.clipped.map(\.span.start) == sound.clipped.map(\.span.start).sorted())
    }

    @Test func `the longest hole of a channel is told, however many shorter ones come before`() throws {
        let number = SoundMeasurements.limit + 5
        let seconds = Double(number) * 1.25 + 8
        let sound = try listen(seconds: seconds, rate: 8000) { channel, at in
            let time = Double(at) / 8000
            let holes = Double(number) * 1.25
            let isDead = time < holes ? at % 10_000 < 5600 : time >= holes + 1 && time < seconds - 1
            return channel == 1 && isDead ? 0 : 0.2 * sin(2 * .pi * (channel == 0 ? 440 : 523) * time)
        }
        let silence = sound.channels[1].silence
        #expect(silence.count == SoundMeasurements.limit)
        #expect(silence.map(\.duration).max().map { abs($0 - 6) < 0.05 } == true, "\(silence.suffix(2))")
    }

    @Test func `channels are not each other's inverse where neither is heard`() throws {
        let sound = try listen(seconds: 12) { channel, number in
            let time = Double(number) / 48_000
            if time >= 3, time < 9 { return 0 }
            let isInverse = (time >= 2 && time < 3) || (time >= 9 && time < 10)
            return channel == 1 && isInverse ? -wave(0, number) : wave(channel, number)
        }
        #expect(sound.stereo?.inverted == [TimeRange(start: 2, end: 3), TimeRange(start: 9, end: 10)])
    }

    @Test func `an offset`() throws {
        let sound = try listen(seconds: 2) { channel, number in wave(channel, number) + (channel == 0 ? 0.05 : 0) }
        #expect(abs(sound.channels[0].offset - 0.05) < 0.001 && abs(sound.channels[1].offset) < 0.001)
    }

    @Test func `a step of the level, and no step`() throws {
        let sound = try listen(seconds: 10) { channel, number in
            wave(channel, number) * (number < 240_000 ? 0.1 : 1)
        }
        let step = try #require(sound.steps.first)
        #expect(sound.stepCount == 1)
        #expect(abs(step.time - 5) <= 0.2 && abs(step.change - 20) < 0.5, "\(step)")
        // Half a second of noise, a beat, a fade.
        let beat = try listen(seconds: 10) { channel, number in
            wave(channel, number) * (number % 48_000 < 12_000 ? 1 : 0.05)
        }
        #expect(beat.steps.isEmpty)
        let fade = try listen(seconds: 10) { channel, number in
            wave(channel, number) * pow(10, -Double(number) / 480_000 * 2)
        }
        #expect(fade.steps.isEmpty)
    }

    @Test func `a gap between blocks does not move what comes after it`() throws {
        let reader = SoundReader()
        var spans: [TimeRange] = []
        let block = try Frame(audio: 1000, sampleRate: 48_000, channels: 1)
        // The third comes half a second later than it is due, the second a little early, as containers round.
        for start in [0, 1000.0 / 48_000 - 0.002, 2000.0 / 48_000 + 0.5] {
            reader.hear(block, at: TimeRange(start: start, end: start + 1000.0 / 48_000)) { spans.append($0.span) }
        }
        reader.finish { spans.append($0.span) }
        // Ticks of 480 samples: four whole ones and a short one before the gap, two and a short one after it.
        #expect(spans.count == 8)
        #expect(abs(spans[4].end - 2000.0 / 48_000) < 1e-9 && spans[4].duration < 0.009)
        #expect(abs(spans[5].start - (2000.0 / 48_000 + 0.5)) < 1e-9)
        #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.end <= $1.start + 1e-9 })
    }
}
