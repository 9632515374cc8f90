/// How loud a piece is from its first sample to its last.
struct Envelope: Sendable, Hashable {
    let volume: Float
    /// Samples of the whole piece, and of its fades.
    let length: Int
    let fadeIn: Int
    let fadeOut: Int

    /// - Parameter volume: 1 is as recorded; what is no loudness at all (negative, infinite) is taken as the nearest.
    init(volume: Double, length: Int, fadeInSeconds: Double, fadeOutSeconds: Double) {
        self.volume = volume.isNaN ? 0 : Float(min(max(volume, 0), Self.loudest))
        self.length = max(length, 0)
        // A piece that is shorter than its fades still has to be heard.
        fadeIn = min(Int(fadeInSeconds * Double(Timeline.sampleRate)), self.length / 4)
        fadeOut = min(Int(fadeOutSeconds * Double(Timeline.sampleRate)), self.length / 2)
    }

    /// Four times as recorded, 12 dB: more is a mistake, not an intention.
    private static let loudest = 4.0

    static func music(volume: Double, length: Int) -> Envelope {
        Envelope(volume: volume, length: length, fadeInSeconds: 0.5, fadeOutSeconds: 1)
    }

    /// A clip's own sound: cut, but without a click.
    static func clip(length: Int) -> Envelope {
        Envelope(volume: 1, length: length, fadeInSeconds: 0.01, fadeOutSeconds: 0.01)
    }

    func gain(at sample: Int) -> Float {
        var gain = volume
        if sample < fadeIn { gain *= Float(sample) / Float(fadeIn) }
        if length - sample < fadeOut { gain *= Float(max(length - sample, 0)) / Float(fadeOut) }
        return gain
    }
}
