internal import ReelMedia
internal import ReelModel
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What all parts of one fit are given.
struct FitJob: Sendable {
    let maxBytes: Int64?
    /// The most seconds that the result may last, in whole milliseconds: MP4 tells its length in them, rounded up.
    let maxDuration: Double?
    let input: OpenMedia
    let output: OpenMedia
    let scratch: ScratchFolder
    let cancellation: Cancellation

    /// The input's container, with what its streams are.
    func demuxer() throws(Failure) -> Demuxer {
        // Some containers tell only when a picture is decoded, and MP4 wants to know when it is shown.
        let demuxer = try Demuxer(
            descriptor: input.descriptor, name: input.name, options: ["fflags": "+genpts"], cancellation: cancellation)
        try demuxer.findStreamInfo()
        return demuxer
    }

    func checkCancelled() throws(Failure) { try cancellation.check(subject: input.name) }

    // MARK: Failures

    func senseless(_ problem: String) -> Failure {
        Failure(.usage, subject: input.name, problem: problem, remedy: "Plan again from the file's facts")
    }

    func changed() -> Failure {
        Failure(
            .unreadable, subject: input.name, problem: "it reads otherwise each time that it is read",
            remedy: "Check that nothing writes to it")
    }

    /// What came out is larger than it may be.
    func over(_ bytes: Int64) -> Failure {
        if bytes == 0 {
            return Failure(
                .notDone, subject: output.name, problem: "nothing was written", remedy: "Check that the input is whole")
        }
        return Failure(
            .notDone, subject: input.name,
            problem: "it does not go into \(maxBytes ?? 0) bytes: the smallest result had \(bytes)",
            remedy: "Allow more bytes, a smaller picture or a shorter part of it")
    }
}

/// A file that somebody else opened, with its name for messages.
struct OpenMedia: Sendable {
    let descriptor: CInt
    let name: String

    /// Its length now.
    func bytes() throws(Failure) -> Int64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw broken("its length cannot be told") }
        return Int64(status.st_size)
    }

    /// Takes everything out of it again.
    func clear() throws(Failure) {
        guard ftruncate(descriptor, 0) == 0 else { throw broken("it cannot be emptied") }
    }

    /// The same where a failure is being told already.
    func empty() { _ = ftruncate(descriptor, 0) }

    /// Writes it whole.
    func write(_ bytes: [UInt8]) throws(Failure) {
        try clear()
        try bytes.withUnsafeBufferPointer { (raw) throws(Failure) in try write(UnsafeRawBufferPointer(raw), at: 0) }
    }

    /// Writes these bytes at a place.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(Failure) {
        var done = 0
        while done < bytes.count {
            let put = pwrite(
                descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(offset + Int64(done)))
            if put < 0, errno == EINTR { continue }
            guard put > 0 else { throw broken("it cannot be written") }
            done += put
        }
    }

    /// Reads so many bytes from a place, all of them.
    func read(_ buffer: inout [UInt8], count: Int, at offset: Int64) throws(Failure) {
        var done = 0
        while done < count {
            let got = buffer.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress.map { $0 + done }, count - done, off_t(offset + Int64(done)))
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { throw broken("it cannot be read") }
            done += got
        }
    }

    private func broken(_ problem: String) -> Failure {
        Failure(
            .notDone, subject: name, problem: problem, remedy: "Check the free space on the disk",
            cause: String(cString: strerror(errno)))
    }
}
