/// Which channel is which.
struct SoundLayout: Sendable, Hashable {
    let names: [String]
    /// The front left and the front right channel, where there are both.
    let pair: (left: Int, right: Int)?
    /// What a channel's energy counts in loudness (ITU-R BS.1770-5, table 3 of annex 1 and table 4 of annex 3): 1.41 to
    /// the sides, where sound seems louder, nothing for the low-frequency effects.
    let weights: [Double]

    init(_ names: [String]) {
        self.names = names
        if let left = names.firstIndex(of: "FL"), let right = names.firstIndex(of: "FR") {
            pair = (left, right)
        } else {
            pair = nil
        }
        // The surround pair of 5.1 stands to the side whatever it is called; beside a side pair, the back is behind.
        let hasSides = names.contains("SL") || names.contains("SR")
        weights = names.map { name in
            switch name {
            case "LFE", "LFE2": 0
            case "SL", "SR": 1.41
            case "BL", "BR": hasSides ? 1 : 1.41
            case _: 1
            }
        }
    }

    static func == (a: SoundLayout, b: SoundLayout) -> Bool { a.names == b.names }
    func hash(into hasher: inout Hasher) { hasher.combine(names) }
}
