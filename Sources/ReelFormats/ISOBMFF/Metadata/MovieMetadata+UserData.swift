internal import ReelModel

/// User data (`udta`): QuickTime's annotations, 3GPP's asset information, and what makers of cameras put there.
extension MovieMetadata {
    mutating func readUserData(_ box: Box, _ pager: inout Pager) throws {
        var items = BoxWalk(inside: box, countLimit: MovieMetadata.itemLimit)
        while let item = try items.next(&pager) {
            switch item.type {
            case "meta": try readMeta(item, &pager)
            case "XMP_": add(XMP.entries(in: try item.contents(limit: XMP.packetLimit, &pager)))
            case "uuid": try readUnique(item, &pager)
            case "loci": addLocation(try item.contents(limit: MovieMetadata.valueLimit, &pager))
            case "smta":  // Samsung: version and flags, then boxes
                guard let model = try item.child("mdln", skipping: 4, &pager) else { continue }
                add(.device, "mdln", try model.contents(limit: 64, &pager).string)
            case "CAME":  // GoPro: the camera's serial number, in bytes
                let serial = try item.contents(limit: 16, &pager).array
                if serial.contains(where: { $0 != 0 }) { add(.device, "CAME", MovieMetadata.hexadecimal(serial)) }
            default:
                if let kind = MovieMetadata.annotations[item.type] {
                    try readAnnotation(item, kind, &pager)
                } else if let kind = MovieMetadata.assets[item.type] {
                    let body = try item.contents(limit: MovieMetadata.valueLimit, &pager)
                    add(kind, item.type, MovieMetadata.asset(body))
                } else if let kind = MovieMetadata.plain[item.type] {
                    add(kind, item.type, try item.contents(limit: MovieMetadata.valueLimit, &pager).string)
                }
            }
        }
    }

    /// QuickTime File Format, user data text: a size and a language before each text, of which the first is taken.
    private mutating func readAnnotation(_ item: Box, _ kind: MetadataEntry.Kind, _ pager: inout Pager) throws {
        let body = try item.contents(limit: MovieMetadata.valueLimit, &pager)
        let text: String
        if let size = body.u16(0), size > 0, size <= body.count - 4 {
            text = body.slice(from: 4, count: size).string
        } else if let data = try item.child("data", &pager) {  // as an item list has it
            text = try data.contents(limit: MovieMetadata.valueLimit, &pager).slice(from: 8).string
        } else {
            text = body.string
        }
        if kind == .place { addPlace(item.type, text) } else { add(kind, item.type, text) }
    }

    /// 3GPP TS 26.244, 8: version and flags, a language, text. Some leave the first out.
    private static func asset(_ body: Bytes) -> String {
        body.u32(0) == 0 ? body.slice(from: 6).string : body.string
    }

    /// 3GPP TS 26.244, 8.3: a name, a role, and longitude and latitude in 65536ths of a degree.
    private mutating func addLocation(_ body: Bytes) {
        let name = body.slice(from: 6)
        let isWide = name.starts(with: [0xFE, 0xFF])
        var at = 6
        if isWide {
            while let unit = body.u16(at), unit != 0 { at += 2 }
            at += 2
        } else {
            while let byte = body.u8(at), byte != 0 { at += 1 }
            at += 1
        }
        add(.place, "loci", name.string)
        guard let east = body.i32(at + 1), let north = body.i32(at + 5) else { return }
        let place = Coordinates(latitude: Double(north) / 65536, longitude: Double(east) / 65536)
        // 0, 0 is what writers put who know a name only.
        if let place, east != 0 || north != 0 { add(.place, "loci", place.text) }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static let annotations: [String: MetadataEntry.Kind] = [
        "©xyz": .place, "@xyz": .place, "©loc": .place,
        "©mak": .device, "@mak": .device, "©mod": .device, "@mod": .device, "©mdl": .device, "©cam": .device,
        "©swr": .software, "@swr": .software, "©too": .software, "©enc": .software, "©sof": .software,
        "©day": .time, "@day": .time, "©ed1": .time,
        "©ART": .person, "©aut": .person, "©prf": .person, "©dir": .person, "©prd": .person, "©wrt": .person,
        "©com": .person, "©own": .person, "©hst": .person, "©cpy": .text, "©nam": .text, "©cmt": .text,
        "©des": .text, "©inf": .text, "©alb": .text, "©gen": .text, "©key": .text, "©src": .text, "©PRD": .person,
    ]

    private static let assets: [String: MetadataEntry.Kind] = [
        "auth": .person, "perf": .person, "titl": .text, "dscp": .text, "cprt": .text, "gnre": .text, "albm": .text,
        "kywd": .text, "manu": .device, "modl": .device, "vndr": .device,
    ]

    /// Text and nothing else. `FIRM` and `LENS` are GoPro's, `SNum` is Canon's.
    private static let plain: [String: MetadataEntry.Kind] = [
        "name": .text, "FIRM": .software, "LENS": .device, "SNum": .device, "@sec": .device,
    ]
}
