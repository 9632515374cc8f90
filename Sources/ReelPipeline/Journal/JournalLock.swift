internal import Foundation
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
internal import ReelModel

/// Held by the one process that opens a journal, so that each table is made once and nobody meets one half made. It goes
/// with the process, however that ends.
struct JournalLock: ~Copyable {
    private let descriptor: CInt

    /// Waits until nobody else holds it.
    ///
    /// - Parameter path: of the journal; the lock is a file beside it.
    /// - Throws: `POSIXError`.
    init(of path: String) throws {
        descriptor = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        while flock(descriptor, LOCK_EX) != 0 {
            let code = errno
            guard code == EINTR else {
                close(descriptor)
                throw POSIXError(.init(rawValue: code) ?? .EIO)
            }
        }
    }

    deinit {
        // Closing alone would leave it held by a child process that is just being started.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Nobody else may read the journal: makes its file, of which SQLite's other files take the mode. One that is there is
    /// not opened, since closing it would let go of the locks that SQLite holds on it.
    func makePrivate(_ path: String) throws {
        let made = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if made >= 0 {
            close(made)
        } else if errno != EEXIST || chmod(path, 0o600) != 0 && errno != EPERM {
            throw POSIXError(.init(rawValue: errno) ?? .EIO)
        }
    }
}
