internal import ReelMedia
internal import ReelModel

/// The sound of an asset, from some point on, as the film has it: stereo at its sample rate, without a gap. It is read
/// from front to back; where it ends, silence follows.
final class AssetSound {
    private let asset: Asset
    private let reader: AssetReader
    private let frame: Frame
    private let converted: Frame
    /// Seconds from the asset's zero to what is sample 0 here.
    private let from: Double
    private var converter: Converter?
    private var ended = false
    /// What is decoded and not read yet.
    private var left: [Float] = []
    private var right: [Float] = []
    /// The sample that follows them.
    private var position = 0

    /// A jump in the time stamps is taken at its word if it is longer than this, and is otherwise an inaccuracy of the
    /// container: 50 ms.
    private static let jump = Timeline.sampleRate / 20
    /// The longest silence that is put where time stamps leave a hole: 10 s.
    private static let longestHole = Timeline.sampleRate * 10

    /// `nil` where the asset has no sound.
    init?(_ asset: Asset, fromMilliseconds from: Int64, cancellation: Cancellation) throws(Failure) {
        guard let reader = try AssetReader(asset, .audio, cancellation: cancellation) else { return nil }
        let frame = try Frame()
        let converted = try Frame()
        self.asset = asset
        self.reader = reader
        self.frame = frame
        self.converted = converted
        self.from = Double(from) / 1000
        // Some codecs need a little run-up.
        reader.seek(toSeconds: max(self.from - 0.1, 0))
    }

    /// Adds the next samples to a part of a block, the first of them being `position` of the piece.
    func add(
        from position: Int, to block: inout StereoBlock, in part: Range<Int>, _ envelope: Envelope
    ) throws(Failure) {
        while left.count < part.count, !ended { try decode() }
        let count = min(part.count, left.count)
        for offset in 0..<count {
            let gain = envelope.gain(at: position + offset)
            block.left[part.lowerBound + offset] += left[offset] * gain
            block.right[part.lowerBound + offset] += right[offset] * gain
        }
        left.removeFirst(count)
        right.removeFirst(count)
    }

    private func decode() throws(Failure) {
        guard try reader.next(into: frame) else {
            ended = true
            if let converter {
                try converter.graph.finish("in")
                try take(from: converter)
            }
            return
        }
        guard let shape = Converter.Shape(frame) else { return }
        if converter?.shape != shape {
            converter = try Converter(shape, timeBase: reader.stream.timeBase, name: asset.name)
        }
        guard let converter else { return }
        try converter.graph.push(frame, to: "in")
        try take(from: converter)
    }

    private func take(from converter: Converter) throws(Failure) {
        let timeBase = converter.graph.timeBase(of: "out")
        while try converter.graph.pull(from: "out", into: converted) == .frame {
            var skip = 0
            if let time = converted.time {
                let seconds = timeBase.seconds(time) - reader.start - from
                let place = Int((seconds * Double(Timeline.sampleRate)).rounded())
                let early = position - place
                if early > (position == 0 ? 0 : Self.jump) { skip = min(early, converted.sampleCount) }
                if -early > Self.jump {
                    let hole = [Float](repeating: 0, count: min(-early, Self.longestHole))
                    left += hole
                    right += hole
                    position = place
                }
            }
            append(converted, to: &left, channel: 0, skip: skip)
            append(converted, to: &right, channel: 1, skip: skip)
            position += converted.sampleCount - skip
        }
    }

    private func append(_ frame: borrowing Frame, to samples: inout [Float], channel: Int, skip: Int) {
        frame.withSamples(channel: channel) { bytes in
            // A damaged file may hold what is no number.
            samples.append(contentsOf: bytes.bindMemory(to: Float.self).dropFirst(skip).map { $0.isFinite ? $0 : 0 })
        }
    }
}

/// Makes stereo floats at the film's rate of sound in some other shape.
private final class Converter {
    struct Shape: Hashable {
        let sampleRate: Int
        let format: SampleFormat
        let layout: String

        init?(_ frame: borrowing Frame) {
            guard let format = frame.sampleFormat, frame.sampleRate > 0 else { return nil }
            sampleRate = frame.sampleRate
            self.format = format
            layout = frame.channelLayout
        }
    }

    let shape: Shape
    let graph: FilterGraph

    init(_ shape: Shape, timeBase: Rational, name: String) throws(Failure) {
        let graph = try FilterGraph(
            "[in]aresample=\(Timeline.sampleRate),aformat=sample_fmts=fltp:channel_layouts=stereo[out]",
            inputs: [
                .audio(
                    "in", sampleRate: shape.sampleRate, format: shape.format, layout: shape.layout, timeBase: timeBase)
            ],
            outputs: [.audio("out")], name: name)
        self.shape = shape
        self.graph = graph
    }
}
