internal import ReelMedia
internal import ReelModel

/// What has to be known of a codec to have pictures that were coded apart stand beside those of a film.
protocol SeamCoding {
    /// The bytes that a decoder is set up with, for the film's pictures and those that were added.
    var configuration: [UInt8] { get }
    /// Why the film cannot be joined after all, once every packet was looked at.
    var obstacle: String? { get }
    /// Whether the encoder's rate factor can be set on the way.
    var isSteered: Bool { get }
    /// The best rate factor, which cannot be told from the source, and the worst at which the seam does not show.
    var factors: ClosedRange<Double> { get }

    /// Looks at a packet of the film, in the order of the file.
    mutating func look(_ bytes: UnsafeRawBufferPointer) -> SeamRole
    /// A key picture of the film as it stands behind pictures that were coded apart; `nil` where it stays as it is.
    func entered(_ bytes: UnsafeRawBufferPointer) -> [UInt8]?
    /// How pictures are coded to stand beside the film's.
    /// - Parameter delay: how many pictures of the film are at most decoded before one that is shown earlier: a decoder
    ///   that was set up for it is not asked for more.
    func encoding(
        _ stream: StreamInfo, _ size: Size, _ format: PixelFormat, factor: Double, delay: Int
    ) -> VideoEncoding
    /// A picture that was coded so, as the film's containers keep it; `nil` where it cannot stand beside the film's.
    func stored(_ bytes: UnsafeRawBufferPointer, isKey: Bool) -> [UInt8]?
    /// Takes the parameter sets of pictures that were coded so, a stream between start codes.
    /// - Returns: Whether they can stand beside the film's.
    mutating func add(_ sets: [UInt8]) -> Bool
}

/// What a packet is for those that come after it.
struct SeamRole: Sendable, Hashable {
    /// Whether decoding can begin with it, whatever came before.
    var isEntry = false
    /// Whether it is shown before the key picture that it stands behind, and no picture that is shown later refers to it.
    var isLeading = false
}

/// What lies between the lengths that stand before each unit of a picture.
struct PrefixedUnits: Sequence, IteratorProtocol {
    private let bytes: UnsafeRawBufferPointer
    private var place = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func next() -> UnsafeRawBufferPointer? {
        guard place + 4 < bytes.count else { return nil }
        let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
        let start = place + 4
        guard length > 0 else { return nil }
        place = start + length
        return UnsafeRawBufferPointer(rebasing: bytes[start..<Swift.min(place, bytes.count)])
    }

    /// A unit's length in four bytes, and the unit.
    static func prefix(_ unit: some Collection<UInt8>) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: unit.count >> $0) } + unit
    }
}
