internal import CKernels
internal import Foundation

/// The two filters of K-weighting (ITU-R BS.1770-5, annex 1): a shelf for the head, a high pass for the ear. The standard
/// tables their coefficients at 48 kHz; these are the analogue filters that the tables come from by the bilinear
/// transform, so that other rates get theirs the same way.
enum Weighting {
    /// Below this rate the shelf would lie beyond what can be told.
    static let leastRate = 4000

    static func filters(rate: Int) -> reel_filter_pair {
        var filters = reel_filter_pair()
        let shelf = tan(.pi * 1681.9744509555319 / Double(rate))
        let quality = 0.7071752369554193
        let high = pow(10, 3.999843853973347 / 20)
        let middle = pow(high, 0.4996667741545416)
        let scale = 1 + shelf / quality + shelf * shelf
        filters.first = (
            (high + middle * shelf / quality + shelf * shelf) / scale, 2 * (shelf * shelf - high) / scale,
            (high - middle * shelf / quality + shelf * shelf) / scale, 2 * (shelf * shelf - 1) / scale,
            (1 - shelf / quality + shelf * shelf) / scale
        )
        let pass = tan(.pi * 38.13547087602444 / Double(rate))
        let passQuality = 0.5003270373238773
        let passScale = 1 + pass / passQuality + pass * pass
        filters.second = (
            1, -2, 1, 2 * (pass * pass - 1) / passScale, (1 - pass / passQuality + pass * pass) / passScale
        )
        return filters
    }
}
