// The kinds of limits, each a line here and a word in the list at the end.

extension LimitKey where Value == Int64 {
    public static let maxBytes = Self(
        "max_bytes", unit: "bytes", "bytes of the file, or of the request where `envelope_bytes` is given, at most")
    public static let minBytes = Self("min_bytes", unit: "bytes", "bytes of the file, at least")
    public static let maxPNGBytes = Self("max_png_bytes", unit: "bytes", "bytes of a PNG, at most")
    public static let maxAnimatedBytes = Self(
        "max_animated_bytes", unit: "bytes", "bytes of an animated picture, at most")
    public static let maxVoiceBytes = Self(
        "max_voice_bytes", unit: "bytes", "bytes of sound that is still shown as a voice message, at most")
    public static let maxVideoBitRate = Self(
        "max_video_bit_rate", unit: "bits a second", "bit rate of the picture, at most")
    public static let minVideoBitRate = Self(
        "min_video_bit_rate", unit: "bits a second", "bit rate of the picture, at least")
    public static let deliveredVideoBitRate = Self(
        "delivered_video_bit_rate", unit: "bits a second", "bit rate above which the picture is coded anew")
    public static let preferredAudioBitRate = Self(
        "preferred_audio_bit_rate", unit: "bits a second", "bit rate of the sound that is wanted")
    public static let minAudioBitRate = Self(
        "min_audio_bit_rate", unit: "bits a second", "bit rate of the sound, at least")
    public static let preferredMonoBitRate = Self(
        "preferred_mono_bit_rate", unit: "bits a second", "bit rate that is advised for mono sound")
    public static let preferredStereoBitRate = Self(
        "preferred_stereo_bit_rate", unit: "bits a second", "bit rate that is advised for stereo sound")
    public static let preferredSurroundBitRate = Self(
        "preferred_surround_bit_rate", unit: "bits a second", "bit rate that is advised for 5.1 sound")
    public static let maxPixels = Self("max_pixels", unit: "pixels", "pixels of a picture, at most")
    public static let fewerPixels = Self("fewer_pixels", unit: "pixels", "pixels of a picture, less than")
    public static let maxTotalPixels = Self(
        "max_total_pixels", unit: "pixels", "pixels of an animation, all its pictures together, at most")
    public static let maxRequestBytes = Self(
        "max_request_bytes", unit: "bytes", scope: .post, "bytes of all files of a post together, at most")
    public static let minChunkBytes = Self(
        "min_chunk_bytes", unit: "bytes", scope: .procedure, "bytes of a piece of an upload, at least")
    public static let maxChunkBytes = Self(
        "max_chunk_bytes", unit: "bytes", scope: .procedure, "bytes of a piece of an upload, at most")
    public static let maxCaptionBytes = Self(
        "max_caption_bytes", unit: "bytes", scope: .procedure, "bytes of a file of subtitles, at most")
    public static let weeklyBytes = Self(
        "weekly_bytes", unit: "bytes", scope: .procedure, "bytes that an account may upload in a week")
}

extension LimitKey where Value == Int {
    public static let maxLongSide = Self("max_long_side", unit: "pixels", "longer displayed side, at most")
    public static let maxShortSide = Self("max_short_side", unit: "pixels", "shorter displayed side, at most")
    public static let minShortSide = Self("min_short_side", unit: "pixels", "shorter displayed side, at least")
    public static let maxWidth = Self("max_width", unit: "pixels", "displayed width, at most")
    public static let maxHeight = Self("max_height", unit: "pixels", "displayed height, at most")
    public static let minWidth = Self("min_width", unit: "pixels", "displayed width, at least")
    public static let minHeight = Self("min_height", unit: "pixels", "displayed height, at least")
    public static let maxSideSum = Self("max_side_sum", unit: "pixels", "displayed width and height together, at most")
    public static let maxAudioSampleRate = Self(
        "max_audio_sample_rate", unit: "hertz", "sample rate of the sound, at most")
    public static let preferredAudioSampleRate = Self(
        "preferred_audio_sample_rate", unit: "hertz", "sample rate of the sound that is wanted")
    public static let maxAudioChannels = Self("max_audio_channels", unit: "channels", "channels of the sound, at most")
    public static let maxAudioStreams = Self("max_audio_streams", unit: "streams", "streams of sound, at most")
    public static let bitDepth = Self("bit_depth", unit: "bits", "bits a sample, at most")
    public static let hdrMinBitDepth = Self(
        "hdr_min_bit_depth", unit: "bits", "bits a sample of a picture in HDR, at least")
    public static let maxFrames = Self("max_frames", unit: "pictures", "pictures of an animation, at most")
    public static let maxKeptFrames = Self("max_kept_frames", unit: "pictures", "pictures of a film that are kept")
    public static let maxBFrames = Self("max_b_frames", unit: "pictures", "B pictures in a row, at most")
    public static let maxItems = Self("max_items", unit: "files", scope: .post, "files of one post, at most")
    public static let minItems = Self("min_items", unit: "files", scope: .post, "files of one post, at least")
}

extension LimitKey where Value == Double {
    public static let maxDuration = Self("max_duration", unit: "seconds", "length, at most")
    public static let minDuration = Self("min_duration", unit: "seconds", "length, at least")
    public static let minFPS = Self("min_fps", unit: "frames a second", "frame rate, at least")
    public static let maxFPS = Self("max_fps", unit: "frames a second", "frame rate, at most")
    public static let maxWholeFPS = Self(
        "max_whole_fps", unit: "frames a second", "frame rate without its fraction, at most")
    public static let deliveredFPS = Self(
        "delivered_fps", unit: "frames a second", "frame rate above which frames are left out")
    public static let minGOP = Self("min_gop", unit: "seconds", "time from a key frame to the next, at least")
    public static let maxGOP = Self("max_gop", unit: "seconds", "time from a key frame to the next, at most")
    public static let aspectMin = Self("aspect_min", "displayed width over height, at least")
    public static let aspectMax = Self("aspect_max", "displayed width over height, at most")
}

extension LimitKey where Value == Bool {
    public static let indexFirst = Self("index_first", "whether the index has to come before the media")
    public static let noEditLists = Self("no_edit_lists", "whether there must be no edit lists")
    public static let noFragments = Self("no_fragments", "whether the media must not be in movie fragments")
    public static let videoRequired = Self("video_required", "whether there has to be a picture stream")
    public static let videoFirst = Self("video_first", "whether the picture has to be the first stream")
    public static let audioExpected = Self("audio_expected", "whether there should be sound")
    public static let closedGOP = Self("closed_gop", "whether each group of pictures has to be decodable by itself")
    public static let constantFrameRate = Self("constant_frame_rate", "whether every frame has to last equally long")
    public static let singlePicture = Self("single_picture", "whether there must be no further pictures in the file")
    public static let sameAspect = Self(
        "same_aspect", scope: .post, "whether all pictures of a post have to be of one shape")
    public static let sameSize = Self(
        "same_size", scope: .post, "whether all pictures of a post have to be of one size")
    public static let coverRequired = Self(
        "cover_required", scope: .procedure, "whether a cover picture has to be sent along")
    public static let guidelinesBinding = Self(
        "guidelines_binding", scope: .procedure, "whether the guidelines for compression have to be followed")
}

extension LimitKey where Value == String {
    public static let videoProfile = Self("video_profile", "profile of the video codec that is wanted")
    public static let scan = Self("scan", "how the lines of a picture follow: progressive")
    public static let chroma = Self("chroma", "how colour is sampled: 4:2:0")
    public static let pixelAspect = Self("pixel_aspect", "width of a pixel over its height: 1:1")
    public static let entropyCoding = Self("entropy_coding", "how H.264 codes its symbols: cabac")
    public static let colorPrimaries = Self("color_primaries", "primaries of a picture that is not HDR")
    public static let colorSpace = Self("color_space", "colour space of a still picture")
    public static let supportedAspect = Self(
        "supported_aspect", scope: .procedure, "shapes that are taken, where no figure is published")
    public static let account = Self("account", scope: .procedure, "what account it takes")
}

extension LimitKey where Value == [String] {
    public static let types = Self("types", "types of file that are taken")
    public static let extensions = Self(
        "extensions", "endings of the name that are taken; where absent, those of the types")
    public static let preferredTypes = Self("preferred_types", "types of file that go most smoothly")
    public static let videoCodecs = Self("video_codecs", "codecs of the picture that are taken")
    public static let preferredVideoCodecs = Self("preferred_video_codecs", "codecs of the picture that are wanted")
    public static let audioCodecs = Self(
        "audio_codecs", "codecs of the sound that are taken; `none` where there may be no sound")
    public static let colorModels = Self("color_models", "colour models of a still picture that are taken")
    public static let preferredSizes = Self("preferred_sizes", unit: "pixels", "displayed sizes that are wanted")
    public static let recordedTypes = Self(
        "recorded_types", scope: .procedure, "types of the file that is kept in the end")
}

extension LimitKey where Value == LimitNumbers {
    public static let aspectRecommended = Self("aspect_recommended", "displayed width over height that is wanted")
    public static let preferredFPS = Self("preferred_fps", unit: "frames a second", "frame rates that are wanted")
    public static let preferredAudioChannels = Self(
        "preferred_audio_channels", unit: "channels", "numbers of channels that are wanted")
}

extension LimitKey where Value == LimitTable {
    public static let sdrBitRates = Self(
        "sdr_bit_rates", unit: "bits a second",
        "bit rates that are advised for each size of picture, up to 30 frames a second")
    public static let sdrHighRateBitRates = Self(
        "sdr_high_rate_bit_rates", unit: "bits a second", "the same above 30 frames a second")
    public static let hdrBitRates = Self(
        "hdr_bit_rates", unit: "bits a second",
        "bit rates that are advised in HDR for each size of picture, up to 30 frames a second")
    public static let hdrHighRateBitRates = Self(
        "hdr_high_rate_bit_rates", unit: "bits a second", "the same above 30 frames a second")
    public static let passthrough = Self("passthrough", "what a file has to be to be kept as it is")
}

extension LimitKind {
    /// The one list of kinds, in the order in which profiles are printed.
    public static let all: [LimitKind] = [
        LimitKey.types.kind,
        LimitKey.extensions.kind,
        LimitKey.preferredTypes.kind,
        LimitKey.recordedTypes.kind,
        LimitKey.maxBytes.kind,
        LimitKey.minBytes.kind,
        LimitKey.maxPNGBytes.kind,
        LimitKey.maxAnimatedBytes.kind,
        LimitKey.maxVoiceBytes.kind,
        LimitKey.indexFirst.kind,
        LimitKey.noEditLists.kind,
        LimitKey.noFragments.kind,
        LimitKey.minDuration.kind,
        LimitKey.maxDuration.kind,
        LimitKey.videoRequired.kind,
        LimitKey.videoFirst.kind,
        LimitKey.videoCodecs.kind,
        LimitKey.preferredVideoCodecs.kind,
        LimitKey.videoProfile.kind,
        LimitKey.scan.kind,
        LimitKey.chroma.kind,
        LimitKey.pixelAspect.kind,
        LimitKey.entropyCoding.kind,
        LimitKey.colorPrimaries.kind,
        LimitKey.hdrMinBitDepth.kind,
        LimitKey.closedGOP.kind,
        LimitKey.minGOP.kind,
        LimitKey.maxGOP.kind,
        LimitKey.maxBFrames.kind,
        LimitKey.minFPS.kind,
        LimitKey.maxFPS.kind,
        LimitKey.maxWholeFPS.kind,
        LimitKey.preferredFPS.kind,
        LimitKey.deliveredFPS.kind,
        LimitKey.constantFrameRate.kind,
        LimitKey.maxKeptFrames.kind,
        LimitKey.minVideoBitRate.kind,
        LimitKey.maxVideoBitRate.kind,
        LimitKey.deliveredVideoBitRate.kind,
        LimitKey.sdrBitRates.kind,
        LimitKey.sdrHighRateBitRates.kind,
        LimitKey.hdrBitRates.kind,
        LimitKey.hdrHighRateBitRates.kind,
        LimitKey.passthrough.kind,
        LimitKey.minWidth.kind,
        LimitKey.maxWidth.kind,
        LimitKey.minHeight.kind,
        LimitKey.maxHeight.kind,
        LimitKey.maxLongSide.kind,
        LimitKey.maxShortSide.kind,
        LimitKey.minShortSide.kind,
        LimitKey.maxSideSum.kind,
        LimitKey.maxPixels.kind,
        LimitKey.fewerPixels.kind,
        LimitKey.preferredSizes.kind,
        LimitKey.aspectMin.kind,
        LimitKey.aspectMax.kind,
        LimitKey.aspectRecommended.kind,
        LimitKey.supportedAspect.kind,
        LimitKey.audioExpected.kind,
        LimitKey.audioCodecs.kind,
        LimitKey.maxAudioStreams.kind,
        LimitKey.maxAudioSampleRate.kind,
        LimitKey.preferredAudioSampleRate.kind,
        LimitKey.maxAudioChannels.kind,
        LimitKey.preferredAudioChannels.kind,
        LimitKey.minAudioBitRate.kind,
        LimitKey.preferredAudioBitRate.kind,
        LimitKey.preferredMonoBitRate.kind,
        LimitKey.preferredStereoBitRate.kind,
        LimitKey.preferredSurroundBitRate.kind,
        LimitKey.singlePicture.kind,
        LimitKey.maxFrames.kind,
        LimitKey.maxTotalPixels.kind,
        LimitKey.bitDepth.kind,
        LimitKey.colorModels.kind,
        LimitKey.colorSpace.kind,
        LimitKey.minItems.kind,
        LimitKey.maxItems.kind,
        LimitKey.sameAspect.kind,
        LimitKey.sameSize.kind,
        LimitKey.maxRequestBytes.kind,
        LimitKey.minChunkBytes.kind,
        LimitKey.maxChunkBytes.kind,
        LimitKey.maxCaptionBytes.kind,
        LimitKey.weeklyBytes.kind,
        LimitKey.coverRequired.kind,
        LimitKey.guidelinesBinding.kind,
        LimitKey.account.kind,
    ]
}
