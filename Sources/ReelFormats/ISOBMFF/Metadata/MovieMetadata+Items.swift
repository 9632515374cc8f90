internal import ReelModel

/// Metadata boxes (`meta`): Apple's item lists, with names of their own or with keys in a table, and XML.
extension MovieMetadata {
    mutating func readMeta(_ meta: Box, _ pager: inout Pager) throws {
        var keys: [String] = []
        var boxes = BoxWalk(inside: meta, skipping: try MovieMetadata.headerSize(meta, &pager), countLimit: 100)
        while let box = try boxes.next(&pager) {
            switch box.type {
            case "keys": keys = try MovieMetadata.keys(box, &pager)
            case "ilst": try readItems(box, keys, &pager)
            case "xml ": addXML(try box.contents(limit: 64 << 10, &pager).slice(from: 4))
            case "uuid": try readUnique(box, &pager)
            default: continue
            }
        }
    }

    /// QuickTime's metadata atom has no version and flags, the box of ISO/IEC 14496-12, 8.11.1 has; its first child
    /// tells.
    static func headerSize(_ meta: Box, _ pager: inout Pager) throws -> Int64 {
        try meta.contents(limit: 8, &pager).fourCC(4) == "hdlr" ? 0 : 4
    }

    // MARK: Items

    private mutating func readItems(_ list: Box, _ keys: [String], _ pager: inout Pager) throws {
        var items = BoxWalk(inside: list, countLimit: MovieMetadata.itemLimit)
        while let item = try items.next(&pager) {
            if item.type == "----" {
                try readFreeForm(item, &pager)
                continue
            }
            guard item.type != "covr", let text = try MovieMetadata.text(of: item, &pager) else { continue }
            if let kind = MovieMetadata.items[item.type] {
                if kind == .place { addPlace(item.type, text) } else { add(kind, item.type, text) }
            } else if let number = try pager.bytes(at: item.start + 4, count: 4).u32(0),
                keys.indices.contains(number - 1)
            {
                addKeyed(keys[number - 1], text)
            }
        }
    }

    /// The text of an item's first value; other values than text say nothing here.
    private static func text(of item: Box, _ pager: inout Pager) throws -> String? {
        guard let data = try item.child("data", &pager) else { return nil }
        let body = try data.contents(limit: valueLimit, &pager)
        switch body.u32(0) {
        case 1, 4: return body.slice(from: 8).string
        case 2, 5: return body.slice(from: 8).utf16(bigEndian: true)
        // Some writers leave the kind open.
        case 0: return String(validating: body.slice(from: 8).array, as: UTF8.self)
        default: return nil
        }
    }

    /// A name in reverse domains and one of its own.
    private mutating func readFreeForm(_ item: Box, _ pager: inout Pager) throws {
        guard let name = try item.child("name", &pager)?.contents(limit: 256, &pager).slice(from: 4).string,
            !name.hasPrefix("iTun"), let text = try MovieMetadata.text(of: item, &pager)
        else { return }
        addKeyed(name, text)
    }

    private static let items: [String: MetadataEntry.Kind] = [
        "©xyz": .place, "©mak": .device, "©mod": .device, "©swr": .software, "©too": .software, "©enc": .software,
        "©day": .time, "purd": .time, "©ART": .person, "aART": .person, "©wrt": .person, "©aut": .person,
        "apID": .person, "ownr": .person, "©dir": .person, "©prd": .person, "©nam": .text, "©alb": .text,
        "©cmt": .text, "©gen": .text, "cprt": .text, "desc": .text, "ldes": .text, "©lyr": .text, "keyw": .text,
    ]

    // MARK: Keys (QuickTime File Format, metadata item keys atom)

    private static func keys(_ box: Box, _ pager: inout Pager) throws -> [String] {
        var keys: [String] = []
        // After version, flags and the number of entries, an entry is laid out as a box is.
        var entries = BoxWalk(inside: box, skipping: 8, countLimit: itemLimit)
        while let entry = try entries.next(&pager) { keys.append(try entry.contents(limit: 256, &pager).string) }
        return keys
    }

    private static let domains = ["com.apple.quicktime.", "com.apple.", "com.android.", "com.google.", "org.", "com."]

    /// Names are in reverse domains, such as `com.apple.quicktime.location.ISO6709` or `com.android.model`.
    private mutating func addKeyed(_ key: String, _ text: String) {
        // The domain is left aside: there is a "time" in "quicktime".
        let lowered = key.lowercased()
        let name =
            MovieMetadata.domains.first { lowered.hasPrefix($0) }.map { lowered.dropFirst($0.count) } ?? lowered[...]
        func has(_ parts: String...) -> Bool { parts.contains { name.contains($0) } }
        if has("iso6709") {
            addPlace(key, text)
        } else if has("location", "gps", "latitude", "longitude") {
            add(.place, key, text)
        } else if has("software", "encoder", "encoded", "version", "tool", "firmware") {
            add(.software, key, text)
        } else if has("creationdate", "date", "time") {
            add(.time, key, text)
        } else if has("make", "model", "camera", "lens", "serial", "manufacturer", "device") {
            add(.device, key, text)
        } else if has("author", "artist", "director", "producer", "performer", "owner", "creator", "composer", "person")
        {
            add(.person, key, text)
        } else {
            add(.text, key, text)
        }
    }

    // MARK: XML

    /// Sony's cameras describe a take in XML (XDCAM's NonRealTimeMeta): `<Device manufacturer= modelName= serialNumber=>`
    /// and items of EXIF's GPS directory.
    private mutating func addXML(_ bytes: Bytes) {
        let text = bytes.string
        if text.contains("<x:xmpmeta") || text.contains("<rdf:RDF") {
            add(XMP.entries(in: bytes))
            return
        }
        var items: [String: String] = [:]
        for tag in text.split(separator: "<", maxSplits: MovieMetadata.itemLimit) {
            if tag.hasPrefix("Device ") {
                for name in ["manufacturer", "modelName", "serialNumber"] {
                    add(.device, name, MovieMetadata.attribute(name, of: tag))
                }
            } else if tag.hasPrefix("CreationDate ") {
                add(.time, "CreationDate", MovieMetadata.attribute("value", of: tag))
            } else if tag.hasPrefix("Item "), let name = MovieMetadata.attribute("name", of: tag) {
                items[name] = MovieMetadata.attribute("value", of: tag)
            }
        }
        guard let north = items["Latitude"], let east = items["Longitude"] else { return }
        let place = MovieMetadata.degrees(north, items["LatitudeRef"]).flatMap { north in
            MovieMetadata.degrees(east, items["LongitudeRef"]).flatMap { Coordinates(latitude: north, longitude: $0) }
        }
        add(.place, "Latitude", place?.text ?? "\(north), \(east)")
    }

    private static func attribute(_ name: String, of tag: Substring) -> String? {
        let parts = tag.split(separator: "\"", omittingEmptySubsequences: false)
        for index in stride(from: 0, to: parts.count - 1, by: 2) where parts[index].hasSuffix(" \(name)=") {
            return String(parts[index + 1])
        }
        return nil
    }

    /// `48:12:29.520`.
    private static func degrees(_ text: String, _ reference: String?) -> Double? {
        var value = 0.0
        for part in text.split(separator: ":").reversed() {
            guard let number = Double(part), number >= 0 else { return nil }
            value = value / 60 + number
        }
        return reference == "S" || reference == "W" ? -value : value
    }
}
