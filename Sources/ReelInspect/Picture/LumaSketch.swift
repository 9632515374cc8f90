internal import ReelMedia
internal import ReelModel

/// The luma of a picture at about 640 samples along its longer side, on the scale of 8 bits: every so many of its samples
/// in every so many of its rows, as they are.
struct LumaSketch: Sendable {
    let width: Int
    let height: Int
    fileprivate(set) var samples: [UInt8]

    /// Samples along the longer side below which every one is taken of twice as many. Letters of a fiftieth of the
    /// picture's height still have several.
    private static let longSide = 640

    /// Of a picture's samples, and rows, one in this many.
    static func step(width: Int, height: Int) -> Int { max(max(width, height) / longSide, 1) }
}

/// Which pictures are sketched: those near a span in which a title is asked for, up to twelve a second; or all along, up to
/// six.
struct SketchPlan: Sendable {
    /// Seconds before and after a title within which it must not be seen.
    static let reach = 1.1
    /// Seconds from one sketch to the next, less what times are rounded by.
    private static let interval = 0.079
    static let longInterval = 0.159

    private let isAllAlong: Bool
    private let spans: [TimeRange]
    private var at = 0
    private var last = -Double.infinity
    private var sketch: LumaSketch?

    init(titles: [TimeRange], isAllAlong: Bool) {
        self.isAllAlong = isAllAlong
        var spans: [TimeRange] = []
        for title in titles.sorted(by: { $0.start < $1.start }) {
            let span = TimeRange(start: title.start - Self.reach, end: title.end + Self.reach)
            if let last = spans.last, span.start <= last.end {
                spans[spans.count - 1].end = max(last.end, span.end)
            } else {
                spans.append(span)
            }
        }
        self.spans = spans
    }

    /// Whether the picture that is shown from then on is sketched; asked in order of time.
    mutating func isDue(_ time: Double) -> Bool {
        while at < spans.count, spans[at].end < time { at += 1 }
        let isNear = at < spans.count && time >= spans[at].start
        guard isNear || isAllAlong, time - last >= (isNear ? Self.interval : Self.longInterval) else { return false }
        last = time
        return true
    }

    /// - Parameter width: of the picture's samples.
    mutating func sketch<Sample: PictureSample>(
        _ rows: PlaneRows, _ width: Int, _ excess: Int, _: Sample.Type
    ) -> LumaSketch {
        let step = LumaSketch.step(width: width, height: rows.count)
        let (across, down) = (width / step, rows.count / step)
        // Taken out, so that its memory is used again and not copied.
        var sketch = self.sketch.take() ?? LumaSketch(width: 0, height: 0, samples: [])
        if sketch.width != across || sketch.height != down {
            sketch = LumaSketch(
                width: across, height: down, samples: [UInt8](repeating: 0, count: across * down))
        }
        sketch.samples.withUnsafeMutableBufferPointer { samples in
            for y in 0..<down {
                Sample.sketch(
                    rows[y * step].assumingMemoryBound(to: Sample.self).baseAddress, step, across,
                    CUnsignedInt(excess), samples.baseAddress.map { $0 + y * across })
            }
        }
        self.sketch = sketch
        return sketch
    }
}
