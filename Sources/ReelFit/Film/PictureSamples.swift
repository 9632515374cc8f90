internal import ReelMedia
internal import ReelModel

/// A few short stretches of a film, to code at one size or another and to compare with what they were.
final class PictureSamples {
    private final class Held {
        let frame: Frame
        init(_ frame: consuming Frame) { self.frame = frame }
    }

    private let coder: PictureCoder
    private var stretches: [[Held]] = []

    /// Frames of all stretches together, where memory allows: enough for two seconds of most films.
    private static let frames = 48
    private static let memory = 200_000_000
    /// Samples are coded several times: of a short film they are few.
    private static let share = 8
    private static let fewest = 12

    /// Takes them from where the bytes are.
    /// - Parameters:
    ///   - coder: of the full size.
    ///   - bytes: what each picture takes, in order of display.
    init(_ coder: PictureCoder, _ moments: [PictureCoder.Moment], bytes: [Double]) throws(Failure) {
        self.coder = coder
        let picture = coder.target.size.width * coder.target.size.height * 3 / 2
        let most = max(min(Self.frames, Self.memory / max(picture, 1), moments.count / Self.share), Self.fewest)
        // Few long ones: each begins with a key picture, of which the film has fewer, and which small pictures suit.
        let wanted = most >= 36 ? 2 : 1
        let places = Self.places(bytes, stretches: wanted, length: most / wanted)
        for range in places where range.upperBound <= moments.count && !range.isEmpty {
            let end = range.upperBound < moments.count ? moments[range.upperBound].seconds : Double.infinity
            let span = TimeRange(start: moments[range.lowerBound].seconds, end: min(end, coder.span?.end ?? .infinity))
            var held: [Held] = []
            try coder.forEach(span) { frame, _ throws(Failure) in
                let copy = try Frame()
                try copy.refer(to: frame)
                held.append(Held(copy))
            }
            if !held.isEmpty { stretches.append(held) }
        }
    }

    /// Ranges of places that do not overlap, around equal shares of the bytes.
    static func places(_ bytes: [Double], stretches: Int, length: Int) -> [Range<Int>] {
        let total = bytes.reduce(0, +)
        var found: [Range<Int>] = []
        var sum = 0.0
        var share = 0
        for (place, one) in bytes.enumerated() {
            sum += one
            guard share < stretches, sum >= total * (Double(share) + 0.5) / Double(stretches) else { continue }
            share += 1
            let from = max(min(place - length / 2, bytes.count - length), found.last?.upperBound ?? 0)
            // From a picture on that stays where every second alone is kept.
            let kept = (from + ThinningSearch.step - 1) / ThinningSearch.step * ThinningSearch.step
            let range = min(kept, bytes.count)..<min(kept + length, bytes.count)
            if !range.isEmpty { found.append(range) }
        }
        return found
    }

    /// Codes them at a size and compares.
    /// - Parameters:
    ///   - preset: that of the film: what an encoder can do counts for more in a large picture.
    ///   - thinning: of how many pictures one is coded. All are compared.
    func measure(
        _ size: Size, factor: Double, _ preset: EncoderPreset, thinning: Int = 1
    ) throws(Failure) -> SampledFactors.Result {
        var (bytes, similarity, frames) = (0.0, 0.0, 0)
        for stretch in stretches {
            let (packets, stream) = try encode(stretch, size, factor, preset, thinning)
            bytes += Double(packets.reduce(0) { $0 + $1.bytes.count })
            try compare(stretch, packets, stream, size, thinning) {
                similarity += $0
                frames += 1
            }
        }
        return SampledFactors.Result(bytes: bytes, similarity: frames > 0 ? similarity / Double(frames) : 0)
    }

    /// The bytes alone.
    func bytes(_ size: Size, factor: Double, _ preset: EncoderPreset) throws(Failure) -> Double {
        var bytes = 0.0
        for stretch in stretches {
            bytes += Double(try encode(stretch, size, factor, preset, 1).0.reduce(0) { $0 + $1.bytes.count })
        }
        return bytes
    }

    /// The structural similarity of the pictures of the source to those that would stand in for them, in the mean of
    /// all: what is left of it if those that are kept lose nothing.
    func likeness(thinning: Int) throws(Failure) -> Double {
        var (similarity, frames) = (0.0, 0)
        let shown = try Frame()
        for stretch in stretches {
            let graph = try comparison(with: coder.target.size)
            try pace(stretch)
            for (place, held) in stretch.enumerated() {
                frames += 1
                let kept = stretch[place / thinning * thinning]
                if kept === held {
                    similarity += 1
                    continue
                }
                try shown.refer(to: kept.frame)
                shown.time = held.frame.time
                try graph.push(shown, to: "made")
                try graph.push(held.frame, to: "own")
                try pull(graph) { similarity += $0 }
            }
            try finish(graph) { similarity += $0 }
        }
        return frames > 0 ? similarity / Double(frames) : 0
    }

    private struct Coded {
        var bytes: [UInt8]
        var time: Int64
        var decoded: Int64
        var isKey: Bool
    }

    private func encode(
        _ stretch: [Held], _ size: Size, _ factor: Double, _ preset: EncoderPreset, _ thinning: Int
    ) throws(Failure) -> ([Coded], CodedStream) {
        let small = (coder.thinned(by: thinning) ?? coder).resized(to: size)
        let encoder = try small.encoder(preset, factor)
        let scaled = try Frame()
        let packet = try Packet()
        var packets: [Coded] = []
        func take(_ packet: borrowing Packet) throws(Failure) {
            packets.append(
                Coded(
                    bytes: packet.withBytes { [UInt8]($0) }, time: packet.presentationTime ?? 0,
                    decoded: packet.decodingTime ?? 0, isKey: packet.isKey))
        }
        let graph = try scaling(to: size)
        for place in stride(from: 0, to: stretch.count, by: thinning) {
            let held = stretch[place]
            held.frame.time = Int64(place / thinning) * small.timing.pace
            try graph.push(held.frame, to: "in")
            while try graph.pull(from: "out", into: scaled) == .frame {
                scaled.forgetPictureType()
                try encoder.encode(scaled, into: packet, take)
            }
        }
        let stream = try CodedStream(encoder)
        try encoder.finish(into: packet, take)
        return (packets, stream)
    }

    private func scaling(to size: Size) throws(Failure) -> FilterGraph {
        let full = coder.target.size
        let kernel = size.width < full.width ? "lanczos" : "bicubic"
        return try FilterGraph(
            "[in]scale=\(size.width):\(size.height):flags=\(kernel)[out]",
            inputs: [
                .video("in", size: full, pixelFormat: .yuv420p, timeBase: coder.timing.timeBase)
            ], outputs: [.video("out")], name: Self.name)
    }

    private func compare(
        _ stretch: [Held], _ packets: [Coded], _ stream: CodedStream, _ size: Size, _ thinning: Int,
        _ each: (Double) -> Void
    ) throws(Failure) {
        let graph = try comparison(with: size)
        let decoder = try Decoder(stream, name: Self.name)
        let packet = try Packet()
        let frame = try Frame()
        var place = 0
        try pace(stretch)
        func drain() throws(Failure) {
            while try decoder.receive(into: frame) == .frame {
                for _ in 0..<thinning where place < stretch.count {
                    frame.time = stretch[place].frame.time
                    try graph.push(frame, to: "made")
                    try graph.push(stretch[place].frame, to: "own")
                    place += 1
                    try pull(graph, each)
                }
            }
        }
        for coded in packets {
            try coded.bytes.withUnsafeBufferPointer { (bytes) throws(Failure) in
                try packet.hold(UnsafeRawBufferPointer(bytes), isKey: coded.isKey)
            }
            packet.presentationTime = coded.time
            packet.decodingTime = coded.decoded
            while try decoder.send(packet) == .full { try drain() }
            try drain()
        }
        _ = try decoder.sendEnd()
        try drain()
        try finish(graph, each)
    }

    // MARK: Similarity

    private static let name = "samples of the picture"

    /// Compares what is `made`, at any size, with what is its `own` at the full one.
    private func comparison(with size: Size) throws(Failure) -> FilterGraph {
        let full = coder.target.size
        let unit = coder.timing.timeBase
        return try FilterGraph(
            "[made]scale=\(full.width):\(full.height):flags=bicubic,format=yuv420p[up];[up][own]ssim[out]",
            inputs: [
                .video("made", size: size, pixelFormat: .yuv420p, timeBase: unit),
                .video("own", size: full, pixelFormat: .yuv420p, timeBase: unit),
            ], outputs: [.video("out")], name: Self.name)
    }

    /// Gives the pictures the times at which they are compared.
    private func pace(_ stretch: [Held]) throws(Failure) {
        for (place, held) in stretch.enumerated() { held.frame.time = Int64(place) * coder.timing.pace }
    }

    private func pull(_ graph: borrowing FilterGraph, _ each: (Double) -> Void) throws(Failure) {
        let compared = try Frame()
        while try graph.pull(from: "out", into: compared) == .frame {
            if let told = compared.metadata["lavfi.ssim.Y"], let value = Double(told) { each(value) }
        }
    }

    private func finish(_ graph: borrowing FilterGraph, _ each: (Double) -> Void) throws(Failure) {
        try graph.finish("made")
        try graph.finish("own")
        try pull(graph, each)
    }
}
