public import ReelModel

/// The one list of rules, in order of their ids.
public enum Catalog {
    public static let all: [any Rule.Type] = [
        AudioCodec.self,
        AudioEndsEarly.self,
        AudioMissing.self,
        DecodeError.self,
        DecoderCrashed.self,
        DecoderOutOfMemory.self,
        DecoderTimeout.self,
        DimensionsZero.self,
        DurationMismatch.self,
        DurationTooLong.self,
        DurationTooShort.self,
        EmptyFile.self,
        Encrypted.self,
        ExtensionMismatch.self,
        FileTooLarge.self,
        FrameTooLarge.self,
        FramesShort.self,
        IndexLast.self,
        NoMediaStream.self,
        PictureMissing.self,
        SizeMismatch.self,
        SmootherType.self,
        SoundMissing.self,
        Truncated.self,
        TypeNotAccepted.self,
        VideoCodec.self,
        VideoEndsEarly.self,
        VideoMissing.self,
    ]

    /// The pages of all rules, in order of their ids.
    public static var pages: [RulePage] { all.map { $0.page } }

    /// The page of that rule.
    ///
    /// - Throws: `Failure` of kind `usage` where there is no such rule.
    public static func page(_ id: String) throws(Failure) -> RulePage {
        for rule in all where rule.page.id == id { return rule.page }
        throw Failure(
            .usage, subject: id, problem: "there is no rule of that name",
            remedy: "List the rules there are with `reelgate rules`")
    }
}
