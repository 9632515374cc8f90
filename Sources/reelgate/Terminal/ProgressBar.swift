import ReelModel

/// A bar on one line: `Fitting b.mp4   ████████░░░░  62 %  0:07 left`.
struct ProgressBar {
    let label: String
    var fraction = 0.0
    private(set) var isDrawn = false
    private let started = ContinuousClock.now
    private var lastDrawn = ContinuousClock.now
    private var timeLeft = TimeLeft()

    init(label: String) { self.label = label }

    /// Redrawing more often than this only costs time.
    private static let interval = Duration.milliseconds(80)

    /// The text that draws it anew, or `nil` where too little has changed to be worth it.
    mutating func redrawn(at fraction: Double, columns: Int) -> String? {
        let now = ContinuousClock.now
        timeLeft.note(fraction, at: (now - started) / .seconds(1))
        let ended = fraction >= 1 && self.fraction < 1
        guard !isDrawn || ended || now - lastDrawn >= Self.interval else { return nil }
        self.fraction = fraction
        lastDrawn = now
        isDrawn = true
        let percent = String(Int((min(max(fraction, 0), 1) * 100).rounded(.down)))
        let tail =
            " " + String(repeating: " ", count: max(0, 3 - percent.count)) + "\(percent) %"
            + (timeLeft.words.map { "  \($0)" } ?? "")
        let room = columns - 1
        let labelWidth = min(max(label.count, 34), max(room - tail.count - 12, 10))
        let name = label.count > labelWidth ? label.prefix(labelWidth - 1) + "…" : label[...]
        let width = max(min(room - labelWidth - tail.count - 1, 30), 4)
        let filled = Int((min(max(fraction, 0), 1) * Double(width)).rounded())
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        let padding = String(repeating: " ", count: max(0, labelWidth - name.count))
        return "\r\u{1B}[K\(name)\(padding) \(bar)\(tail)" + (fraction >= 1 ? "\n" : "")
    }
}
