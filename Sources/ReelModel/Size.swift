/// Width and height in pixels.
public struct Size: Sendable, Hashable, Codable {
    public var width: Int
    public var height: Int

    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// Reads `1080x1920`; both sides must be positive.
    public init?(_ text: String) {
        let sides = text.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard sides.count == 2, let width = sides[0], let height = sides[1], width > 0, height > 0 else { return nil }
        self.init(width: width, height: height)
    }

    public var longSide: Int { max(width, height) }
    public var shortSide: Int { min(width, height) }
    /// Width and height exchanged.
    public var turned: Size { Size(width: height, height: width) }
}

extension Size: CustomStringConvertible {
    public var description: String { "\(width)x\(height)" }
}
