internal import ReelModel

/// EXIF (CIPA DC-008): a TIFF structure with directories for the picture, for how it was taken and for where. JPEG,
/// PNG, WebP and HEIF carry it; in TIFF it is part of the file itself.
struct Exif {
    /// Tag 274, 1 to 8 (4.6.4); other numbers mean nothing.
    private(set) var orientation: Int?
    /// What tells where, by whom and with what, in the order of the tags.
    private(set) var entries: [MetadataEntry] = []

    /// Values longer than this are read as far.
    private static let textLimit = 4 * MetadataEntry.valueLimit
    private static let exifDirectory = 34665
    private static let placeDirectory = 34853

    /// - Parameters:
    ///   - base: where the structure stands in the file.
    ///   - limit: where it ends at the latest.
    init?(at base: Int64, limit: Int64, _ pager: inout Pager) throws {
        guard let structure = try TIFFStructure(at: base, limit: limit, &pager),
            let first = try structure.directory(at: structure.firstDirectory, &pager)
        else { return nil }
        try self.init(first, in: structure, &pager)
    }

    /// - Parameter first: the directory of the picture that is shown.
    init(_ first: TIFFDirectory, in structure: TIFFStructure, _ pager: inout Pager) throws {
        if let number = try structure.integer(first[274], &pager), (1...8).contains(number) { orientation = number }
        try read(first, structure, &pager)
        if let place = try structure.integers(first[Exif.exifDirectory], &pager).first,
            let taken = try structure.directory(at: place, &pager)
        {
            try read(taken, structure, &pager)
        }
        if let place = try structure.integers(first[Exif.placeDirectory], &pager).first,
            let directory = try structure.directory(at: place, &pager)
        {
            try readPlace(directory, structure, &pager)
        }
    }

    private mutating func read(_ directory: TIFFDirectory, _ structure: TIFFStructure, _ pager: inout Pager) throws {
        for (tag, field) in Exif.fields {
            guard let entry = directory[tag] else { continue }
            let bytes = try structure.bytes(of: entry, most: Exif.textLimit, &pager)
            let value: String
            switch tag {
            case 40091...40095: value = MetadataText.utf16(bytes, isLittleEndian: true)
            case 37510: value = Exif.comment(bytes, isLittleEndian: structure.isLittleEndian)
            default: value = MetadataText.plain(bytes)
            }
            // Cameras fill fields that nobody set with spaces, and times with zeros.
            guard value.contains(where: { $0 != "0" && $0 != ":" && $0 != " " }) else { continue }
            entries.append(MetadataEntry(field.kind, key: field.name, value: value))
        }
    }

    // MARK: Fields

    private typealias Field = (name: String, kind: MetadataEntry.Kind)

    /// 4.6.4 to 4.6.5, and those of Windows (Microsoft, "Photo Metadata Policies") and of DNG (Adobe DNG 1.7).
    private static let fields: [(Int, Field)] = [
        (270, ("ImageDescription", .text)), (271, ("Make", .device)), (272, ("Model", .device)),
        (305, ("Software", .software)), (306, ("DateTime", .time)), (315, ("Artist", .person)),
        (316, ("HostComputer", .device)), (33432, ("Copyright", .text)),
        (36867, ("DateTimeOriginal", .time)), (36868, ("DateTimeDigitized", .time)), (37510, ("UserComment", .text)),
        (40091, ("XPTitle", .text)), (40092, ("XPComment", .text)), (40093, ("XPAuthor", .person)),
        (40094, ("XPKeywords", .text)), (40095, ("XPSubject", .text)),
        (42032, ("CameraOwnerName", .person)), (42033, ("BodySerialNumber", .device)),
        (42035, ("LensMake", .device)), (42036, ("LensModel", .device)), (42037, ("LensSerialNumber", .device)),
        (42038, ("ImageTitle", .text)), (42039, ("Photographer", .person)), (42040, ("ImageEditor", .person)),
        (42041, ("CameraFirmware", .software)), (42042, ("RAWDevelopingSoftware", .software)),
        (42043, ("ImageEditingSoftware", .software)), (42044, ("MetadataEditingSoftware", .software)),
        (50708, ("UniqueCameraModel", .device)), (50735, ("CameraSerialNumber", .device)),
    ]

    /// 4.6.5, tag UserComment: the character code in eight bytes, then the text.
    private static func comment(_ bytes: Bytes, isLittleEndian: Bool) -> String {
        let text = bytes.slice(from: 8)
        if bytes.starts(with: "UNICODE") { return MetadataText.utf16(text, isLittleEndian: isLittleEndian) }
        // Zeros leave the code open, and some writers spare it.
        let isCoded = bytes.starts(with: "ASCII") || bytes.starts(with: "JIS") || bytes.u8(0) == 0
        return MetadataText.plain(isCoded ? text : bytes)
    }

    // MARK: Place (4.6.6)

    private mutating func readPlace(
        _ directory: TIFFDirectory, _ structure: TIFFStructure, _ pager: inout Pager
    ) throws {
        for (latitude, longitude, name) in [(2, 4, "GPSLatitude"), (20, 22, "GPSDestLatitude")] {
            guard let north = try degrees(latitude, "S", directory, structure, &pager),
                let east = try degrees(longitude, "W", directory, structure, &pager)
            else { continue }
            // What is no place on earth was written all the same, and says that a place was meant to be.
            let text = Coordinates(latitude: north, longitude: east)?.text ?? "\(north), \(east)"
            entries.append(MetadataEntry(.place, key: name, value: text))
        }
        if let area = directory[28] {
            let value = Exif.comment(
                try structure.bytes(of: area, most: Exif.textLimit, &pager), isLittleEndian: structure.isLittleEndian)
            if !value.isEmpty { entries.append(MetadataEntry(.place, key: "GPSAreaInformation", value: value)) }
        }
    }

    /// Degrees, minutes and seconds, each a fraction; the tag before says to which side.
    private func degrees(
        _ tag: Int, _ negative: String, _ directory: TIFFDirectory, _ structure: TIFFStructure, _ pager: inout Pager
    ) throws -> Double? {
        let parts = try structure.fractions(directory[tag], most: 3, &pager)
        guard let whole = parts.first ?? nil else { return nil }
        let minutes = (parts.count > 1 ? parts[1] : nil) ?? 0
        let seconds = (parts.count > 2 ? parts[2] : nil) ?? 0
        let value = whole + minutes / 60 + seconds / 3600
        let side = try directory[tag - 1].map { MetadataText.plain(try structure.bytes(of: $0, most: 2, &pager)) }
        return side == negative ? -value : value
    }
}
