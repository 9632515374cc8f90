internal import ReelFormats
internal import ReelModel
internal import ReelWorker
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Length, size and rate of an upload, as far as they can be read: headers first, the media worker for the rest.
struct Measurement {
    /// Seconds.
    var duration: Double?
    /// As displayed.
    var size: Size?
    /// Frames per second.
    var frameRate: Double?

    init(of file: OpenFile, media: any MediaService) async {
        var bytes = FileBytes(file)
        if let facts = try? HeaderReader.facts(of: &bytes, name: file.name) { fill(from: facts) }
        guard duration == nil || size == nil else { return }
        // A file that the worker cannot read either is kept all the same: the service looks no further than the type.
        if let facts = try? await media.inspect(file, depth: .header, progress: { _ in }) { fill(from: facts) }
    }

    private mutating func fill(from facts: Facts) {
        duration =
            duration ?? facts.duration.value ?? facts.mainVideo?.duration.value ?? facts.mainAudio?.duration.value
        size = size ?? facts.image?.displaySize.value ?? facts.mainVideo?.displaySize.value
        frameRate = frameRate ?? facts.mainVideo?.frameRate.value?.doubleValue
    }
}

/// An open file as a source of bytes.
struct FileBytes: ByteSource {
    private let file: OpenFile
    let length: Int64

    init(_ file: OpenFile) {
        self.file = file
        var status = stat()
        length = fstat(file.descriptor, &status) == 0 ? Int64(status.st_size) : 0
    }

    func read(at offset: Int64, count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(0, count))
        let read = pread(file.descriptor, &bytes, bytes.count, off_t(offset))
        guard read >= 0 else {
            throw Failure(
                .unreadable, subject: file.name, problem: "it cannot be read", remedy: "Check the disk",
                cause: String(cString: strerror(errno)))
        }
        return Array(bytes[..<read])
    }
}

extension OpenFile {
    /// A second descriptor of the same open file.
    func duplicated() throws(Failure) -> CInt {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else {
            throw Failure(
                .notDone, subject: name, problem: "too many files are open", remedy: "Raise the limit with ulimit -n",
                cause: String(cString: strerror(errno)))
        }
        return copy
    }
}
