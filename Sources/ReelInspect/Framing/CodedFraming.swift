internal import ReelModel

/// Follows how one stream's packets are put together, as far as that shows without decoding. A class, because what it
/// has learnt of a stream (parameter sets, picture numbers) is kept in place from packet to packet.
protocol CodedFraming: AnyObject {
    /// Looks at the next packet.
    func read(_ packet: CodedBytes) -> PacketReading
}

/// What one packet's framing showed.
struct PacketReading {
    /// The first thing in it that cannot be.
    var fault: FramingFault?
    /// What the picture is to a decoder that begins with it; `nil` where that does not show.
    var entry: Entry?
    /// Whether it refers to parameter sets that have not come.
    var lacksParameterSets = false
    /// How the picture is coded, where its slices were read.
    var picture: CodedPicture?

    enum Entry {
        /// Decoding can begin with it, and nothing after it needs what was before: IDR, BLA.
        case clean
        /// Decoding can begin with it, and pictures that are shown before it may need what was before: I, CRA.
        case open
        /// It needs pictures before it, and is shown before the `open` one that it follows: RASL.
        case leading
        /// It needs pictures before it.
        case none
    }
}

/// How a picture is coded.
struct CodedPicture {
    enum Kind: Int { case intra, predicted, bidirectional }

    var kind = Kind.intra
    var isField = false
    var isArithmetic = false
}

/// Why the framing of a packet cannot be followed.
enum FramingFault {
    case tooLong(unit: String, says: Int, left: Int)
    case cutShort(left: Int)
    case noPicture
    case header(String)
    case pictureNumber(expected: Int, found: Int)
    case damagedPacket
    case fileEnds

    /// As a sentence without its full stop.
    var words: String {
        switch self {
        case .tooLong(let unit, let says, let left):
            "\(unit) says that it is \(Figure.grouped(Int64(says))) bytes long, \(Figure.grouped(Int64(left))) are left"
        case .cutShort(let left): "\(left) byte\(left == 1 ? "" : "s") at its end belong to nothing"
        case .noPicture: "it holds no picture"
        case .header(let what): what
        case .pictureNumber(let expected, let found): "it is picture number \(found), number \(expected) is due"
        case .damagedPacket: "the container marks it as damaged"
        case .fileEnds: "the file ends inside it"
        }
    }
}
