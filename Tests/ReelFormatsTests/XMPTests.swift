import ReelModel
import Testing

@testable import ReelFormats

struct `XMP packets` {
    private func entries(_ rdf: String) -> [MetadataEntry] {
        let packet = """
            <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core">
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\(rdf)</rdf:RDF></x:xmpmeta>
            <?xpacket end="w"?>
            """
        return XMP.entries(in: Bytes(Array(packet.utf8)))
    }

    private static let spaces = """
        xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
        """

    @Test func `attributes and elements`() {
        let found = entries(
            """
            <rdf:Description \(Self.spaces) xmp:CreatorTool="A &amp; B &#x263A;" exif:GPSLatitude="48,12.492N">
            <exif:GPSLongitude>16,22,25.68E</exif:GPSLongitude><!-- <dc:title>no</dc:title> -->
            <dc:creator><rdf:Seq><rdf:li>Ada</rdf:li><rdf:li>Bob</rdf:li></rdf:Seq></dc:creator>
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default"> Hügel
            </rdf:li></rdf:Alt></dc:title>
            <e:LocationCreated><rdf:Bag><rdf:li rdf:parseType="Resource"><e:City>Graz</e:City></rdf:li></rdf:Bag>
            </e:LocationCreated>
            <e:DigitalSourceType rdf:resource="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"/>
            <xmp:Rating>3</xmp:Rating></rdf:Description>
            """)
        #expect(
            found == [
                MetadataEntry(.software, key: "xmp:CreatorTool", value: "A & B ☺"),
                MetadataEntry(.place, key: "exif:GPSLatitude", value: "48.2082, 16.3738"),
                MetadataEntry(.person, key: "dc:creator", value: "Ada"),
                MetadataEntry(.person, key: "dc:creator", value: "Bob"),
                MetadataEntry(.text, key: "dc:title", value: "Hügel"),
                MetadataEntry(.place, key: "Iptc4xmpExt:City", value: "Graz"),
                MetadataEntry(
                    .digitalSourceType, key: "Iptc4xmpExt:DigitalSourceType",
                    value: "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"),
            ])
    }

    @Test func `a name space counts, not its prefix`() {
        let found = entries(
            "<rdf:Description xmlns:q='http://ns.adobe.com/tiff/1.0/' xmlns:tiff='http://x/' q:Make='M' tiff:Model='N'/>"
        )
        #expect(found == [MetadataEntry(.device, key: "tiff:Make", value: "M")])
    }

    @Test(arguments: [
        "<", "<a", "<a b", "<a b=", "<a b='", "<!--", "<![CDATA[", "<?", "</", "<dc:title>x", "&#", "<a =>",
    ])
    func `broken off or malformed`(text: String) {
        _ = XMP.entries(in: Bytes(Array(text.utf8)))
        _ = XMP.entries(in: Bytes(Array("<dc:creator>&\(text)".utf8)))
    }

    @Test func `deep, many and long`() {
        #expect(XMP.entries(in: Bytes(Array(String(repeating: "<a>", count: 200_000).utf8))).isEmpty)
        let many = (0..<1000).map { "<dc:creator>\($0)</dc:creator>" }.joined()
        #expect(XMP.entries(in: Bytes(Array(many.utf8))).count == Facts.metadataLimit)
        let long = "<dc:creator>" + String(repeating: "x", count: 500_000)
        #expect(XMP.entries(in: Bytes(Array(long.utf8))).first?.value.count == MetadataEntry.valueLimit)
    }

    static let places: [(String, String?)] = [
        ("+48.2082+016.3738/", "48.2082, 16.3738"), ("-33.8688+151.2093+058.000/", "-33.8688, 151.2093"),
        ("+4812.5-01622.5/", "48.208333, -16.375"), ("+481230-0162230.0/", "48.208333, -16.375"),
        ("+0.0+0.0/", "0.0, 0.0"), ("+91.0000+010.0000/", nil), ("48.2 16.3", nil), ("+48.2", nil), ("", nil),
        ("+..+../", nil),
    ]

    @Test(arguments: places)
    func `ISO 6709`(text: String, expected: String?) {
        #expect(Coordinates(iso6709: text)?.text == expected)
    }
}
