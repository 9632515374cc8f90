/// Something that a file says about itself beside its media: where, by whom and with what it was made.
public struct MetadataEntry: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Coordinates or a named place.
        case place
        /// A camera or telephone: make, model, serial number.
        case device
        /// An author, artist, owner or other person.
        case person
        /// The program that made the file.
        case software
        /// When it was made.
        case time
        /// A title, comment or description.
        case text
        /// A C2PA manifest (C2PA Technical Specification 2.1, clause 11 and annex A: where each type of file holds it).
        case contentCredentials
        /// An IPTC or XMP digital source type: how the media came to be (IPTC Photo Metadata Standard).
        case digitalSourceType
    }

    public var kind: Kind
    /// The field's name in its own standard: `GPSLatitude`, `©xyz`, `com.apple.quicktime.make`, `TPE1`.
    public var key: String
    /// As text, the first `valueLimit` code points of it. Coordinates are decimal degrees, "48.2082, 16.3738".
    public var value: String

    /// Whether it tells of a place, a person or a device.
    public var isPrivate: Bool {
        switch kind {
        case .place, .person, .device: true
        case .software, .time, .text, .contentCredentials, .digitalSourceType: false
        }
    }

    /// Code points, of a value and of a key: one character may be built of any number of them.
    public static let valueLimit = 200

    public init(_ kind: Kind, key: String, value: String) {
        self.kind = kind
        self.key = Self.shortened(key)
        self.value = Self.shortened(value)
    }

    private static func shortened(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(valueLimit)))
    }
}
