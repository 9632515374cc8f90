internal import ReelModel

/// An XMP packet (ISO 16684-1), wherever a file keeps it: RDF in XML, from which the few properties are taken that say
/// where, by whom and with what the media was made. Nothing is resolved or expanded that the packet does not hold.
enum XMP {
    /// More than editors write; what is longer is read as far as this.
    static let packetLimit = 1 << 20
    /// Properties stand some ten deep.
    private static let depthLimit = 64

    /// The entries of a packet, in its order. Coordinates come as one entry.
    static func entries(in packet: Bytes) -> [MetadataEntry] {
        let bytes = packet.slice(from: 0, count: packetLimit)
        var reader = Reader(
            text: bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE])
                ? inUTF8(bytes) : bytes.array)
        return reader.read()
    }

    /// UTF-16, which the standard allows and hardly anyone writes.
    private static func inUTF8(_ bytes: Bytes) -> [UInt8] {
        let big = bytes.u8(0) == 0xFE
        let units = (1..<max(bytes.count / 2, 1)).compactMap { unit in
            (big ? bytes.u16(2 * unit) : bytes.le16(2 * unit)).map { UInt16($0) }
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    /// Goes through the tags once; only what is open is kept.
    private struct Reader {
        private let text: [UInt8]
        private var at = 0
        /// Prefix to the customary prefix of the same name space.
        private var prefixes: [String: String] = [:]
        private var open: [String] = []
        private var found: [MetadataEntry] = []
        private var latitude: String?
        private var longitude: String?

        init(text: [UInt8]) { self.text = text }

        mutating func read() -> [MetadataEntry] {
            while at < text.count, found.count < Facts.metadataLimit {
                if text[at] == UInt8(ascii: "<") { readTag() } else { readText() }
            }
            return found
        }

        // MARK: Text

        private mutating func readText() {
            let start = at
            while at < text.count, text[at] != UInt8(ascii: "<") { at += 1 }
            // White space between tags, mostly: nothing is made of it.
            guard text[start..<at].contains(where: { $0 > 0x20 }) else { return }
            guard let property = open.last(where: { !$0.hasPrefix("rdf:") }) else { return }
            take(property, XMP.plain(text[start..<at]))
        }

        private mutating func take(_ property: String, _ value: String) {
            guard !value.isEmpty, let kind = XMP.kinds[property] else { return }
            switch property {
            case "exif:GPSLatitude", "drone-dji:GpsLatitude": latitude = value
            case "exif:GPSLongitude", "drone-dji:GpsLongitude", "drone-dji:GpsLongtitude": longitude = value
            default:
                let entry = MetadataEntry(kind, key: property, value: value)
                if !found.contains(entry) { found.append(entry) }
                return
            }
            guard let north = latitude, let east = longitude else { return }
            let place = Coordinates.degrees(xmp: north).flatMap { north in
                Coordinates.degrees(xmp: east).flatMap { Coordinates(latitude: north, longitude: $0) }
            }
            // Coordinates that cannot be read are a place all the same.
            let key = property.hasPrefix("exif:") ? "exif:GPSLatitude" : "drone-dji:GpsLatitude"
            found.append(MetadataEntry(.place, key: key, value: place?.text ?? "\(north), \(east)"))
            (latitude, longitude) = (nil, nil)
        }

        // MARK: Tags

        private mutating func readTag() {
            if skip("<!--", to: "-->") || skip("<?", to: "?>") { return }
            if starts("<![CDATA[") {
                let start = at + 9
                _ = skip("<![CDATA[", to: "]]>")
                if let property = open.last(where: { !$0.hasPrefix("rdf:") }), start <= at - 3 {
                    take(property, String(decoding: text[start..<at - 3], as: UTF8.self))
                }
                return
            }
            if skip("<!", to: ">") { return }
            at += 1
            if at < text.count, text[at] == UInt8(ascii: "/") {
                while at < text.count, text[at] != UInt8(ascii: ">") { at += 1 }
                at += 1
                _ = open.popLast()
                return
            }
            let name = readName()
            let attributes = readAttributes()
            for (key, value) in attributes where key.hasPrefix("xmlns:") {
                // A name space that says nothing here hides whatever its prefix usually stands for.
                prefixes[String(key.dropFirst(6))] = XMP.nameSpaces[value] ?? "-"
            }
            let element = customary(name)
            for (key, value) in attributes where !key.hasPrefix("xmlns") {
                let attribute = customary(key)
                // A value may be given as a reference, and then belongs to the element.
                take(attribute == "rdf:resource" ? element : attribute, value)
            }
            let isEmpty = at < text.count && text[at] == UInt8(ascii: "/")
            while at < text.count, text[at] != UInt8(ascii: ">") { at += 1 }
            at += 1
            guard !isEmpty else { return }
            guard open.count < XMP.depthLimit else {
                at = text.count
                return
            }
            open.append(element)
        }

        private func customary(_ name: String) -> String {
            guard let colon = name.firstIndex(of: ":"), let prefix = prefixes[String(name[..<colon])] else {
                return name
            }
            return prefix + name[colon...]
        }

        private mutating func readName() -> String {
            let start = at
            while at < text.count, text[at] > 0x20, !"/>=".utf8.contains(text[at]) { at += 1 }
            return String(decoding: text[start..<at], as: UTF8.self)
        }

        /// Ends before the `/` or `>` that closes the tag.
        private mutating func readAttributes() -> [(key: String, value: String)] {
            var attributes: [(key: String, value: String)] = []
            while true {
                skipSpace()
                guard at < text.count, text[at] != UInt8(ascii: ">"), text[at] != UInt8(ascii: "/") else {
                    return attributes
                }
                let key = readName()
                skipSpace()
                guard at < text.count, text[at] == UInt8(ascii: "=") else {
                    // Not XML; go on behind it, lest the scan stands still.
                    if key.isEmpty { at += 1 }
                    continue
                }
                at += 1
                skipSpace()
                guard at < text.count, text[at] == UInt8(ascii: "\"") || text[at] == UInt8(ascii: "'") else { continue }
                let quote = text[at]
                let start = at + 1
                at = start
                while at < text.count, text[at] != quote { at += 1 }
                attributes.append((key, XMP.plain(text[start..<at])))
                at += 1
            }
        }

        private mutating func skipSpace() {
            while at < text.count, text[at] <= 0x20 { at += 1 }
        }

        private func starts(_ prefix: String) -> Bool { text[at...].starts(with: prefix.utf8) }

        private mutating func skip(_ prefix: String, to end: String) -> Bool {
            guard starts(prefix) else { return false }
            at += prefix.utf8.count
            let last = Array(end.utf8)
            while at < text.count, !text[at...].starts(with: last) { at += 1 }
            at = min(at + last.count, text.count)
            return true
        }
    }

    /// Text without the space around it, with XML's own five names and numbers put in.
    private static func plain(_ bytes: ArraySlice<UInt8>) -> String {
        let part = bytes.drop { $0 <= 0x20 }
        // More than is kept of it, whatever it is made of.
        var text = String(decoding: part.prefix(16 * MetadataEntry.valueLimit), as: UTF8.self)
        while let last = text.unicodeScalars.last, last.value <= 0x20 { text.unicodeScalars.removeLast() }
        guard text.contains("&") else { return text }
        var result = ""
        var rest = Substring(text)
        while let mark = rest.firstIndex(of: "&") {
            result += rest[..<mark]
            rest = rest[mark...].dropFirst()
            guard let end = rest.prefix(12).firstIndex(of: ";"), let scalar = named(rest[..<end]) else {
                result += "&"
                continue
            }
            result.unicodeScalars.append(scalar)
            rest = rest[end...].dropFirst()
        }
        return result + rest
    }

    private static func named(_ name: Substring) -> Unicode.Scalar? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard name.first == "#" else { return nil }
            let digits = name.dropFirst()
            let number = digits.first == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return number.flatMap { Unicode.Scalar($0) }
        }
    }
}
