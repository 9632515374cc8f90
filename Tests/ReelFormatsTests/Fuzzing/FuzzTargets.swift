import ReelModel

@testable import ReelFormats

extension FuzzTarget {
    /// The one list of targets: every type whose headers are read here, the recognition of types, and every parser of
    /// a part of a file.
    static let all: [FuzzTarget] = headers + [whole] + parts

    /// Found by asking, so that a new reader is a new target.
    static let headers: [FuzzTarget] = FileType.all.filter(isRead).map(header)

    /// As the command reads a file: the type by content, then its reader.
    static let whole = FuzzTarget(
        name: "any",
        seeds: { [$0] },
        complaint: { input in
            var source = CountingSource(input)
            guard let facts = try? HeaderReader.facts(of: &source, name: "a.mp4") else { return "the source threw" }
            return Sanity.complaint(about: facts, of: input.count) ?? source.complaint
        })

    /// Each by the name of its file under `ParameterSets` or `Metadata`.
    static let parts: [FuzzTarget] = [
        part("H264SPS", heldBy: [("avcC", 0), ("avcC", 8)]) {
            _ = H264SPS.read(configuration: $0)
            _ = H264SPS.read($0)
        },
        part("HEVCSPS", heldBy: [("hvcC", 0)]) {
            _ = HEVCSPS.read(configuration: $0)
            _ = HEVCSPS.read($0)
        },
        part("AV1SequenceHeader", heldBy: [("av1C", 0), ("av1C", 4)]) {
            _ = AV1SequenceHeader.read(configuration: $0)
            _ = AV1SequenceHeader.read(units: $0)
        },
        part("VPxFrame", heldBy: [("vpcC", 4)]) {
            _ = VP9Format.read(configuration: $0)
            _ = VP9Format.read(keyFrame: $0)
            _ = VP8Format.read(keyFrame: $0)
        },
        part("AudioSpecificConfig", heldBy: [("esds", 0), ("esds", 35)]) {
            _ = ElementaryStream($0)
            _ = AudioSpecificConfig($0)
        },
        part("SEI", heldBy: [("mdat", 5)]) {
            var color = ColorFacts()
            SEI.read($0, into: &color)
        },
        part("DynamicRange", heldBy: [("mdcv", 0), ("clli", 0), ("dvcC", 0), ("dvvC", 0)]) {
            var color = ColorFacts()
            color.takeMasteringDisplay($0)
            color.takeContentLight($0)
            color.takeDolbyVision($0)
        },
        part("XMP", from: packet) { _ = XMP.entries(in: $0) },
        part(
            "Exif", heldBy: [("eXIf", 0), ("Exif", 4)],
            from: "MM\0*\0\0\0\u{8}\0\u{1}\u{1}\u{12}\0\u{3}\0\0\0\u{1}\0\u{6}"
        ) {
            var pager = Pager(CountingSource($0.array))
            _ = try? Exif(at: 0, limit: pager.length, &pager)
        },
        part("IPTC", from: "\u{1C}\u{2}P\0\u{3}Ann\u{1C}\u{2}Z\0\u{2}Rom") { _ = IPTC.entries(in: $0) },
        part("MetadataText", from: "Ann\0 \u{FFFD}\u{1}") { _ = MetadataText.plain($0) },
        part("ContentCredentials", heldBy: [("jumb", 0)]) {
            _ = ContentCredentials.entries(in: $0, place: "caBX")
        },
    ]

    private static let packet = """
        <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
        xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
        xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" exif:GPSLatitude="48,12.5N"
        exif:GPSLongitude="16,22.4E" Iptc4xmpExt:DigitalSourceType="trainedAlgorithmicMedia"><dc:creator><rdf:Seq><rdf:li>A
        &amp; B &#x26; C</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>
        """

    /// Whether there is a reader for that type: one that asks for at least a byte.
    private static func isRead(_ type: FileType) -> Bool {
        var pager = Pager(CountingSource([UInt8](repeating: 0, count: 64)))
        var facts = Facts(depth: .header, bytes: 64, fileExtension: type.id, type: .known(type))
        try? HeaderReader.read(type, &pager, into: &facts)
        return pager.bytesRead > 0
    }
}
