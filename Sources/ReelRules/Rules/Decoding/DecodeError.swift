internal import ReelModel

/// A decoder stumbled.
enum DecodeError: Rule {
    static let page = RulePage(
        id: "decode-error", group: .decoding, summary: "A decoder or demuxer could not make sense of part of the file.",
        why: "What a decoder cannot read it paints over: grey blocks, smears, clicks, a frozen picture. Most players "
            + "hide the error, so nobody sees it before the audience does.",
        fix: "Render or download it again.", depth: .frames, findsInSamples: true,
        examples: [
            Example("every frame decodes", .passes, .alone(.decodedExample(.mp4))),
            Example(
                "one broken frame", .fires,
                .alone(
                    .decodedExample(.mp4) {
                        $0.measured?.faults = [
                            DecodeFault(stream: 0, time: 4.2, message: "error while decoding MB 3 7")
                        ]
                        $0.measured?.faultCount = 1
                    })),
            Example("nothing was decoded", .notEvaluated, .alone(.example(.mp4) { $0.depth = .frames })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        guard let measured = subject.facts.measured else { return .notEvaluated(Decoding.nothing) }
        let faults = measured.faults
        if faults.isEmpty {
            guard measured.faultCount > 0 else { return .passed }
            return refused(
                "\(measured.faultCount) fault\(measured.faultCount == 1 ? "" : "s") while decoding",
                measured: JSON(measured.faultCount), allowed: ["max": 0], unit: "faults")
        }
        var streams: [Int?] = []
        for fault in faults where !streams.contains(fault.stream) { streams.append(fault.stream) }
        let unlisted = max(measured.faultCount - faults.count, 0)
        return .joined(
            streams.enumerated().map { place, stream in
                let own = faults.filter { $0.stream == stream }
                // Faults past the list's end belong to no stream that is known; they are counted with the first.
                return judge(own, of: stream, count: own.count + (place == 0 ? unlisted : 0))
            })
    }

    private static func judge(_ faults: [DecodeFault], of stream: Int?, count: Int) -> Judgement {
        let times = faults.compactMap(\.time)
        let span = times.min().flatMap { first in times.max().map { TimeRange(start: first, end: $0) } }
        let place = span.map { " from \(Figure.seconds($0.start)) on" } ?? ""
        // The library's own words, but for the full stop that some end in.
        let words =
            faults.first.map { ": " + ($0.message.last == "." ? String($0.message.dropLast()) : $0.message) } ?? ""
        return refused(
            "\(count) fault\(count == 1 ? "" : "s") while decoding\(stream.map { " stream \($0)" } ?? "")\(place)\(words)",
            measured: JSON(count), allowed: ["max": 0], unit: "faults", stream: stream, span: span)
    }
}

/// What the rules of this folder say alike.
enum Decoding {
    static let nothing = "the frames were not decoded"

    /// That the decoder was lost over the file, whatever the profile.
    static func lost(_ page: RulePage, _ failure: InspectionFailure) -> Judgement {
        .found([
            Finding(
                rule: page.id, severity: .reject,
                message: "Measuring its \(failure.depth.rawValue) failed: \(failure.message)",
                measured: .string(failure.kind.rawValue), allowed: ["equal": "measured"], fix: page.fix)
        ])
    }
}
