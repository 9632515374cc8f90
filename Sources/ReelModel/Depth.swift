/// How deep a measurement goes. Each depth includes the ones before it.
public enum Depth: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Boxes and stream headers; nothing is decoded.
    case header
    /// Every packet; nothing is decoded.
    case packets
    /// Every frame is decoded, once.
    case frames

    private var rank: Int {
        switch self {
        case .header: 0
        case .packets: 1
        case .frames: 2
        }
    }

    public static func < (a: Depth, b: Depth) -> Bool { a.rank < b.rank }
}
