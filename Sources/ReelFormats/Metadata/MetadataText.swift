/// Text as files hold it: ended by a zero, padded with spaces, in an encoding that is seldom named.
enum MetadataText {
    /// UTF-8 where it is that, else Latin-1; as far as the first zero, without space around it.
    static func plain(_ bytes: Bytes) -> String {
        let text = bytes.array.prefix { $0 != 0 }
        return trimmed(
            String(validating: text, as: UTF8.self) ?? String(String.UnicodeScalarView(text.map { Unicode.Scalar($0) }))
        )
    }

    /// UTF-16, as far as the first zero.
    static func utf16(_ bytes: Bytes, isLittleEndian: Bool) -> String {
        var units: [UInt16] = []
        for at in stride(from: 0, to: bytes.count - 1, by: 2) {
            guard let unit = isLittleEndian ? bytes.le16(at) : bytes.u16(at), unit != 0 else { break }
            units.append(UInt16(unit))
        }
        return trimmed(String(decoding: units, as: UTF16.self))
    }

    private static func trimmed(_ text: String) -> String {
        var scalars = Substring(text).unicodeScalars
        while let first = scalars.first, first.value <= 0x20 { scalars.removeFirst() }
        while let last = scalars.last, last.value <= 0x20 { scalars.removeLast() }
        return String(scalars)
    }
}
