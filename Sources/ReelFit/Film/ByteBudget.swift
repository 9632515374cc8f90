internal import ReelModel

/// The bytes of a film's file, told apart into what the picture may have and what everything else takes.
struct ByteBudget: Sendable, Hashable {
    /// The most that the whole file may have.
    let limit: Int64
    /// Bytes of the coded streams besides the picture, as counted.
    let others: Int64
    /// The most that the container takes, from real counts.
    let overhead: Int64

    /// What is left for the picture.
    var picture: Int64 { limit - besides }
    /// What the file has without a picture.
    var besides: Int64 { others + overhead }

    /// - Parameters:
    ///   - frames: of the picture.
    ///   - otherPackets: of all other streams together.
    ///   - otherStreams: how many they are.
    init(limit: Int64, others: Int64, frames: Int, otherPackets: Int, otherStreams: Int) {
        self.limit = limit
        self.others = others
        overhead = Self.overhead(frames: frames, otherPackets: otherPackets, otherStreams: otherStreams)
    }

    /// An upper bound of what an MP4 takes besides its streams (ISO/IEC 14496-12, 8.6 and 8.7). For each frame a size
    /// (4 bytes), runs of times (8) and of composition offsets (8), a key frame's number (4), a chunk of its own (8)
    /// and its run (12); for each other packet a size, a chunk and its run, and sometimes a time.
    static func overhead(frames: Int, otherPackets: Int, otherStreams: Int) -> Int64 {
        Int64(frames) * 44 + Int64(otherPackets) * 26 + Int64(otherStreams + 1) * 1024 + 1024
    }

    /// The most bits per second at which a picture of that length stays in its share, whatever it shows, with a buffer
    /// of up to a second that is half full at the start.
    func cap(seconds: Double) -> RateCap {
        let buffer = min(1, seconds / 2)
        let rate = min(Double(picture) * 8 / (seconds + buffer / 2), RateCap.most)
        return RateCap(bitsPerSecond: Int64(rate), bufferBits: Int64(rate * buffer))
    }
}

/// The model buffer that an encoder may not run dry (ITU-T H.264, Annex C).
struct RateCap: Sendable, Hashable {
    /// More than this the encoder's numbers do not hold, and no picture takes.
    static let most = 2_000_000_000.0

    var bitsPerSecond: Int64
    /// Half full at the start.
    var bufferBits: Int64
}
