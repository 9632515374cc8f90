internal import ReelModel

extension Analysis {
    /// Where what it finds stands in the JSON, below `measured`.
    var paths: [String] {
        switch self {
        case .bands: ["picture.bands", "picture.tooSmall.bands"]
        case .bars: ["picture.bars"]
        case .black: ["black"]
        case .blocks: ["picture.blocks", "picture.tooSmall.blocks"]
        case .blur: ["picture.blur", "picture.tooSmall.blur"]
        case .cadence: ["picture.cadence"]
        case .captions: ["picture.captions"]
        case .combing: ["picture.combing", "picture.tooSmall.combing"]
        case .edges: ["picture.emptyStart", "picture.emptyEnd"]
        case .flashes: ["picture.flashes"]
        case .flicker: ["picture.flicker"]
        case .garbage: ["picture.garbage"]
        case .jumps: ["picture.cuts", "picture.cutCount", "picture.strays"]
        case .lettering: ["picture.lettering"]
        case .levels: ["picture.levels"]
        case .singleColor: ["picture.singleColor"]
        case .still: ["picture.still", "picture.stillShare"]
        case .channels: ["sound.level", "sound.channels"]
        case .clipping: ["sound.clipped", "sound.clippedCount"]
        case .levelSteps: ["sound.steps", "sound.stepCount"]
        case .loudness:
            ["loudness.integrated", "loudness.range", "loudness.momentaryMax", "loudness.shortTermMax"]
        case .peaks: ["loudness.truePeak", "loudness.truePeakTime", "loudness.samplePeak"]
        case .silence: ["silence", "sound.silences"]
        case .stereo: ["sound.stereo"]
        }
    }
}

/// What was left out of a measurement is `null` in its JSON, and `unknown` says why.
struct LeftOutJSON {
    private let paths: Set<String>
    /// Of those, what cannot be told of a sample.
    private let ofWhole: Set<String>
    /// Where each reason stands.
    private var reasons: [JSON.Member] = []

    private init(_ leftOut: Set<Analysis>, isSample: Bool) {
        paths = Set(leftOut.flatMap(\.paths))
        ofWhole = isSample ? Set(leftOut.subtracting(Analysis.ofSamples).flatMap(\.paths)) : []
    }

    /// The JSON of what was measured, without what was not; and of the reasons for what is unknown, those that stay, with
    /// those of what was left out.
    static func applied(
        _ leftOut: Set<Analysis>, isSample: Bool, to measured: JSON, _ unknown: [JSON.Member]
    ) -> (JSON, [JSON.Member]) {
        guard !leftOut.isEmpty else { return (measured, unknown) }
        var writer = LeftOutJSON(leftOut, isSample: isSample)
        let left = writer.emptied(measured, "", at: "measured")
        let gone = writer.reasons.map(\.key)
        let stays = unknown.filter { entry in
            !gone.contains { entry.key == $0 || entry.key.hasPrefix($0 + ".") || entry.key.hasPrefix($0 + "[") }
        }
        return (left, stays + writer.reasons)
    }

    private func why(_ path: String) -> String {
        ofWhole.contains(path) ? "it cannot be told of a sample" : "it was not asked for"
    }

    /// - Parameters:
    ///   - path: below `measured`, or below one of its other sounds.
    ///   - place: the same, in full.
    private mutating func emptied(_ value: JSON, _ path: String, at place: String) -> JSON {
        guard let members = value.members else { return value }
        var left: [JSON.Member] = []
        for member in members {
            let (path, place) = (path.isEmpty ? member.key : "\(path).\(member.key)", "\(place).\(member.key)")
            if paths.contains(path) {
                reasons.append(.init(place, .string(why(path))))
                left.append(.init(member.key, .null))
            } else if path == "otherSounds", case .array(let sounds) = member.value {
                var others: [JSON] = []
                for (number, sound) in sounds.enumerated() {
                    others.append(emptied(sound, "", at: "\(place)[\(number)]"))
                }
                left.append(.init(member.key, .array(others)))
            } else {
                left.append(.init(member.key, emptied(member.value, path, at: place)))
            }
        }
        return .object(left)
    }
}
