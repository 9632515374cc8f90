internal import ReelModel

/// The items of a file and where they stand (ISO/IEC 14496-12, 8.11): pictures, parts of pictures, metadata.
struct HEIFItems {
    struct Item {
        let id: Int
        /// `hvc1`, `av01`, `grid`, `Exif`, `mime` …
        let type: String
        /// Of a `mime` item.
        let contentType: String
        let isHidden: Bool
        let isProtected: Bool
        fileprivate(set) var extents: [Range<Int64>] = []
        /// Whether its bytes stand in another file.
        fileprivate(set) var isElsewhere = false
        /// Indexes into `properties`, in the order in which they are to be applied.
        fileprivate(set) var properties: [Int] = []

        /// Whether it is a picture, coded or derived from others.
        var isPicture: Bool { coding != nil || ["grid", "iovl", "iden", "tmap"].contains(type) }

        /// What it is coded with, where it is coded itself.
        var coding: String? { HEIFItems.codings[type] }
    }

    struct Reference {
        /// `thmb`, `auxl`, `dimg`, `cdsc` …
        let type: String
        let from: Int
        let to: [Int]
    }

    fileprivate static let codings = [
        "hvc1": "hevc", "hev1": "hevc", "lhv1": "hevc", "av01": "av1", "avc1": "h264", "vvc1": "vvc",
        "jpeg": "jpeg", "j2k1": "jpeg2000", "unci": "uncompressed", "evc1": "evc",
    ]

    /// Tables beyond this are of no picture that anyone shows.
    private static let tableLimit = 1 << 20
    private static let countLimit = 65536

    private(set) var handler = ""
    private(set) var primary: Int?
    private(set) var items: [Int: Item] = [:]
    /// In the order of the file.
    private(set) var order: [Int] = []
    private(set) var references: [Reference] = []
    /// The boxes of shared properties, counted from 1 in the file.
    private(set) var properties: [Box] = []
    /// Why a table could not be followed.
    private(set) var damage: String?

    init(_ meta: Box, _ pager: inout Pager) throws {
        var boxes = BoxWalk(inside: meta, skipping: 4)
        var locations: Box?
        var associations: [Box] = []
        var data: Box?
        while let box = try boxes.next(&pager) {
            switch box.type {
            case "hdlr": handler = try box.contents(limit: 12, &pager).fourCC(8) ?? ""
            case "pitm":  // 8.11.4
                let body = try box.contents(limit: 8, &pager)
                primary = body.u8(0) == 0 ? body.u16(4) : body.u32(4)
            case "iinf": try readInformation(box, &pager)
            case "iloc": locations = box
            case "iref": try readReferences(box, &pager)
            case "idat": data = box
            case "iprp":
                var parts = BoxWalk(inside: box)
                while let part = try parts.next(&pager) {
                    if part.type == "ipco" {
                        var list = BoxWalk(inside: part)
                        while let property = try list.next(&pager) { properties.append(property) }
                    } else if part.type == "ipma" {
                        associations.append(part)
                    }
                }
            default: continue
            }
        }
        if let problem = boxes.damage { damage = problem }
        if let locations { try readLocations(locations, data: data, &pager) }
        for box in associations { try readAssociations(box, &pager) }
    }

    /// The boxes of an item's properties.
    func properties(of item: Item) -> [Box] {
        item.properties.compactMap { properties.indices.contains($0 - 1) ? properties[$0 - 1] : nil }
    }

    /// The items that refer so to that one.
    func referring(_ type: String, to id: Int) -> [Item] {
        references.filter { $0.type == type && $0.to.contains(id) }.compactMap { items[$0.from] }
    }

    /// The items that this one refers to so.
    func referred(_ type: String, from id: Int) -> [Int] {
        references.filter { $0.type == type && $0.from == id }.flatMap { $0.to }
    }

    // MARK: Tables

    /// 8.11.6
    private mutating func readInformation(_ box: Box, _ pager: inout Pager) throws {
        let isWide = try box.contents(limit: 1, &pager).u8(0) != 0
        var entries = BoxWalk(inside: box, skipping: isWide ? 8 : 6)
        while let entry = try entries.next(&pager), items.count < HEIFItems.countLimit {
            let body = try entry.contents(limit: 512, &pager)
            guard entry.type == "infe", let version = body.u8(0), version >= 2, let flags = body.u24(1) else {
                continue
            }
            let idSize = version == 2 ? 2 : 4
            guard let id = version == 2 ? body.u16(4) : body.u32(4), let protection = body.u16(4 + idSize),
                let type = body.fourCC(6 + idSize), items[id] == nil
            else { continue }
            var content = ""
            if type == "mime", let name = body.first(0, from: 10 + idSize), let end = body.first(0, from: name + 1) {
                content = body.text(name + 1, end - name - 1) ?? ""
            }
            items[id] = Item(
                id: id, type: type, contentType: content, isHidden: flags & 1 == 1, isProtected: protection != 0)
            order.append(id)
        }
    }

    /// 8.11.3
    private mutating func readLocations(_ box: Box, data: Box?, _ pager: inout Pager) throws {
        let body = try box.contents(limit: HEIFItems.tableLimit, &pager)
        var fields = Fields(body, at: 4)
        guard let version = body.u8(0), version <= 2, let sizes = fields.next(2).map({ Int($0) }),
            let count = fields.next(version < 2 ? 2 : 4)
        else {
            damage = "the table of places could not be read"
            return
        }
        let (offsetSize, lengthSize, baseSize, indexSize) =
            (sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, version > 0 ? sizes & 15 : 0)
        for _ in 0..<count {
            guard let id = fields.next(version < 2 ? 2 : 4), let method = version > 0 ? fields.next(2) : 0,
                let reference = fields.next(2), let base = fields.next(baseSize), let extents = fields.next(2)
            else {
                damage = "the table of places is cut off"
                return
            }
            var ranges: [Range<Int64>] = []
            for _ in 0..<extents {
                guard fields.next(indexSize) != nil, let offset = fields.next(offsetSize),
                    let length = fields.next(lengthSize)
                else {
                    damage = "the table of places is cut off"
                    return
                }
                var start = base.saturatingAdd(offset)
                if method & 15 == 1 { start = start.saturatingAdd(data?.body ?? 0) }
                // No length is the whole of it.
                let whole = (method & 15 == 1 ? data?.end ?? start : pager.length) - start
                ranges.append(start..<start.saturatingAdd(length > 0 ? length : max(whole, 0)))
            }
            let key = Int(id)
            // Items that are built from others' bytes have no place of their own.
            if method & 15 <= 1 { items[key]?.extents = ranges }
            items[key]?.isElsewhere = reference != 0
        }
    }

    /// 8.11.12
    private mutating func readReferences(_ box: Box, _ pager: inout Pager) throws {
        let size = try box.contents(limit: 1, &pager).u8(0) == 0 ? 2 : 4
        var boxes = BoxWalk(inside: box, skipping: 4)
        while let reference = try boxes.next(&pager), references.count < HEIFItems.countLimit {
            var fields = Fields(try reference.contents(limit: HEIFItems.tableLimit, &pager), at: 0)
            guard let from = fields.next(size), let count = fields.next(2) else { continue }
            let to = (0..<count).compactMap { _ in fields.next(size).map { Int($0) } }
            references.append(Reference(type: reference.type, from: Int(from), to: to))
        }
    }

    /// 8.11.14
    private mutating func readAssociations(_ box: Box, _ pager: inout Pager) throws {
        let body = try box.contents(limit: HEIFItems.tableLimit, &pager)
        var fields = Fields(body, at: 4)
        let isWide = (body.u24(1) ?? 0) & 1 == 1
        guard let version = body.u8(0), let count = fields.next(4) else { return }
        for _ in 0..<min(count, Int64(HEIFItems.countLimit)) {
            guard let id = fields.next(version == 0 ? 2 : 4), let number = fields.next(1) else { return }
            for _ in 0..<number {
                guard let index = fields.next(isWide ? 2 : 1) else { return }
                items[Int(id)]?.properties.append(Int(index) & (isWide ? 0x7FFF : 0x7F))
            }
        }
    }

    /// Numbers of any width, one after another.
    private struct Fields {
        private let bytes: Bytes
        private var at: Int

        init(_ bytes: Bytes, at start: Int) {
            self.bytes = bytes
            at = start
        }

        mutating func next(_ size: Int) -> Int64? {
            let value: Int64?
            switch size {
            case 0: return 0
            case 1: value = bytes.u8(at).map { Int64($0) }
            case 2: value = bytes.u16(at).map { Int64($0) }
            case 4: value = bytes.u32(at).map { Int64($0) }
            case 8: value = bytes.u64(at).map { Int64(clamping: $0) }
            default: value = nil
            }
            at += size
            return value
        }
    }
}
