internal import ReelModel

/// What a destination has against a file as it is, told by the rules themselves: what of it has to be copied anew,
/// coded anew, or cannot be mended here.
struct Objections {
    /// The least work that mends what a rule finds.
    enum Cure: Hashable {
        /// A new container.
        case copy
        case sound
        case picture
        /// None: what is missing cannot be added.
        case none
    }

    private(set) var cures: [Cure] = []
    /// What cannot be mended, in the rules' words.
    private(set) var hopeless: [String] = []

    /// Rules whose findings a copy can mend. Those about the type, the bytes and the length are the planner's own.
    private static let cures: [(Cure, [any Rule.Type])] = [
        (.copy, [EditListPresent.self, FragmentedMedia.self, VideoNotFirst.self, AudioStreamsSeveral.self]),
        (.sound, [AudioCodec.self, AudioSampleRate.self, AudioChannels.self, AudioBitRate.self]),
        (
            .picture,
            [
                VideoCodec.self, ChromaNotAccepted.self, ScanNotAccepted.self, PixelAspectNotAccepted.self,
                FrameRateTooHigh.self, FrameRateTooLow.self, FrameRateVariable.self, FrameTooLarge.self,
                BitRateTooHigh.self, OpenGop.self, MultiPicture.self, ImageColor.self,
            ]
        ),
        (
            .none,
            [
                FrameTooSmall.self, AspectOutOfRange.self, DurationTooShort.self, AnimationTooLong.self,
                FileTooSmall.self,
                BitRateTooLow.self,
            ]
        ),
    ]

    /// - Parameter ignoring: rules whose objection is met otherwise, by an order to crop or pad.
    init(to facts: Facts, by profile: Profile, ignoring: [any Rule.Type] = []) {
        let standard = Standard.profile(profile)
        let subject = Subject(facts, against: standard)
        for (cure, rules) in Self.cures {
            for rule in rules where rule.applies(to: standard) && !ignoring.contains(where: { $0 == rule }) {
                guard facts.depth >= rule.page.depth else { continue }
                switch rule.judge(subject) {
                case .notApplicable, .passed: break
                case .found(let findings):
                    let serious = findings.filter { $0.severity >= .risk }
                    if serious.isEmpty { break }
                    add(cure)
                    if cure == .none { hopeless += serious.map(\.message) }
                case .notEvaluated:
                    // What may be refused is made anew, so that it is known.
                    if rule.gravity(against: standard) == .reject, cure != .none { add(cure) }
                }
            }
        }
    }

    private mutating func add(_ cure: Cure) {
        if !cures.contains(cure) { cures.append(cure) }
    }
}
