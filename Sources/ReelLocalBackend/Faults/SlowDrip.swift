extension Fault {
    static let slowDrip = Fault(
        name: "slow-drip", summary: "The answer's body comes slowly.",
        parameter: Parameter(meaning: "bytes a second", standard: 200), occasions: { _ in true },
        spoil: { strike, answer in answer.manner.bytesPerSecond = max(1, strike.value) })
}
