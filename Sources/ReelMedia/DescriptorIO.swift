internal import CFFmpeg
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The libraries' view of an open file that somebody else owns. It keeps its own offset (`pread`, `pwrite`), so several
/// can share a descriptor, and so can a later read of the same file.
final class DescriptorIO {
    /// What the libraries read in one piece: large enough that system calls do not count, small enough for many files.
    private static let bufferSize: CInt = 1 << 16

    let context: UnsafeMutablePointer<AVIOContext>
    private let descriptor: CInt
    private let cancellation: Cancellation?
    private var offset: Int64 = 0

    /// `nil` only where there is no memory. `descriptor` stays open, and the caller's.
    init?(_ descriptor: CInt, writing: Bool, cancellation: Cancellation?) {
        guard let buffer = av_malloc(Int(Self.bufferSize)) else { return nil }
        guard
            let context = avio_alloc_context(
                buffer.assumingMemoryBound(to: UInt8.self), Self.bufferSize, writing ? 1 : 0, nil,
                { DescriptorIO.at($0).read($1, $2) },
                { DescriptorIO.at($0).write($1, $2) },
                { DescriptorIO.at($0).seek($1, $2) })
        else {
            av_free(buffer)
            return nil
        }
        self.context = context
        self.descriptor = descriptor
        self.cancellation = cancellation
        context.pointee.opaque = Unmanaged.passUnretained(self).toOpaque()
    }

    deinit {
        av_freep(&context.pointee.buffer)
        var freed: UnsafeMutablePointer<AVIOContext>? = context
        avio_context_free(&freed)
    }

    /// Another view of the same file, for reading, from its start.
    func readingAgain() -> DescriptorIO? { DescriptorIO(descriptor, writing: false, cancellation: cancellation) }

    /// The file's length now; `nil` where it has none.
    var length: Int64? {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int64(status.st_size) : nil
    }

    private static func at(_ opaque: UnsafeMutableRawPointer?) -> DescriptorIO {
        // The libraries hand back what was set in `init`.
        Unmanaged<DescriptorIO>.fromOpaque(opaque.unsafelyUnwrapped).takeUnretainedValue()
    }

    private func read(_ bytes: UnsafeMutablePointer<UInt8>?, _ count: CInt) -> CInt {
        if cancellation?.isCancelled == true { return reel_averror_exit }
        var got: Int
        repeat { got = pread(descriptor, bytes, Int(count), off_t(offset)) } while got < 0 && errno == EINTR
        if got < 0 { return -errno }
        if got == 0 { return reel_averror_eof }
        offset += Int64(got)
        return CInt(got)
    }

    private func write(_ bytes: UnsafeMutablePointer<UInt8>?, _ count: CInt) -> CInt {
        if cancellation?.isCancelled == true { return reel_averror_exit }
        var done = 0
        while done < Int(count) {
            let put = pwrite(descriptor, bytes.map { $0 + done }, Int(count) - done, off_t(offset))
            if put < 0 {
                if errno == EINTR { continue }
                return -errno
            }
            done += put
            offset += Int64(put)
        }
        return count
    }

    private func seek(_ target: Int64, _ whence: CInt) -> Int64 {
        let origin: Int64
        switch whence & ~AVSEEK_FORCE {
        case AVSEEK_SIZE: return length ?? Int64(-ENOSYS)
        case SEEK_SET: origin = 0
        case SEEK_CUR: origin = offset
        case SEEK_END:
            guard let length else { return Int64(-ENOSYS) }
            origin = length
        default: return Int64(-EINVAL)
        }
        let (sum, overflow) = origin.addingReportingOverflow(target)
        guard !overflow, sum >= 0 else { return Int64(-EINVAL) }
        offset = sum
        return sum
    }
}
