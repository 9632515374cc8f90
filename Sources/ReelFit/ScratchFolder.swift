internal import ReelModel
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A folder for files that live no longer than one fit.
struct ScratchFolder: Sendable {
    let descriptor: CInt

    /// A new file without a name, open for reading and writing: it is gone once the result is closed.
    /// - Parameter content: what will be in it, for messages.
    func makeFile(_ content: String) throws(Failure) -> OpenMedia {
        let name = "part"
        let file = openat(descriptor, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw broken("no file can be made in it") }
        unlinkat(descriptor, name, 0)
        return OpenMedia(descriptor: file, name: "the coded \(content)")
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
