internal import ReelMedia
internal import ReelModel

/// The seam in a film of H.264. The pictures coded for it have parameter sets of their own, under a number that the film
/// does not use.
struct AVCSeam: SeamCoding {
    private var record: AVCConfiguration
    private let number: Int

    /// `nil` where the film's pictures are not kept as MP4 keeps them, or every number is taken.
    init?(_ bytes: [UInt8]) {
        guard let record = AVCConfiguration(bytes), record.lengthSize == 4, let number = record.freeNumber else {
            return nil
        }
        self.record = record
        self.number = number
    }

    var configuration: [UInt8] { record.bytes }
    var obstacle: String? { nil }
    var isSteered: Bool { true }
    var factors: ClosedRange<Double> { VideoTarget.transparent...26 }

    /// A picture with a slice of type 5 empties the decoder (ITU-T H.264, 7.4.1).
    mutating func look(_ bytes: UnsafeRawBufferPointer) -> SeamRole {
        SeamRole(isEntry: PrefixedUnits(bytes).contains { $0[0] & 31 == 5 })
    }

    func entered(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? { nil }

    func encoding(_ stream: StreamInfo, _ size: Size, _ format: PixelFormat, factor: Double, delay: Int)
        -> VideoEncoding
    {
        VideoEncoding(
            codec: "libx264", size: size, pixelFormat: format, timeBase: stream.timeBase,
            frameRate: stream.averageFrameRate, sampleAspectRatio: stream.sampleAspectRatio,
            options: [
                "preset": "medium", "profile": "high", "crf": "\(factor)", "rc-lookahead": "20",
                "x264-params": "stitchable=1:sps-id=\(number)",
            ],
            color: ColorTags(told: stream))
    }

    func stored(_ bytes: UnsafeRawBufferPointer, isKey: Bool) -> [UInt8]? { AccessUnit.prefixed(bytes) }

    mutating func add(_ sets: [UInt8]) -> Bool {
        record.add(AccessUnit.units(in: sets))
        return true
    }
}

extension ColorTags {
    /// As the stream tells them.
    init(told stream: StreamInfo) {
        self.init(
            primaries: stream.colorPrimaries, transfer: stream.colorTransfer, matrix: stream.colorMatrix,
            range: stream.colorRange)
    }
}
