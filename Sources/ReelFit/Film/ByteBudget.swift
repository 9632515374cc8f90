internal import ReelModel

/// The bytes of a film's file, told apart into what the picture may have and what everything else takes.
struct ByteBudget: Sendable, Hashable {
    /// The most that the whole file may have.
    let limit: Int64
    /// What the file has without the pictures and without their entries in the tables that depend on how they are
    /// coded, as counted.
    let besides: Int64

    /// What is left for the pictures and those entries.
    var picture: Int64 { limit - besides }

    // MARK: Entries of tables (ISO/IEC 14496-12, 8.6 and 8.7)

    /// For each run of pictures that are shown equally long after they are decoded.
    static let runEntry = 8
    /// For each key picture.
    static let keyEntry = 4
    /// The most that a further chunk takes, which a new one begins with every mebibyte.
    static let chunkEntry = 16
    static let chunk: Int64 = 1 << 20

    /// - Parameters:
    ///   - trial: bytes of a file with the same streams and times, but with pictures of `trialPictures` bytes in all,
    ///     of which `keys` are key pictures, shown in `runs` runs.
    init(limit: Int64, trial: Int64, trialPictures: Int64, keys: Int, runs: Int) {
        self.limit = limit
        let chunks = limit / Self.chunk * Int64(Self.chunkEntry)
        besides = trial - trialPictures - Int64(keys * Self.keyEntry + runs * Self.runEntry) + chunks
    }

    init(limit: Int64, besides: Int64) {
        self.limit = limit
        self.besides = besides
    }
}
