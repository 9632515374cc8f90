/// A part of the whole work, told as fractions of the whole.
struct ProgressSpan: Sendable {
    private let tell: @Sendable (Double) -> Void
    private let from: Double
    private let to: Double

    init(_ tell: @escaping @Sendable (Double) -> Void) { self.init(tell, from: 0, to: 1) }

    private init(_ tell: @escaping @Sendable (Double) -> Void, from: Double, to: Double) {
        self.tell = tell
        self.from = from
        self.to = to
    }

    /// - Parameter fraction: of this part, from 0 to 1.
    func report(_ fraction: Double) { tell(from + (to - from) * min(max(fraction, 0), 1)) }

    /// A part of this part.
    func part(_ start: Double, _ end: Double) -> ProgressSpan {
        ProgressSpan(tell, from: from + (to - from) * start, to: from + (to - from) * end)
    }
}
