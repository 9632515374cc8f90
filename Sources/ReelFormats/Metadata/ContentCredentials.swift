internal import ReelModel

/// A C2PA manifest store (C2PA Technical Specification 2.1, clause 11): boxes of JUMBF with claims in CBOR. It is not
/// verified here, only told that it is there, and which program and kind of source it names.
enum ContentCredentials {
    /// The part of a store that is looked through: claims stand before or between pictures of some hundred kilobytes.
    static let scanLimit = 64 << 10

    /// - Parameters:
    ///   - store: the beginning of the manifest store.
    ///   - place: where the file keeps it, as the entry's key.
    static func entries(in store: Bytes, place: String) -> [MetadataEntry] {
        let store = store.slice(from: 0, count: scanLimit)
        let program = string(after: "claim_generator", in: store)
        var found = [MetadataEntry(.contentCredentials, key: place, value: program ?? "a C2PA manifest")]
        let scheme = "cv.iptc.org/newscodes/digitalsourcetype/"
        var from = 0
        while let at = store.first(Array(scheme.utf8), from: from), found.count < 8 {
            from = at + scheme.utf8.count
            let name = store.slice(from: from, count: 64).array.prefix { isLetter($0) }
            let entry = MetadataEntry(
                .digitalSourceType, key: "digitalSourceType",
                value: "http://" + scheme + String(decoding: name, as: UTF8.self))
            if !name.isEmpty, !found.contains(entry) { found.append(entry) }
        }
        return found
    }

    /// The text that stands behind a key in CBOR (RFC 8949, 3): its length in the first byte, or in the next.
    private static func string(after key: String, in store: Bytes) -> String? {
        guard let at = store.first(Array(key.utf8)) else { return nil }
        let start = at + key.utf8.count
        guard let head = store.u8(start) else { return nil }
        let text: Bytes
        switch head {
        case 0x60...0x77: text = store.slice(from: start + 1, count: head - 0x60)
        case 0x78: text = store.slice(from: start + 2, count: store.u8(start + 1) ?? 0)
        default: return nil
        }
        let words = String(decoding: text.array, as: UTF8.self)
        return words.isEmpty ? nil : words
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
