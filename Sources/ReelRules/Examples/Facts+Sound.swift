internal import ReelModel

extension Facts {
    /// The same good film of ten seconds, with an edit to what was heard.
    static func heardExample(_ edit: (inout SoundMeasurements) -> Void = { _ in }) -> Facts {
        decodedExample(.mp4) { facts in
            guard var sound = facts.measured?.sound else { return }
            edit(&sound)
            facts.measured?.sound = sound
            facts.measured?.silence = sound.silences.map(\.span)
        }
    }
}

extension SoundMeasurements {
    /// Good stereo sound at 48 kHz, at -20 dBFS, never silent.
    static func example(stream: Int) -> SoundMeasurements {
        var sound = SoundMeasurements(stream: stream, rate: 48_000)
        sound.channels = ["FL", "FR"].map { name in
            var channel = ChannelMeasurements(name: name)
            channel.peak = .known(-3)
            channel.level = .known(-20)
            return channel
        }
        sound.level = .known(-20)
        sound.loudness.integrated = .known(-18)
        sound.loudness.range = .known(6)
        sound.loudness.momentaryMaximum = .known(-13)
        sound.loudness.shortTermMaximum = .known(-15)
        sound.loudness.truePeak = .known(-2.5)
        sound.loudness.truePeakTime = .known(4)
        sound.loudness.samplePeak = .known(-3)
        var stereo = StereoMeasurements()
        stereo.correlation = .known(0.6)
        stereo.difference = 0.4
        sound.stereo = stereo
        return sound
    }
}
