internal import ReelModel

/// What RIFF files say of their making: the list INFO (Multimedia Programming Interface and Data Specifications 1.0,
/// chapter 2), and the extension of broadcasters (EBU Tech 3285).
enum RIFFInfo {
    private static let entryLimit = 100

    private static let kinds: [String: MetadataEntry.Kind] = [
        "IART": .person, "IENG": .person, "ITCH": .person, "IWRI": .person, "IMUS": .person, "IPRO": .person,
        "ICNM": .person, "IEDT": .person, "ISTR": .person, "ICMS": .person, "IDST": .person,
        "ISFT": .software, "ICRD": .time, "IDIT": .time,
        "INAM": .text, "ICMT": .text, "ISBJ": .text, "IKEY": .text, "ICOP": .text, "IPRD": .text, "IGNR": .text,
        "ISRC": .text, "ILOC": .place, "IARL": .place, "ICNT": .place, "IMED": .device, "ISRF": .device,
        "IMAK": .device, "IMOD": .device,
    ]

    /// - Parameter list: the chunk LIST whose kind is INFO.
    static func entries(in list: RIFFChunks.Chunk, bigEndian: Bool = false, _ pager: inout Pager) throws
        -> [MetadataEntry]
    {
        var found: [MetadataEntry] = []
        var chunks = RIFFChunks(from: list.body + 4, to: list.end, bigEndian: bigEndian)
        while let chunk = try chunks.next(&pager), found.count < entryLimit {
            guard let kind = kinds[chunk.type] else { continue }
            add(kind, chunk.type, try pager.bytes(at: chunk.body, count: Int(min(chunk.size, 1024))).array, to: &found)
        }
        return found
    }

    /// Fixed fields, padded with zero bytes.
    static func broadcast(_ body: Bytes) -> [MetadataEntry] {
        var found: [MetadataEntry] = []
        add(.text, "Description", body.slice(from: 0, count: 256).array, to: &found)
        add(.person, "Originator", body.slice(from: 256, count: 32).array, to: &found)
        let date = body.slice(from: 320, count: 10).array
        let time = body.slice(from: 330, count: 8).array
        if date.count == 10, date[0] > 0x20 { add(.time, "OriginationDate", date + [0x20] + time, to: &found) }
        add(.software, "CodingHistory", body.slice(from: 602, count: 256).array, to: &found)
        return found
    }

    /// Text of no stated encoding: UTF-8 where it is that, else Latin-1.
    private static func add(
        _ kind: MetadataEntry.Kind, _ key: String, _ bytes: [UInt8], to entries: inout [MetadataEntry]
    ) {
        let part = bytes.prefix { $0 != 0 }
        let text =
            String(validating: part, as: UTF8.self)
            ?? String(String.UnicodeScalarView(part.map { Unicode.Scalar($0) }))
        let value = TagName.trimmed(text)
        if !value.isEmpty { entries.append(MetadataEntry(kind, key: key, value: value)) }
    }
}
