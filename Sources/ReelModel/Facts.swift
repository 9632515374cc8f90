/// What a file *is*, as measured at some depth. Facts never judge.
public struct Facts: Sendable, Hashable, Codable {
    /// The deepest measurement that these facts come from.
    public var depth: Depth
    /// The file's length.
    public var bytes: Int64
    /// The last extension of the file's name, lower case, without its dot; empty where there is none.
    public var fileExtension: String
    /// What the content says the file is.
    public var type: Known<FileType>
    /// Seconds, of the longest stream as presented.
    public var duration: Known<Double> = .unknown(Facts.notRead)
    /// Bits per second, of the whole file.
    public var bitRate: Known<Int64> = .unknown(Facts.notRead)
    /// ISO BMFF: whether the index (`moov`) stands before the first media data.
    public var fastStart: Known<Bool> = .unknown(Facts.notISOBMFF)
    /// ISO BMFF: whether media is in movie fragments.
    public var fragmented: Known<Bool> = .unknown(Facts.notISOBMFF)
    /// ISO BMFF: what the edit lists do.
    public var editLists: Known<EditLists> = .unknown(Facts.notISOBMFF)
    /// Whether any stream is encrypted.
    public var encrypted: Known<Bool> = .unknown(Facts.notRead)
    /// Bytes that the file's own structure promises and that are not there; 0 for a whole file.
    public var missingBytes: Known<Int64> = .unknown(Facts.notRead)
    public var video: Known<[VideoFacts]> = .unknown(Facts.notRead)
    public var audio: Known<[AudioFacts]> = .unknown(Facts.notRead)
    /// Where the file's structure contradicts itself or the file, the first `StructureFault.limit` of such places.
    /// Known where the structure was followed to its end.
    public var structureFaults: Known<[StructureFault]> = .unknown(Facts.notRead)
    /// Other types that these bytes also are, to a reader that looks elsewhere: an image with an archive behind it.
    public var otherTypes: Known<[FileType]> = .unknown(Facts.notRead)
    /// What the file says of its own making, the first `Facts.metadataLimit` entries in the order of the file.
    public var metadata: Known<[MetadataEntry]> = .unknown(Facts.notRead)
    /// Subtitles, time codes, data.
    public var others: Known<[OtherStreamFacts]> = .unknown(Facts.notRead)
    /// Present where the type is a still or animated image.
    public var image: ImageFacts?
    /// One a stream, from depth `packets` on.
    public var packets: [PacketFacts]?
    /// Present from depth `frames` on.
    public var measured: Measured?
    /// Why there is no deeper measurement than this, where one was begun.
    public var inspectionFailure: InspectionFailure?

    public static let metadataLimit = 100

    public static let notRead = "not read from this type of file"
    public static let notISOBMFF = "only ISO BMFF files have it"
    public static let noDecoderAsked = "no decoder was asked for it"
    public static let notInHeader = "the header does not hold it"

    public init(depth: Depth, bytes: Int64, fileExtension: String, type: Known<FileType>) {
        self.depth = depth
        self.bytes = bytes
        self.fileExtension = fileExtension
        self.type = type
    }

    /// The first video stream that is not an attached picture.
    public var mainVideo: VideoFacts? { video.value?.first { !$0.attachedPicture } }
    public var mainAudio: AudioFacts? { audio.value?.first }

    /// The size as shown, of the picture or of the film; `nil` where there is neither.
    public var displaySize: Known<Size>? { image?.displaySize ?? mainVideo?.displaySize }

    /// What the packets of that stream showed.
    public func packets(of stream: Int) -> PacketFacts? { packets?.first { $0.index == stream } }
}

/// What the edit lists of an ISO BMFF file do (ISO/IEC 14496-12, 8.6.6).
public enum EditLists: String, Sendable, Hashable, Codable {
    case none
    /// Only the customary shift: one edit a track at normal rate that skips encoder delay or composition offset.
    case trivial
    /// Media is skipped, repeated, delayed or played at another rate.
    case significant
}

public struct OtherStreamFacts: Sendable, Hashable, Codable {
    /// The stream's place in the file, from 0.
    public var index: Int
    /// `subtitle`, `data`, `timecode`, `attachment` …
    public var kind: String
    public var codec: Known<String>

    public init(index: Int, kind: String, codec: Known<String>) {
        self.index = index
        self.kind = kind
        self.codec = codec
    }
}
