/// Arithmetic on figures that a file, a profile or a caller may state as they like: what does not fit becomes the
/// greatest or least number that there is, and nothing traps.
extension Int64 {
    /// The sum, or the greatest or least number where it does not fit.
    @inlinable
    public func saturatingAdd(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    /// The product, or the greatest or least number where it does not fit.
    @inlinable
    public func saturatingMultiply(_ other: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
    }

    /// Without the fraction; the greatest or least number where it does not fit, and zero for what is no number.
    @inlinable
    public init(saturating value: Double) {
        if value.isNaN {
            self = 0
        } else if value >= 0x1p63 {
            self = .max
        } else if value < -0x1p63 {
            self = .min
        } else {
            self = Int64(value)
        }
    }
}

extension Size {
    /// Width times height.
    public var pixels: Int64 { Int64(width).saturatingMultiply(Int64(height)) }
}
