internal import ReelModel

/// The edit list of a track (ISO/IEC 14496-12, 8.6.6).
struct EditList {
    struct Edit {
        /// In the movie's time scale.
        var duration: Int64
        /// In the track's time scale; −1 shows nothing.
        var mediaTime: Int64
        var atNormalRate: Bool
    }

    var edits: [Edit] = []

    /// More entries than an honest editor writes.
    private static let limit = 10_000
    /// What encoders put in front of sound, and what is cut off behind it, at the most: seconds.
    private static let encoderDelay = 0.15

    init() {}

    init(_ box: Box, _ pager: inout Pager) throws {
        let head = try pager.bytes(at: box.body, count: 8)
        guard let version = head.u8(0), let count = head.u32(4) else { return }
        var table = TableCursor(at: box.body + 8, count: box.bodySize - 8)
        for _ in 0..<min(count, EditList.limit) {
            let duration: Int64
            let mediaTime: Int64
            if version == 1 {
                guard let long = try table.u64(&pager), let time = try table.u64(&pager) else { return }
                duration = Int64(clamping: long)
                mediaTime = Int64(bitPattern: time)
            } else {
                guard let short = try table.u32(&pager), let time = try table.u32(&pager) else { return }
                duration = Int64(short)
                mediaTime = Int64(Int32(truncatingIfNeeded: time))
            }
            guard let rate = try table.u32(&pager) else { return }
            edits.append(Edit(duration: duration, mediaTime: mediaTime, atNormalRate: rate == 0x10000))
        }
    }

    /// Seconds of nothing before the first media.
    func delay(movieTimescale: Int) -> Double {
        guard movieTimescale > 0 else { return 0 }
        return edits.prefix { $0.mediaTime < 0 }.reduce(0) { $0 + Double($1.duration) / Double(movieTimescale) }
    }

    /// Seconds that the edits show of media that is `media` seconds long and starts at `shift`.
    func shown(of media: Double, shift: Double, timescale: Int, movieTimescale: Int) -> Double {
        let real = edits.filter { $0.mediaTime >= 0 }
        guard !real.isEmpty, timescale > 0, movieTimescale > 0 else { return media }
        let tick = 1 / Double(movieTimescale)
        if real.count == 1 {
            let skipped = max(Double(real[0].mediaTime) / Double(timescale) - shift, 0)
            // Ticks of the media again: the difference of two fractions is a little beside it, and a limit is exact.
            let rest = (max(media - skipped, 0) * Double(timescale)).rounded() / Double(timescale)
            let said = Double(real[0].duration) * tick
            // A duration of 0 means all there is, in fragmented files. The movie's clock is coarse: within one of
            // its ticks the media's own length is the better number.
            // Where frames of unequal length are reordered, the last may be shown later than the lengths add up to.
            return real[0].duration == 0 || abs(rest - said) < 1.5 * tick ? rest : min(rest + 2 * shift, said)
        }
        return real.reduce(0) { $0 + Double($1.duration) * tick }
    }

    /// - Parameters:
    ///   - media: seconds of media in the track.
    ///   - firstOffset: seconds by which the first sample is shown later than it is decoded.
    ///   - frame: seconds of one sample.
    func kind(media: Double, timescale: Int, movieTimescale: Int, isSound: Bool, firstOffset: Double, frame: Double)
        -> EditLists
    {
        guard !edits.isEmpty else { return .none }
        guard edits.count == 1, edits[0].mediaTime >= 0, edits[0].atNormalRate, timescale > 0, movieTimescale > 0 else {
            return .significant
        }
        let skipped = Double(edits[0].mediaTime) / Double(timescale)
        let customary = isSound ? EditList.encoderDelay : firstOffset + frame / 2
        guard skipped <= customary else { return .significant }
        let said = Double(edits[0].duration) / Double(movieTimescale)
        let padding = (isSound ? EditList.encoderDelay : frame) + 2 / Double(movieTimescale)
        return edits[0].duration == 0 || media + (isSound ? 0 : firstOffset) - skipped - said <= padding
            ? .trivial : .significant
    }
}
