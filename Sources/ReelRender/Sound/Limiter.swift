/// Turns sound down where it would be too loud, block by block. Within a block the gain goes in a straight line between
/// two gains that both are low enough for the whole block, so that no sample is over, and none is bent.
struct Limiter: Sendable {
    /// -1 dBFS, which leaves the encoder's own ripple some room.
    static let ceiling: Float = 0.891
    /// By how much the gain may rise again from one block (21 ms at 1024 samples) to the next: 1 dB in about 0.1 s.
    private static let rise: Float = 1.025

    private var gain: Float = 1

    /// What a block allows.
    static func allowance(peak: Float) -> Float { peak > ceiling ? ceiling / peak : 1 }

    /// Applies the gain to a block.
    /// - Parameters:
    ///   - allowance: of this block.
    ///   - next: of the block that follows it.
    mutating func apply(_ block: inout StereoBlock, allowance: Float, next: Float) {
        let start = min(gain, allowance)
        let end = min(min(allowance, next), start * Self.rise)
        gain = end
        guard start < 1 || end < 1 else { return }
        let count = max(block.count, 1)
        for index in 0..<block.count {
            let factor = start + (end - start) * Float(index) / Float(count)
            block.left[index] *= factor
            block.right[index] *= factor
        }
    }
}

/// Some samples of sound, left and right, of the same number.
struct StereoBlock: Sendable, Hashable {
    var left: [Float]
    var right: [Float]

    init(silence count: Int) {
        left = [Float](repeating: 0, count: count)
        right = left
    }

    var count: Int { left.count }
    var peak: Float { max(left.reduce(0) { max($0, abs($1)) }, right.reduce(0) { max($0, abs($1)) }) }
}
