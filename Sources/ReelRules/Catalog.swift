public import ReelModel

/// The one list of rules, in order of their ids.
public enum Catalog {
    public static let all: [any Rule.Type] = [
        AnimatedStill.self,
        AnimationTooLong.self,
        AspectOutOfRange.self,
        AspectUnusual.self,
        AudioAbsent.self,
        AudioBitRate.self,
        AudioChannels.self,
        AudioCodec.self,
        AudioEndsEarly.self,
        AudioMissing.self,
        AudioSampleRate.self,
        AudioStreamsSeveral.self,
        AudioUnwanted.self,
        Banding.self,
        BarsAround.self,
        BitRateTooHigh.self,
        BitRateTooLow.self,
        BitRateUnusual.self,
        BlackInside.self,
        Blockiness.self,
        Blur.self,
        BrokenFraming.self,
        ChannelDead.self,
        ChecksumWrong.self,
        ChromaNotAccepted.self,
        Clipping.self,
        CodedAnewThere.self,
        ColorContradictory.self,
        ColorModelUnusual.self,
        ColorUntagged.self,
        ColorUnusual.self,
        Combed.self,
        DangerousFlashing.self,
        DcOffset.self,
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
        EditListPresent.self,
        EditsSignificant.self,
        EmptyEdge.self,
        EmptyFile.self,
        Encrypted.self,
        ExtensionMismatch.self,
        FileTooLarge.self,
        FileTooSmall.self,
        Flicker.self,
        FragmentedMedia.self,
        FrameRateMismatch.self,
        FrameRateTooHigh.self,
        FrameRateTooLow.self,
        FrameRateUnusual.self,
        FrameRateVariable.self,
        FrameRateVaries.self,
        FrameTooLarge.self,
        FrameTooSmall.self,
        FramesShort.self,
        FrozenInside.self,
        FurtherPictures.self,
        GarbageFrames.self,
        GeneratedUnmarked.self,
        HighDynamicRange.self,
        ImageColor.self,
        IndexDamaged.self,
        IndexLast.self,
        Interlaced.self,
        KeyFramesUnusual.self,
        LengthsApart.self,
        LetteringCovered.self,
        LevelExceeded.self,
        LevelSteps.self,
        LevelsOutOfRange.self,
        LoudnessOff.self,
        MetadataLeft.self,
        MissingParameterSets.self,
        MonoInStereo.self,
        MultiPicture.self,
        NoKeyFrameFirst.self,
        NoMediaStream.self,
        OpenGop.self,
        OpenGroups.self,
        PartsBroken.self,
        PersonDisclosed.self,
        PhaseInverted.self,
        PictureLate.self,
        PictureMissing.self,
        PixelAspectNotAccepted.self,
        PixelFormatRare.self,
        PixelsNotSquare.self,
        PlaceDisclosed.self,
        PostCount.self,
        PostTooLarge.self,
        PostUneven.self,
        ProfileExceeded.self,
        RateOfRepeats.self,
        RepeatedPictures.self,
        SamplesOutsideFile.self,
        ScanNotAccepted.self,
        SeveralTypes.self,
        SilenceInside.self,
        SingleColorInside.self,
        SizeImpossible.self,
        SizeMismatch.self,
        SizeUnusual.self,
        SmootherType.self,
        SoundDrift.self,
        SoundLate.self,
        SoundMissing.self,
        SoundSilent.self,
        SoundStops.self,
        StrayBytes.self,
        StrayFrames.self,
        Stutter.self,
        TimestampGap.self,
        TimestampsNotMonotonic.self,
        TimingBroken.self,
        TitleUnseen.self,
        TrackUnheard.self,
        TruePeakHigh.self,
        Truncated.self,
        TypeNotAccepted.self,
        UndecodableCodec.self,
        VideoCodec.self,
        VideoCodecUnusual.self,
        VideoEndsEarly.self,
        VideoMissing.self,
        VideoNotFirst.self,
        WrongMedium.self,
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

    /// A choice of rules by their ids.
    ///
    /// - Throws: `Failure` of kind `usage` where there is no such rule, and where none is left: what nothing was asked of
    ///   would pass.
    public static func selection(only: [String]?, skipping: [String]) throws(Failure) -> RuleSelection {
        for id in (only ?? []) + skipping { _ = try page(id) }
        guard !Set(only ?? all.map { $0.page.id }).subtracting(skipping).isEmpty else {
            throw Failure(
                .usage, subject: "--only, --skip", problem: "no rule is left to ask",
                remedy: "Name at least one rule; `reelgate rules` lists those there are")
        }
        return RuleSelection(only: only.map(Set.init), skipped: Set(skipping))
    }

    /// What the rule of that page says of an example.
    public static func findings(_ page: RulePage, in example: Example) -> [Finding] {
        guard let rule = all.first(where: { $0.page.id == page.id }),
            case .found(let findings) = rule.judge(example.subject)
        else { return [] }
        return findings
    }
}
