/// One thing that is looked for in the frames of the main picture, or listened for in the main sound. Each has an analyzer of
/// its own, and costs time of its own.
public enum Analysis: String, Sendable, Hashable, Codable, CaseIterable {
    case bands
    case bars
    case black
    case blocks
    case blur
    case cadence
    /// Lettering, as far as it comes or goes while the picture goes on, or outlasts a cut.
    case captions
    case combing
    case edges
    case flashes
    case flicker
    case garbage
    /// Cuts, and frames of something else.
    case jumps
    /// What stands still while a title is ordered; costs nothing where none is.
    case lettering
    case levels
    case singleColor
    case still

    case channels
    case clipping
    case levelSteps
    case loudness
    case peaks
    case silence
    case stereo
}

extension Analysis {
    /// What a part of a film tells of itself, whatever the rest is. The others count, cover or compare the whole.
    public static let ofSamples: Set<Analysis> = [
        .black, .clipping, .edges, .flashes, .garbage, .jumps, .peaks, .singleColor,
    ]

    /// What only some destinations judge by; looked for where one of these is meant.
    public static let ofDestinations: Set<Analysis> = [.captions]
}

/// How much of a file is measured.
public struct Scope: Sendable, Hashable, Codable {
    public var depth: Depth
    /// What is looked for, at `frames` depth. Every frame is decoded whatever is asked.
    public var analyses: Set<Analysis>
    /// Whether, at `frames` depth, a film that is long enough is decoded in parts only.
    public var isSample: Bool
    /// Spans in which a title is ordered: `Analysis.lettering` looks at these. Seconds from the start of the presentation.
    public var titles: [TimeRange]

    /// - Parameter analyses: everything, unless it is said.
    public init(
        depth: Depth, analyses: Set<Analysis> = Set(Analysis.allCases), isSample: Bool = false, titles: [TimeRange] = []
    ) {
        self.depth = depth
        self.analyses = analyses
        self.isSample = isSample
        self.titles = titles
    }

    /// What is not looked for.
    public var leftOut: Set<Analysis> { Set(Analysis.allCases).subtracting(analyses) }
}
