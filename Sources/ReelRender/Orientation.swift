internal import ReelMedia
internal import ReelModel

/// How a stored picture has to be turned to stand upright, as filters.
struct Orientation: Sendable, Hashable {
    /// In the order in which they are applied; empty where it stands upright already.
    let filters: [String]
    let swapsSides: Bool

    static let upright = Orientation(filters: [], swapsSides: false)

    private init(filters: [String], swapsSides: Bool) {
        self.filters = filters
        self.swapsSides = swapsSides
    }

    /// By the EXIF tag of that name (CIPA DC-008, 4.6.4.A): 1 to 8; anything else is upright.
    init(exif tag: Int) {
        switch tag {
        case 2: self.init(filters: ["hflip"], swapsSides: false)
        case 3: self.init(filters: ["hflip", "vflip"], swapsSides: false)
        case 4: self.init(filters: ["vflip"], swapsSides: false)
        case 5: self.init(filters: ["transpose=cclock_flip"], swapsSides: true)
        case 6: self.init(filters: ["transpose=clock"], swapsSides: true)
        case 7: self.init(filters: ["transpose=clock_flip"], swapsSides: true)
        case 8: self.init(filters: ["transpose=cclock"], swapsSides: true)
        default: self = .upright
        }
    }

    /// By a container's display matrix, in degrees clockwise.
    init(clockwise degrees: Int) {
        switch degrees {
        case 90: self.init(exif: 6)
        case 180: self.init(exif: 3)
        case 270: self.init(exif: 8)
        default: self = .upright
        }
    }

    /// Of a decoded picture: what the container says goes before what the picture itself does, as in players.
    init(_ frame: borrowing Frame, _ stream: StreamInfo) {
        if let degrees = stream.rotation, degrees != 0 {
            self.init(clockwise: degrees)
        } else {
            let tag = frame.metadata["Orientation"].flatMap { Int($0.filter { !$0.isWhitespace }) }
            self.init(exif: tag ?? 1)
        }
    }
}
