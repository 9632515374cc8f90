extension Fault {
    static let delay = Fault(
        name: "delay", summary: "The answer comes late.",
        parameter: Parameter(meaning: "seconds", standard: 2), occasions: { _ in true },
        spoil: { strike, answer in answer.manner.delay += max(0, strike.value) })
}
