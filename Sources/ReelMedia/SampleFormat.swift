internal import CFFmpeg

/// How samples of sound lie in memory, by the library's names; a `p` at the end: each channel in its own plane.
public struct SampleFormat: Sendable, Hashable {
    let raw: AVSampleFormat

    init?(_ raw: AVSampleFormat) {
        guard raw != AV_SAMPLE_FMT_NONE, av_get_sample_fmt_name(raw) != nil else { return nil }
        self.raw = raw
    }

    /// The format of that name.
    public init?(named name: String) { self.init(av_get_sample_fmt(name)) }

    private init(known raw: AVSampleFormat) { self.raw = raw }

    public static let u8 = SampleFormat(known: AV_SAMPLE_FMT_U8)
    public static let s16 = SampleFormat(known: AV_SAMPLE_FMT_S16)
    public static let s32 = SampleFormat(known: AV_SAMPLE_FMT_S32)
    public static let flt = SampleFormat(known: AV_SAMPLE_FMT_FLT)
    public static let dbl = SampleFormat(known: AV_SAMPLE_FMT_DBL)
    public static let s64 = SampleFormat(known: AV_SAMPLE_FMT_S64)
    /// 32-bit floats, each channel in its own plane: what the AAC encoder takes.
    public static let fltp = SampleFormat(known: AV_SAMPLE_FMT_FLTP)

    public var name: String { av_get_sample_fmt_name(raw).map { String(cString: $0) } ?? "" }
    public var bytesPerSample: Int { Int(av_get_bytes_per_sample(raw)) }
    public var isPlanar: Bool { av_sample_fmt_is_planar(raw) != 0 }
    /// The same samples with the channels interleaved.
    public var interleaved: SampleFormat { SampleFormat(known: av_get_packed_sample_fmt(raw)) }

    public static func == (a: SampleFormat, b: SampleFormat) -> Bool { a.raw.rawValue == b.raw.rawValue }
    public func hash(into hasher: inout Hasher) { hasher.combine(raw.rawValue) }
}

extension SampleFormat: CustomStringConvertible {
    public var description: String { name }
}
