/// A place where a file's own structure contradicts itself or the file that holds it. Found without decoding; whether
/// it matters is for a rule to say.
public struct StructureFault: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The index places samples where the file has no bytes.
        case samplesOutsideFile
        /// A box, chunk or element says that it is longer or shorter than what holds it allows.
        case impossibleSize
        /// There is more than one index.
        case secondIndex
        /// The index is there, and its tables cannot be followed: empty where samples are promised, of counts that do
        /// not agree, out of order.
        case brokenIndex
        /// A clock of zero ticks a second, or times that cannot be.
        case brokenTiming
        /// A run of zero bytes where coded media should be.
        case zeroedRange
        /// Coded pictures or blocks of sound whose framing cannot be followed.
        case brokenFraming
        /// Bytes after the end of the file's structure, or between its parts, that belong to nothing.
        case strayBytes
        /// Everything is there but the mark that ends the structure.
        case missingEnd
        /// A checksum that the file carries does not fit its bytes.
        case checksum
    }

    public var kind: Kind
    /// Byte offset in the file where it begins, as far as is known.
    public var offset: Int64?
    /// Bytes that it concerns, as far as is known.
    public var bytes: Int64?
    /// The stream's place in the file, from 0, where it concerns one.
    public var stream: Int?
    /// Seconds from the start of the presentation, where the place has a time.
    public var time: Double?
    /// What is wrong, as a sentence without its full stop, with figures: "3 of 300 samples lie past the file's end".
    public var detail: String

    /// Facts list the first so many of them.
    public static let limit = 100

    public init(
        _ kind: Kind, offset: Int64? = nil, bytes: Int64? = nil, stream: Int? = nil, time: Double? = nil,
        _ detail: String
    ) {
        self.kind = kind
        self.offset = offset
        self.bytes = bytes
        self.stream = stream
        self.time = time
        self.detail = detail
    }
}
