internal import ReelModel

/// What a field tells by its name, for the standards that have names of plain words: Matroska's tags, Vorbis comments,
/// the keys of FLV. Capitals do not matter.
enum TagName {
    /// The entry that a field makes; `nil` where it tells nothing about how the media was made.
    static func entry(_ key: String, _ value: String) -> MetadataEntry? {
        let name = key.uppercased()
        let value = trimmed(value)
        guard !value.isEmpty, let kind = kind(of: name) else { return nil }
        if kind == .place, let place = Coordinates(iso6709: value) {
            return MetadataEntry(.place, key: key, value: place.text)
        }
        return MetadataEntry(kind, key: key, value: value)
    }

    private static func kind(of name: String) -> MetadataEntry.Kind? {
        if let kind = kinds[name] { return kind }
        // QuickTime's keys, as muxers carry them over: com.apple.quicktime.make
        if name.hasPrefix("COM.APPLE.QUICKTIME.") || name.hasPrefix("COM.ANDROID.") {
            let parts = name.split(separator: ".").dropFirst(name.hasPrefix("COM.APPLE") ? 3 : 2)
            return kinds[parts.joined(separator: ".")]
        }
        return name.hasPrefix("LOCATION-") || name.hasPrefix("GPS") ? .place : nil
    }

    /// Without white space and zero bytes around it.
    static func trimmed(_ text: String) -> String {
        func isBlank(_ character: Character) -> Bool { character.isWhitespace || character == "\0" }
        var rest = text.prefix(4096).drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return String(rest)
    }

    private static let kinds: [String: MetadataEntry.Kind] = {
        let names: [(MetadataEntry.Kind, [String])] = [
            (
                .place,
                [
                    "LOCATION", "RECORDING_LOCATION", "COMPOSITION_LOCATION", "LOCATION.ISO6709", "GEO_LOCATION",
                    "LOCATION.NAME", "GEOLOCATION", "XYZ", "LATITUDE", "LONGITUDE",
                ]
            ),
            (
                .device,
                [
                    "MAKE", "MODEL", "DEVICE", "CAMERA", "CAMERA_MAKE", "CAMERA_MODEL", "MANUFACTURER", "ORIGINATOR",
                    "CAMERA.IDENTIFIER", "SERIAL_NUMBER", "RECORDER", "SOURCE_DEVICE",
                ]
            ),
            (
                .person,
                [
                    "ARTIST", "ALBUMARTIST", "ALBUM_ARTIST", "AUTHOR", "COMPOSER", "PERFORMER", "LEAD_PERFORMER",
                    "DIRECTOR", "PRODUCER", "WRITTEN_BY", "LYRICIST", "CONDUCTOR", "ARRANGER", "ENCODED_BY",
                    "ENCODEDBY",
                    "PUBLISHER", "CONTACT", "ACTOR", "CINEMATOGRAPHER", "SCREENPLAY_BY", "EDITED_BY", "REMIXED_BY",
                    "OWNER", "CREATOR", "PURCHASE_OWNER", "DISTRIBUTED_BY", "PRODUCTION_STUDIO", "ORGANIZATION",
                ]
            ),
            (
                .software,
                [
                    "ENCODER", "SOFTWARE", "ENCODER_SETTINGS", "ENCODER_OPTIONS", "CREATION_TOOL", "METADATACREATOR",
                    "WRITING_APPLICATION",
                ]
            ),
            (
                .time,
                [
                    "DATE", "CREATION_TIME", "CREATIONDATE", "DATE_RECORDED", "DATE_ENCODED", "DATE_TAGGED",
                    "DATE_DIGITIZED", "DATE_RELEASED", "DATE_WRITTEN", "METADATADATE", "YEAR",
                ]
            ),
            (
                .text,
                [
                    "TITLE", "SUBTITLE", "COMMENT", "DESCRIPTION", "SYNOPSIS", "SUMMARY", "KEYWORDS", "SUBJECT",
                    "COPYRIGHT", "LICENSE", "LYRICS", "ALBUM", "GENRE", "TERMS_OF_USE", "URL",
                ]
            ),
        ]
        var all: [String: MetadataEntry.Kind] = [:]
        for (kind, keys) in names { for key in keys { all[key] = kind } }
        return all
    }()
}

extension Facts {
    /// Adds what the file says of its own making, as far as the list goes.
    mutating func add(_ entries: [MetadataEntry]) {
        let before = metadata.value ?? []
        let new = entries.filter { !before.contains($0) }
        metadata = .known(Array((before + new).prefix(Facts.metadataLimit)))
    }
}
