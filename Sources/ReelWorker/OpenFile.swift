#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
public import ReelModel

/// An open descriptor with the name it is spoken of by, closed when the last reference goes. It is what the worker is
/// handed instead of a path.
public final class OpenFile: Sendable {
    public let descriptor: CInt
    /// For messages and for the extension; never opened.
    public let name: String

    /// Takes the descriptor over.
    public init(adopting descriptor: CInt, name: String) {
        self.descriptor = descriptor
        self.name = name
    }

    /// Opens an existing file for reading. Throws where it is none: a pipe would be waited for, perhaps for ever.
    public static func reading(_ path: String) throws(Failure) -> OpenFile {
        // Without waiting: for a writer at the other end of a pipe, for a device to be ready.
        let file = try opening(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, problem: "it cannot be opened")
        var status = stat()
        guard fstat(file.descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Failure(
                .unreadable, subject: path, problem: "it is not a regular file",
                remedy: "Give a file, or a folder of files")
        }
        return file
    }

    /// Creates a file that must not exist yet, for writing and reading back.
    public static func creating(_ path: String, permissions: UInt32 = 0o666) throws(Failure) -> OpenFile {
        try opening(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(permissions), problem: "it cannot be created")
    }

    /// Opens a folder, so that files can be made in it through its descriptor.
    public static func folder(_ path: String) throws(Failure) -> OpenFile {
        try opening(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, problem: "the folder cannot be opened")
    }

    private static func opening(
        _ path: String, _ flags: CInt, _ mode: mode_t = 0, problem: String
    ) throws(Failure) -> OpenFile {
        var descriptor: CInt
        repeat { descriptor = open(path, flags, mode) } while descriptor < 0 && errno == EINTR
        guard descriptor >= 0 else {
            throw Failure(
                .unreadable, subject: path, problem: problem, remedy: "Check the path and its permissions",
                cause: String(cString: strerror(errno)))
        }
        return OpenFile(adopting: descriptor, name: path)
    }

    deinit { close(descriptor) }
}
