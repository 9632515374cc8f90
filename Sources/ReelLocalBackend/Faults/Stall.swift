extension Fault {
    static let stall = Fault(
        name: "stall", summary: "A stream or a film stands still in the middle, then the connection is closed.",
        parameter: Parameter(meaning: "seconds", standard: 60), occasions: { $0.isMessage || $0.isDownload },
        spoil: { strike, answer in
            answer.manner.cutAfter = Int(strike.chance * Double(answer.extent))
            answer.manner.stall = max(0, strike.value)
        })
}
