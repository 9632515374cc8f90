#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
public import ReelFormats
public import ReelModel
public import ReelWorker

/// An open file as the header readers ask for it: positioned reads, with one window of the file kept so that a run of
/// small reads costs one call to the system.
public struct DescriptorSource: ByteSource {
    private let file: OpenFile
    public let length: Int64
    private var window: [UInt8] = []
    private var windowStart: Int64 = 0

    /// Bytes that are read at least at a time. The readers ask for as much or more where they go straight on, and what
    /// nobody asked for is read for nothing.
    private static let windowSize = 4 * 1024

    /// Throws where it is not a regular file.
    public init(_ file: OpenFile) throws(Failure) {
        var status = stat()
        guard fstat(file.descriptor, &status) == 0 else {
            throw Failure(
                .unreadable, subject: file.name, problem: "its length cannot be read",
                remedy: "Check that it is a file", cause: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Failure(
                .unreadable, subject: file.name, problem: "it is not a regular file",
                remedy: "Give a file, or a folder of files")
        }
        self.file = file
        length = Int64(status.st_size)
    }

    public mutating func read(at offset: Int64, count: Int) throws -> [UInt8] {
        guard offset >= 0, count > 0, offset < length else { return [] }
        let wanted = Int(min(Int64(count), length - offset))
        let windowEnd = windowStart + Int64(window.count)
        if offset >= windowStart, offset + Int64(wanted) <= windowEnd {
            let start = Int(offset - windowStart)
            return Array(window[start..<start + wanted])
        }
        let fetched = try fetch(at: offset, count: max(wanted, Int(min(Int64(Self.windowSize), length - offset))))
        if wanted < Self.windowSize {
            window = fetched
            windowStart = offset
        }
        return Array(fetched.prefix(wanted))
    }

    private func fetch(at offset: Int64, count: Int) throws(Failure) -> [UInt8] {
        var failed: CInt = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            guard let start = buffer.baseAddress else { return }
            while filled < count {
                let n = pread(
                    file.descriptor, start + filled, count - filled, off_t(offset) + off_t(filled))
                if n < 0, errno == EINTR { continue }
                if n < 0 { failed = errno }
                if n <= 0 { break }
                filled += n
            }
        }
        guard failed == 0 else {
            throw Failure(
                .unreadable, subject: file.name, problem: "it cannot be read at byte \(offset)",
                remedy: "Check the disk that it lies on", cause: String(cString: strerror(failed)))
        }
        return bytes
    }
}
