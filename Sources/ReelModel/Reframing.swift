/// How a picture is brought to another shape.
public struct Reframing: Sendable, Hashable, Codable {
    /// What becomes of what does not fit, or of the room that is left.
    public enum Fill: String, Sendable, Hashable, Codable, CaseIterable {
        /// The whole picture over a blurred, enlarged copy of itself.
        case blur
        /// The middle of the picture fills the frame; what stands out is lost.
        case crop
        /// The whole picture between black bars.
        case pad
    }

    /// Width over height, as two whole numbers: 9 and 16.
    public var width: Int
    public var height: Int
    public var fill: Fill

    public init(width: Int, height: Int, fill: Fill) {
        self.width = width
        self.height = height
        self.fill = fill
    }

    /// Reads `9:16`; both terms must be positive.
    public init?(aspect text: String, fill: Fill) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let width = parts[0], let height = parts[1], (1...10_000).contains(width),
            (1...10_000).contains(height)
        else { return nil }
        self.init(width: width, height: height, fill: fill)
    }

    /// The frame of that shape for a picture of that size, even on both sides: what is cropped keeps its pixels, what
    /// is filled up keeps its longer extent.
    public func frame(for size: Size) -> Size {
        let shape = Double(width) / Double(height), own = Double(size.width) / Double(max(size.height, 1))
        func whole(_ side: Double) -> Int { Int(Int64(saturating: side.rounded())) }
        let keepsWidth = (own < shape) == (fill == .crop)
        let framed =
            keepsWidth
            ? Size(width: size.width, height: whole(Double(size.width) / shape))
            : Size(width: whole(Double(size.height) * shape), height: size.height)
        // Bars and blur must not make the picture larger than it was.
        let factor = min(1, Double(size.longSide) / Double(max(framed.longSide, 1)))
        func even(_ side: Int) -> Int { max(whole(Double(side) * factor) / 2 * 2, 2) }
        return Size(width: even(framed.width), height: even(framed.height))
    }
}
