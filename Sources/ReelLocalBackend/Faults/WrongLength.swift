extension Fault {
    /// Too large, the body ends before it should; too small, it goes on after its end. The connection is closed then.
    static let wrongLength = Fault(
        name: "wrong-length", summary: "Content-Length is wrong, and the connection is closed at the body's end.",
        parameter: Parameter(meaning: "bytes too many (or too few, where negative)", standard: 100),
        occasions: { !$0.isMessage },
        spoil: { strike, answer in
            guard let length = answer.length else { return }
            answer.manner.announcedBytes = max(0, length + Int(strike.value))
        })
}
