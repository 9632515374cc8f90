/// Tells how far the reading of a file is, in steps of a hundredth, never backwards.
struct Progress {
    private let total: Int64
    private let report: (Double) -> Void
    private var told = 0

    init(total: Int64?, report: @escaping (Double) -> Void) {
        self.total = max(total ?? 0, 1)
        self.report = report
    }

    /// Something that begins at this byte was read.
    mutating func reached(_ position: Int64?) {
        guard let position else { return }
        // The whole is told by `finish` alone.
        let hundredths = Int(min(100 * Double(position) / Double(total), 99))
        guard hundredths > told else { return }
        told = hundredths
        report(Double(hundredths) / 100)
    }

    func finish() { report(1) }
}
