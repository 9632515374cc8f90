internal import ReelMedia
internal import ReelModel

/// Listens to one stream of sound with every analyzer that was asked for.
final class Listener {
    private let reader = SoundReader()
    private var ears: [any SoundAnalyzer]
    /// Ticks that are still to be passed over.
    private var deaf: Int

    /// - Parameter ticks: how many of the first ones are not told of, for sound that is come into: before them there is
    ///   none, from which it would seem to jump.
    init(_ analyses: Set<Analysis>, passingOver ticks: Int = 0) {
        deaf = ticks
        ears = Analyzers.ofSound.filter { analyses.contains($0.analysis) }.map { $0.init() }
    }

    func hear(_ block: borrowing Frame, at span: TimeRange) {
        // Converting the samples costs something, too.
        guard !ears.isEmpty else { return }
        reader.hear(block, at: span, hear)
    }

    /// The stream has ended.
    func finish(_ empty: SoundMeasurements) -> SoundMeasurements {
        reader.finish(hear)
        var measured = empty
        for place in ears.indices { ears[place].finish(into: &measured) }
        return measured
    }

    private func hear(_ tick: SoundTick) {
        if deaf > 0 {
            deaf -= 1
            return
        }
        for place in ears.indices { ears[place].hear(tick) }
    }
}
