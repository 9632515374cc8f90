internal import ReelModel

/// It says who somebody is, or what they own.
enum PersonDisclosed: Disclosure {
    static let page = RulePage(
        id: "person-disclosed", group: .privacy, summary: "The file names a person, or the device that made it.",
        why: "An owner's name, a camera and its serial number tie the file to a person, and to other files of theirs.",
        fix: .fit("Leave it out, if it should stay private", options: "--drop-private"), depth: .header,
        yieldsTo: ["metadata-left"],
        examples: [
            Example("nothing about anybody", .passes, .alone(.example(.jpg))),
            Example(
                "the owner of a camera", .fires,
                .alone(saying(MetadataEntry(.person, key: "CameraOwnerName", value: "Maria Muster")))),
            Example(
                "a telephone", .fires, .alone(saying(MetadataEntry(.device, key: "Model", value: "Telephone 15 Pro")))),
        ])

    private static func saying(_ entry: MetadataEntry) -> Facts { .example(.jpg) { $0.metadata = .known([entry]) } }

    static let kinds: [MetadataEntry.Kind] = [.person, .device]
    static let opening = "It names a person or a device"
}
