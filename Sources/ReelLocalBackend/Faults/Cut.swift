extension Fault {
    /// Without a value, chance chooses the byte.
    static let cut = Fault(
        name: "cut", summary: "The connection is closed in the middle of a stream or a film; the work was done.",
        parameter: Parameter(meaning: "bytes of the body that are sent (-1: chance chooses)", standard: -1),
        occasions: { $0.isMessage || $0.isDownload },
        spoil: { strike, answer in
            let extent = answer.extent
            let chosen = strike.value >= 0 ? Int(strike.value) : Int(strike.chance * Double(extent))
            guard chosen < extent else { return }
            answer.manner.cutAfter = chosen
        })
}
