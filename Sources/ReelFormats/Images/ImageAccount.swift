internal import ReelModel

/// What a reader of images gathers on its way, and how it becomes facts.
struct ImageAccount {
    static let tooLarge = "it is too large to be followed to its end"

    var image = ImageFacts()
    /// Why the structure was not followed to its end, where it was not.
    var unfollowed: String?
    var isEncrypted = false
    private(set) var metadata: [MetadataEntry] = []
    private(set) var faults: [StructureFault] = []
    private(set) var otherTypes: [FileType] = []

    init() {
        image.orientation = .known(1)
        image.colorProfile = .known(false)
        image.furtherPictures = .known(0)
        image.gainMap = .known(false)
    }

    mutating func fault(
        _ kind: StructureFault.Kind, at offset: Int64? = nil, bytes: Int64? = nil, _ detail: String
    ) {
        guard faults.count < StructureFault.limit else { return }
        faults.append(StructureFault(kind, offset: offset, bytes: bytes, detail))
    }

    mutating func add(_ entries: [MetadataEntry]) {
        metadata.append(contentsOf: entries.prefix(Facts.metadataLimit - metadata.count))
    }

    mutating func add(_ kind: MetadataEntry.Kind, _ key: String, _ value: String) {
        if !value.isEmpty { add([MetadataEntry(kind, key: key, value: value)]) }
    }

    mutating func add(type: FileType) {
        if !otherTypes.contains(type) { otherTypes.append(type) }
    }

    /// EXIF from a TIFF structure.
    /// - Parameter orients: whether its orientation counts.
    mutating func addExif(at base: Int64, limit: Int64, orients: Bool = true, _ pager: inout Pager) throws {
        guard let exif = try Exif(at: base, limit: limit, &pager) else { return }
        if orients, let orientation = exif.orientation { image.orientation = .known(orientation) }
        add(exif.entries)
    }

    mutating func addXMP(_ packet: Bytes) {
        add(XMP.entries(in: packet))
        if packet.first(Array("http://ns.adobe.com/hdr-gain-map/1.0/".utf8)) != nil { image.gainMap = .known(true) }
    }

    /// An XMP packet that stands in one piece in the file.
    mutating func addXMP(at start: Int64, end: Int64, _ pager: inout Pager) throws {
        addXMP(try pager.bytes(at: start, count: Int(min(end - start, Int64(XMP.packetLimit)))))
    }

    mutating func addPhotoshop(from start: Int64, to end: Int64, _ pager: inout Pager) throws {
        var resources = PhotoshopResources(from: start, to: end)
        while let resource = try resources.next(&pager) {
            switch resource.id {
            case PhotoshopResources.iptc:
                let size = Int(min(resource.end - resource.body, 64 << 10))
                add(IPTC.entries(in: try pager.bytes(at: resource.body, count: size)))
            case PhotoshopResources.profile: image.colorProfile = .known(true)
            case PhotoshopResources.exif: try addExif(at: resource.body, limit: resource.end, &pager)
            case PhotoshopResources.xmp: try addXMP(at: resource.body, end: resource.end, &pager)
            default: continue
            }
        }
    }

    /// A manifest of C2PA Technical Specification 2.1, annex A.
    mutating func addContentCredentials(bytes: Int64) {
        guard !metadata.contains(where: { $0.kind == .contentCredentials }) else { return }
        add(.contentCredentials, "c2pa", "a manifest of \(bytes) bytes")
    }

    /// Bytes behind the end of the image's structure that nothing in it speaks of; zeros are padding.
    mutating func addStrayBytes(from end: Int64, _ pager: inout Pager) throws {
        guard end < pager.length else { return }
        let first = try pager.bytes(at: end, count: 4096)
        let rest = pager.length - end
        if rest <= Int64(first.count), !first.array.contains(where: { $0 != 0 }) { return }
        fault(.strayBytes, at: end, bytes: rest, "\(rest) bytes stand behind the end of the image")
    }

    /// - Parameter missing: bytes that the structure promises and that are not there.
    func write(into facts: inout Facts, missing: Known<Int64>) {
        var image = image
        if image.frames.value == 1 {
            image.duration = .unknown("a still image has no duration")
            image.loops = .unknown("a still image does not run")
        }
        facts.describe(image)
        if isEncrypted { facts.encrypted = .known(true) }
        facts.missingBytes = missing
        facts.metadata = .known(metadata)
        if !otherTypes.isEmpty { facts.otherTypes = .known(otherTypes) }
        if let unfollowed, faults.isEmpty {
            facts.structureFaults = .unknown(unfollowed)
        } else {
            facts.structureFaults = .known(faults)
        }
    }
}
