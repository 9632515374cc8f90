internal import ReelMedia
internal import ReelModel

/// The shaped pictures of a film that is short enough for it, in memory: they are decoded once, however often they are
/// coded.
final class HeldPictures {
    private final class Held {
        let frame: Frame
        let seconds: Double
        init(_ frame: consuming Frame, _ seconds: Double) {
            self.frame = frame
            self.seconds = seconds
        }
    }

    private enum State: Sendable, Hashable { case empty, filling, whole, tooLarge }

    /// Bytes of all pictures together.
    static let memory = 200_000_000

    private let size: Size
    private let most: Int
    private var state = State.empty
    private var pictures: [Held] = []
    private(set) var met = PictureLosses.Met()

    init(_ size: Size) {
        self.size = size
        most = Self.memory / max(size.width * size.height * 3 / 2, 1)
    }

    var isWhole: Bool { state == .whole }

    /// Begins to hold what is added, where nothing was added before.
    func begin() { if state == .empty { state = .filling } }

    func add(_ frame: borrowing Frame, _ seconds: Double) throws(Failure) {
        guard state == .filling else { return }
        guard pictures.count < most else {
            state = .tooLarge
            pictures = []
            return
        }
        let copy = try Frame()
        try copy.refer(to: frame)
        pictures.append(Held(copy, seconds))
    }

    /// All were added.
    func end(_ met: PictureLosses.Met) {
        guard state == .filling else { return }
        state = .whole
        self.met = met
    }

    /// Hands on every picture of a span at a size, as `PictureReader` does.
    func forEach(
        _ span: TimeRange?, size: Size, timeBase: Rational,
        _ body: (borrowing Frame, Double) throws(Failure) -> Void
    ) throws(Failure) {
        let frame = try Frame()
        let kept = pictures.filter { span?.holds($0.seconds) ?? true }
        guard size != self.size else {
            for held in kept {
                try frame.refer(to: held.frame)
                try body(frame, held.seconds)
            }
            return
        }
        let graph = try scaling(to: size, timeBase)
        for held in kept {
            try frame.refer(to: held.frame)
            try graph.push(frame, to: "in")
            while try graph.pull(from: "out", into: frame) == .frame { try body(frame, held.seconds) }
        }
    }

    private func scaling(to size: Size, _ timeBase: Rational) throws(Failure) -> FilterGraph {
        let kernel = size.width < self.size.width ? "lanczos" : "bicubic"
        return try FilterGraph(
            "[in]scale=\(size.width):\(size.height):flags=\(kernel)[out]",
            inputs: [.video("in", size: self.size, pixelFormat: .yuv420p, timeBase: timeBase)],
            outputs: [.video("out")], name: "the pictures held")
    }
}

extension TimeRange {
    /// Whether a picture of this moment is in it, as far as containers tell time.
    fileprivate func holds(_ seconds: Double) -> Bool {
        seconds >= start - PictureReader.slack && seconds < end - PictureReader.slack
    }
}
