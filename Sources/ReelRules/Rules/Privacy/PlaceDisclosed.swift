internal import ReelModel

/// It says where somebody was.
enum PlaceDisclosed: Disclosure {
    static let page = RulePage(
        id: "place-disclosed", group: .privacy, summary: "The file says where it was made.",
        why: "Telephones write their position into pictures and films, to a few metres: often that of a home. It goes "
            + "to whoever receives the file, seen or not. Some services remove it, others keep it.",
        fix: .fit("Leave it out, if it should stay private", options: "--drop-private"), depth: .header,
        yieldsTo: ["metadata-left"],
        examples: [
            Example("no place", .passes, .alone(.example(.jpg))),
            Example(
                "the position of a telephone", .fires,
                .alone(saying(MetadataEntry(.place, key: "GPSLatitude", value: "48.2082, 16.3738")))),
            Example(
                "only when it was made", .passes,
                .alone(saying(MetadataEntry(.time, key: "DateTimeOriginal", value: "2026:11:23 10:00:00")))),
        ])

    private static func saying(_ entry: MetadataEntry) -> Facts { .example(.jpg) { $0.metadata = .known([entry]) } }

    static let kinds: [MetadataEntry.Kind] = [.place]
    static let opening = "It says where it was made"
}
