internal import ReelModel

/// The primary item of a file, with all that belongs to it.
struct HEIFPicture {
    private let items: HEIFItems
    private(set) var isProtected = false

    init(_ items: HEIFItems) { self.items = items }

    /// - Returns: where the last item ends.
    mutating func describe(_ pager: inout Pager, _ account: inout ImageAccount) throws -> Int64 {
        if let damage = items.damage { account.fault(.brokenIndex, "The table of items is damaged: \(damage)") }
        let end = follow(pager.length, &account)
        try addMetadata(&pager, &account)
        account.image.furtherPictures = .known(furtherPictures)
        guard let primary = items.primary, let item = items.items[primary] else {
            account.fault(.brokenIndex, "The file does not say which picture is shown")
            return end
        }
        isProtected = item.isProtected
        account.image.frames = .known(1)
        account.image.coding = Known(coding(of: item), else: "the item type \(item.type) is not known here")

        var properties = try HEIFProperties(items.properties(of: item), &pager)
        if properties.width == nil { account.fault(.brokenIndex, "The picture's size (ispe) is not stated") }
        account.image.width = Known(properties.width, else: "its properties do not say it")
        account.image.height = Known(properties.height, else: "its properties do not say it")
        account.image.orientation = .known(properties.orientation.number)
        account.image.colorProfile = .known(properties.hasProfile)
        if item.coding == nil { properties = try derived(item, properties, &pager, &account) }
        describeColor(properties, &account.image)
        try describeAuxiliaries(of: primary, &pager, &account.image)
        return end
    }

    /// A picture put together from others (6.6.2) has their coding; the grid's own data say of how many.
    private func derived(
        _ item: HEIFItems.Item, _ own: HEIFProperties, _ pager: inout Pager, _ account: inout ImageAccount
    ) throws -> HEIFProperties {
        let parts = items.referred("dimg", from: item.id)
        if item.type == "grid", let extent = item.extents.first {
            let grid = try pager.bytes(at: extent.lowerBound, count: 4)
            if let rows = grid.u8(2), let columns = grid.u8(3), (rows + 1) * (columns + 1) != parts.count {
                account.fault(
                    .brokenIndex, at: extent.lowerBound,
                    "The picture needs \((rows + 1) * (columns + 1)) parts and has \(parts.count)")
            }
        }
        guard let part = parts.first.flatMap({ items.items[$0] }) else { return own }
        // What the whole does not say, its parts do; the whole's own stands above them.
        let whole = items.properties(of: item).filter { !["ispe", "clap", "irot", "imir"].contains($0.type) }
        return try HEIFProperties(items.properties(of: part) + whole, &pager)
    }

    private func coding(of item: HEIFItems.Item) -> String? {
        if let coding = item.coding { return coding }
        return items.referred("dimg", from: item.id).first.flatMap { items.items[$0]?.coding }
    }

    private func describeColor(_ properties: HEIFProperties, _ image: inout ImageFacts) {
        image.bitDepth = Known(
            properties.coded?.bitDepth ?? properties.bitDepth, else: "its properties do not say it")
        image.color = (properties.color ?? ColorFacts()).filled(from: properties.coded?.color ?? ColorFacts())
        if let light = properties.contentLight { image.color.contentLight = .known(light) }
        if let levels = properties.masteringLuminance { image.color.masteringLuminance = .known(levels) }
        if let transfer = properties.transfer {
            let hasLevels = properties.contentLight != nil || properties.masteringLuminance != nil
            image.color.dynamicRange = ColorFacts.stillRange(transfer: transfer, hasLevels: hasLevels)
        }
        let format = properties.coded?.pixelFormat ?? ""
        if properties.channels == 1 || format.hasPrefix("gray") {
            image.colorModel = .known("gray")
        } else if image.color.matrix.value == "gbr" {
            image.colorModel = .known("rgb")
        } else {
            image.colorModel = properties.coded == nil ? .unknown(Facts.notInHeader) : .known("ycbcr")
        }
    }

    /// 6.5.8: transparency, gain maps, depth.
    private func describeAuxiliaries(of primary: Int, _ pager: inout Pager, _ image: inout ImageFacts) throws {
        image.alpha = .known(false)
        image.gainMap = .known(items.items.values.contains { $0.type == "tmap" })
        for item in items.referring("auxl", to: primary).prefix(64) {
            let properties = try HEIFProperties(items.properties(of: item), &pager)
            if properties.isAlpha { image.alpha = .known(true) }
            if properties.isGainMap { image.gainMap = .known(true) }
        }
    }

    /// Pictures that are shown for themselves: no parts of others, thumbnails, auxiliaries or hidden ones.
    private var furtherPictures: Int {
        var helping: Set<Int> = []
        for reference in items.references {
            if reference.type == "thmb" || reference.type == "auxl" { helping.insert(reference.from) }
            if reference.type == "dimg" { helping.formUnion(reference.to) }
        }
        return items.items.values.count {
            $0.isPicture && !$0.isHidden && $0.id != items.primary && $0.type != "tmap" && !helping.contains($0.id)
        }
    }

    // MARK: Items against the file

    private func follow(_ length: Int64, _ account: inout ImageAccount) -> Int64 {
        var end: Int64 = 0
        var outside = 0
        var elsewhere = 0
        for item in items.items.values {
            if item.isElsewhere {
                elsewhere += 1
                continue
            }
            let last = item.extents.map(\.upperBound).max() ?? 0
            if last > length { outside += 1 }
            end = max(end, last)
        }
        if outside > 0 {
            account.fault(
                .samplesOutsideFile, at: length, bytes: end - length,
                "\(outside) of \(items.items.count) items lie past the end of the file")
        }
        if elsewhere > 0 {
            account.fault(.brokenIndex, "\(elsewhere) of \(items.items.count) items are said to be in another file")
        }
        return end
    }

    // MARK: Metadata

    private func addMetadata(_ pager: inout Pager, _ account: inout ImageAccount) throws {
        for id in items.order {
            guard let item = items.items[id], let extent = item.extents.first, !item.isElsewhere, !item.isProtected
            else { continue }
            switch item.type {
            case "Exif":  // A.2.1: how far behind these four bytes the structure begins
                let skip = Int64(try pager.bytes(at: extent.lowerBound, count: 4).u32(0) ?? 0)
                // How the picture is turned is said by properties alone.
                try account.addExif(
                    at: extent.lowerBound.saturatingAdd(4 + skip), limit: min(extent.upperBound, pager.length),
                    orients: false, &pager)
            case "mime" where item.contentType == "application/rdf+xml":
                try account.addXMP(at: extent.lowerBound, end: extent.upperBound, &pager)
            default: continue
            }
        }
    }
}
