internal import ReelModel
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A folder for files that live no longer than one fit.
struct ScratchFolder: Sendable {
    let descriptor: CInt

    /// x264 makes these from the name that it is given for its statistics.
    private static let statistics = "x264"
    private static let suffixes = ["", ".mbtree", ".temp", ".mbtree.temp"]

    /// Where x264 is to keep its statistics. It wants a path, and all that there is is a descriptor.
    func statisticsPath() throws(Failure) -> String { try path() + "/" + Self.statistics }

    /// A new file without a name, open for reading and writing: it is gone once the result is closed.
    func makeFile() throws(Failure) -> OpenMedia {
        let name = "sound"
        let file = openat(descriptor, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw broken("no file can be made in it") }
        unlinkat(descriptor, name, 0)
        return OpenMedia(descriptor: file, name: "the coded sound")
    }

    func removeAll() {
        for suffix in Self.suffixes { unlinkat(descriptor, Self.statistics + suffix, 0) }
    }

    private func path() throws(Failure) -> String {
        #if os(Linux)
            return "/proc/self/fd/\(descriptor)"
        #else
            var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
            guard fcntl(descriptor, F_GETPATH, &bytes) == 0 else { throw broken("its path cannot be told") }
            return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        #endif
    }

    private func broken(_ problem: String) -> Failure {
        Failure(
            .notDone, subject: "the scratch folder", problem: problem, remedy: "Check its permissions and free space",
            cause: String(cString: strerror(errno)))
    }
}

/// Closes a file of ours when nobody refers to it any more.
final class OwnedFile: Sendable {
    let media: OpenMedia

    init(_ media: OpenMedia) { self.media = media }

    deinit { close(media.descriptor) }
}
