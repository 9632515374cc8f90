internal import CFFmpeg
public import ReelModel

/// What a container is told of a coded stream, kept after its encoder is closed.
public final class CodedStream {
    let parameters: UnsafeMutablePointer<AVCodecParameters>
    /// Of its packets.
    public let timeBase: Rational
    fileprivate let frameRate: AVRational
    fileprivate let sampleAspectRatio: AVRational

    public init(_ encoder: borrowing Encoder) throws(Failure) {
        guard let parameters = avcodec_parameters_alloc() else { throw Failure.noMemory("a coded stream") }
        guard avcodec_parameters_from_context(parameters, encoder.raw) >= 0 else {
            var freed: UnsafeMutablePointer<AVCodecParameters>? = parameters
            avcodec_parameters_free(&freed)
            throw Failure.noMemory("a coded stream")
        }
        self.parameters = parameters
        timeBase = encoder.timeBase
        frameRate = encoder.raw.pointee.framerate
        sampleAspectRatio = encoder.raw.pointee.sample_aspect_ratio
    }

    deinit {
        var freed: UnsafeMutablePointer<AVCodecParameters>? = parameters
        avcodec_parameters_free(&freed)
    }

    /// The bytes that a decoder is set up with.
    public var configuration: [UInt8] {
        guard let bytes = parameters.pointee.extradata, parameters.pointee.extradata_size > 0 else { return [] }
        return [UInt8](UnsafeBufferPointer(start: bytes, count: Int(parameters.pointee.extradata_size)))
    }

    func describe(_ stream: UnsafeMutablePointer<AVStream>) -> CInt {
        stream.pointee.time_base = timeBase.ffmpeg
        stream.pointee.avg_frame_rate = frameRate
        stream.pointee.sample_aspect_ratio = sampleAspectRatio
        return avcodec_parameters_copy(stream.pointee.codecpar, parameters)
    }
}
