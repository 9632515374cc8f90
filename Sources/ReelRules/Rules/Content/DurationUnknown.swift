internal import ReelModel

/// Nobody can tell how long it is without reading all of it.
enum DurationUnknown: Rule {
    static let page = RulePage(
        id: "duration-unknown", group: .content,
        summary: "The header does not say how long the film or the sound lasts.",
        why: "Recorders in web browsers and live streams write the header before they know. Players then show no "
            + "length and cannot seek, and a service that places the file on a timeline has to measure it first. "
            + "Most do: no refusal is confirmed.",
        fix: "Copy its streams into a new file; nothing is encoded anew (ffmpeg -i in.webm -c copy out.webm).",
        depth: .header,
        yieldsTo: [
            "empty-file", "truncated", "type-not-accepted", "no-media-stream", "index-damaged", "samples-outside-file",
            "timing-broken",
        ],
        examples: [
            Example("ten seconds", .passes, .alone(.example(.webm))),
            Example("a still picture, which lasts as long as you look", .passes, .alone(.example(.jpg))),
            Example(
                "a recording of a web browser", .fires,
                .alone(.example(.webm) { $0.duration = .unknown("the segment has no duration") })),
            Example(
                "a type whose headers are not read here", .passes,
                .alone(.example(.flv) { $0.duration = .unknown(Facts.notRead) })),
        ])

    /// Types whose header, or index, has a place for the length.
    private static let tellers: Set<FileType> = [.mp4, .m4v, .mov, .threeGP, .m4a, .mkv, .webm, .avi, .wav]

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        let facts = subject.facts
        guard let type = facts.type.value, tellers.contains(type) else { return .notApplicable }
        guard let why = facts.duration.reason else { return .passed }
        return .found([
            own(.risk, "How long it lasts is not known: \(why)", measured: nil, allowed: ["min": 0], unit: "seconds")
        ])
    }
}
