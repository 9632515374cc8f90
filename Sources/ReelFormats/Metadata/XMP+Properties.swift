internal import ReelModel

/// Which properties tell something, by the customary prefixes of their name spaces.
extension XMP {
    /// Name spaces by their customary prefixes; a packet may use others.
    static let nameSpaces: [String: String] = [
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
        // Adobe XMP Specification Part 2: Additional Properties
        "http://purl.org/dc/elements/1.1/": "dc", "http://ns.adobe.com/xap/1.0/": "xmp",
        "http://ns.adobe.com/xap/1.0/rights/": "xmpRights", "http://ns.adobe.com/xmp/1.0/DynamicMedia/": "xmpDM",
        "http://ns.adobe.com/photoshop/1.0/": "photoshop", "http://ns.adobe.com/tiff/1.0/": "tiff",
        "http://ns.adobe.com/exif/1.0/": "exif", "http://ns.adobe.com/exif/1.0/aux/": "aux",
        "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#": "stEvt",
        // CIPA DC-010
        "http://cipa.jp/exif/1.0/": "exifEX",
        // IPTC Photo Metadata Standard
        "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
        "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "Iptc4xmpExt",
        "http://ns.useplus.org/ldf/xmp/1.0/": "plus",
        // Faces, by Metadata Working Group and by Microsoft
        "http://www.metadataworkinggroup.com/schemas/regions/": "mwg-rs",
        "http://ns.microsoft.com/photo/1.2/t/Region#": "MPReg",
        "http://www.dji.com/drone-dji/1.0/": "drone-dji",
        "http://purl.org/dc/terms/": "dcterms",
    ]

    static let kinds: [String: MetadataEntry.Kind] = [
        "exif:GPSLatitude": .place, "exif:GPSLongitude": .place, "drone-dji:GpsLatitude": .place,
        "drone-dji:GpsLongitude": .place, "drone-dji:GpsLongtitude": .place,
        "photoshop:City": .place, "photoshop:State": .place, "photoshop:Country": .place,
        "Iptc4xmpCore:Location": .place, "Iptc4xmpCore:CountryCode": .place, "Iptc4xmpExt:City": .place,
        "Iptc4xmpExt:Sublocation": .place, "Iptc4xmpExt:ProvinceState": .place, "Iptc4xmpExt:CountryName": .place,
        "Iptc4xmpExt:CountryCode": .place, "Iptc4xmpExt:WorldRegion": .place, "Iptc4xmpExt:LocationName": .place,
        "xmpDM:shotLocation": .place,

        "tiff:Make": .device, "tiff:Model": .device, "aux:SerialNumber": .device, "aux:Lens": .device,
        "aux:LensSerialNumber": .device, "exifEX:BodySerialNumber": .device, "exifEX:LensMake": .device,
        "exifEX:LensModel": .device, "exifEX:LensSerialNumber": .device, "xmpDM:cameraModel": .device,
        "drone-dji:DroneSerialNumber": .device, "drone-dji:CameraSerialNumber": .device,

        "dc:creator": .person, "dc:contributor": .person, "tiff:Artist": .person, "aux:OwnerName": .person,
        "exifEX:CameraOwnerName": .person, "xmpRights:Owner": .person, "photoshop:CaptionWriter": .person,
        "photoshop:Credit": .person, "Iptc4xmpExt:PersonInImage": .person, "mwg-rs:Name": .person,
        "MPReg:PersonDisplayName": .person, "xmpDM:artist": .person, "xmpDM:director": .person,
        "xmpDM:directorPhotography": .person, "xmpDM:composer": .person, "plus:ImageCreatorName": .person,
        "plus:CopyrightOwnerName": .person, "plus:LicensorName": .person, "plus:LicensorEmail": .person,
        "Iptc4xmpCore:CiEmailWork": .person, "Iptc4xmpCore:CiTelWork": .person, "Iptc4xmpCore:CiUrlWork": .person,
        "Iptc4xmpCore:CiAdrExtadr": .person, "Iptc4xmpCore:CiAdrCity": .person, "Iptc4xmpCore:CiAdrCtry": .person,
        "Iptc4xmpExt:AIPromptWriterName": .person,

        "xmp:CreatorTool": .software, "tiff:Software": .software, "stEvt:softwareAgent": .software,
        "Iptc4xmpExt:AISystemUsed": .software,

        "xmp:CreateDate": .time, "xmp:ModifyDate": .time, "xmp:MetadataDate": .time, "tiff:DateTime": .time,
        "exif:DateTimeOriginal": .time, "exif:DateTimeDigitized": .time, "photoshop:DateCreated": .time,
        "dc:date": .time,

        "dc:title": .text, "dc:description": .text, "dc:subject": .text, "dc:rights": .text,
        "photoshop:Headline": .text, "photoshop:Instructions": .text, "tiff:ImageDescription": .text,
        "tiff:Copyright": .text, "exif:UserComment": .text, "Iptc4xmpExt:AIPromptInformation": .text,

        "Iptc4xmpExt:DigitalSourceType": .digitalSourceType, "Iptc4xmpExt:DigitalSourcefileType": .digitalSourceType,
        // C2PA Technical Specification 2.1, 11.4: where the manifest is kept apart from the file
        "dcterms:provenance": .contentCredentials,
    ]
}
