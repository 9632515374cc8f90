internal import CFFmpeg
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What the libraries' callbacks find behind the `opaque` of each context that we make: where its log goes and, of a
/// container, the one file that it may open. Contexts that a library makes for itself have no owner.
final class ContextOwner {
    let log = MediaLog()
    /// The output that a muxer may open a second time, for reading; of everything else `nil`.
    let reopenable: DescriptorIO?

    init(reopenable: DescriptorIO? = nil) { self.reopenable = reopenable }

    /// For a context's `opaque`. The owner has to outlive the context.
    var opaque: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    /// Who owns a context that logs, and the time of the packet that it is about.
    static func of(_ context: UnsafeMutableRawPointer) -> (ContextOwner, Int64?)? {
        guard let name = context.load(as: UnsafePointer<AVClass>?.self)?.pointee.class_name else { return nil }
        if strcmp(name, "AVCodecContext") == 0 {
            // Each decoding thread has its own copy of the context, with our `opaque` and with the number that was
            // set when its packet was sent: `Decoder` sets the packet's time.
            let codec = context.assumingMemoryBound(to: AVCodecContext.self)
            return at(codec.pointee.opaque).map { ($0, timeStamp(codec.pointee.reordered_opaque)) }
        }
        if strcmp(name, "AVFormatContext") == 0 {
            return at(context.assumingMemoryBound(to: AVFormatContext.self).pointee.opaque).map { ($0, nil) }
        }
        if strcmp(name, "AVFilter") == 0 {
            let graph = context.assumingMemoryBound(to: AVFilterContext.self).pointee.graph
            return at(graph?.pointee.opaque).map { ($0, nil) }
        }
        if strcmp(name, "AVFilterGraph") == 0 {
            return at(context.assumingMemoryBound(to: AVFilterGraph.self).pointee.opaque).map { ($0, nil) }
        }
        return nil
    }

    private static func at(_ opaque: UnsafeMutableRawPointer?) -> ContextOwner? {
        opaque.map { Unmanaged<ContextOwner>.fromOpaque($0).takeUnretainedValue() }
    }
}

/// The thread that runs this, as a number.
func currentThread() -> UInt64 {
    #if canImport(Glibc)
        UInt64(pthread_self())
    #else
        UInt64(UInt(bitPattern: pthread_self()))
    #endif
}

/// A time stamp of the libraries, which have a number for "none".
func timeStamp(_ stamp: Int64) -> Int64? { stamp == reel_nopts ? nil : stamp }

extension ContextOwner {
    /// Makes a container open nothing but what its owner allows: no protocol and no second file can be reached through
    /// playlists, references or sequences, whatever a file says.
    func confine(_ context: UnsafeMutablePointer<AVFormatContext>) {
        context.pointee.opaque = opaque
        context.pointee.io_open = { context, io, url, flags, _ in
            guard let context, let io, let url, let owner = ContextOwner.at(context.pointee.opaque),
                let output = owner.reopenable, flags == AVIO_FLAG_READ, let own = context.pointee.url,
                strcmp(url, own) == 0, let second = output.readingAgain()
            else { return -EACCES }
            io.pointee = second.context
            _ = Unmanaged.passRetained(second)
            return 0
        }
        context.pointee.io_close2 = { _, io in
            guard let opaque = io?.pointee.opaque else { return 0 }
            Unmanaged<DescriptorIO>.fromOpaque(opaque).release()
            return 0
        }
    }
}
