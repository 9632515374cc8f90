/// What opens every FLAC stream (RFC 9639, 8.2).
struct FLACStreamInfo {
    let sampleRate: Int
    let channels: Int
    /// Samples of each channel; `nil` where the encoder did not know.
    let samples: Int64?

    init?(_ bytes: Bytes) {
        guard let packed = bytes.u64(10), bytes.count >= 34 else { return nil }
        sampleRate = Int(packed >> 44)
        channels = Int(packed >> 41 & 7) + 1
        let count = Int64(packed & 0xF_FFFF_FFFF)
        samples = count > 0 ? count : nil
        guard sampleRate > 0 else { return nil }
    }

    /// Seconds.
    var duration: Double? { samples.map { Double($0) / Double(sampleRate) } }
}
