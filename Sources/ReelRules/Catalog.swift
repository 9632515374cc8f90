public import ReelModel

/// The one list of rules, in order of their ids.
public enum Catalog {
    public static let all: [any Rule.Type] = [
        AnimatedStill.self,
        AudioCodec.self,
        AudioEndsEarly.self,
        AudioMissing.self,
        BlackInside.self,
        BrokenFraming.self,
        ChecksumWrong.self,
        ColorModelUnusual.self,
        DecodeError.self,
        DecoderCrashed.self,
        DecoderOutOfMemory.self,
        DecoderTimeout.self,
        DeepColor.self,
        DimensionsAbsurd.self,
        DimensionsZero.self,
        DurationImplausible.self,
        DurationMismatch.self,
        DurationTooLong.self,
        DurationTooShort.self,
        DurationUnknown.self,
        EmptyFile.self,
        Encrypted.self,
        ExtensionMismatch.self,
        FileTooLarge.self,
        FrameTooLarge.self,
        FramesShort.self,
        FurtherPictures.self,
        HighDynamicRange.self,
        IndexDamaged.self,
        IndexLast.self,
        LengthsApart.self,
        MissingParameterSets.self,
        NoKeyFrameFirst.self,
        NoMediaStream.self,
        PartsBroken.self,
        PersonDisclosed.self,
        PictureMissing.self,
        PlaceDisclosed.self,
        SamplesOutsideFile.self,
        SeveralTypes.self,
        SizeImpossible.self,
        SizeMismatch.self,
        SmootherType.self,
        SoundMissing.self,
        StrayBytes.self,
        TimestampGap.self,
        TimestampsNotMonotonic.self,
        TimingBroken.self,
        Truncated.self,
        TypeNotAccepted.self,
        UndecodableCodec.self,
        VideoCodec.self,
        VideoEndsEarly.self,
        VideoMissing.self,
        ZeroedRange.self,
    ]

    /// The pages of all rules, in order of their ids.
    public static var pages: [RulePage] { all.map { $0.page } }

    /// The page of that rule.
    ///
    /// - Throws: `Failure` of kind `usage` where there is no such rule.
    public static func page(_ id: String) throws(Failure) -> RulePage {
        for rule in all where rule.page.id == id { return rule.page }
        let meant = NearestName.of(id, among: all.map { $0.page.id }).map { "Did you mean \($0)? " } ?? ""
        throw Failure(
            .usage, subject: id, problem: "there is no rule of that name",
            remedy: "\(meant)`reelgate rules` lists those there are")
    }

    /// What the rule of that page says of an example.
    public static func findings(_ page: RulePage, in example: Example) -> [Finding] {
        guard let rule = all.first(where: { $0.page.id == page.id }),
            case .found(let findings) = rule.judge(example.subject)
        else { return [] }
        return findings
    }
}
