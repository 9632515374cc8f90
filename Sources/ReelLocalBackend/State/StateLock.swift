internal import Foundation
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
internal import ReelModel

/// Holds a state folder for one process: two would render the same jobs and overwrite each other's sessions. The
/// system lets go when the process ends, however it ends.
final class StateLock: Sendable {
    private let descriptor: CInt

    init(_ folder: StateFolder) throws(Failure) {
        let path = folder.lock.path(percentEncoded: false)
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            var port = [UInt8](repeating: 0, count: 8)
            let read = descriptor >= 0 ? max(0, pread(descriptor, &port, port.count, 0)) : 0
            if descriptor >= 0 { close(descriptor) }
            let number = String(decoding: port[..<read].prefix { $0 != 0x0A }, as: UTF8.self)
            throw Failure(
                .notDone, subject: folder.root.path(percentEncoded: false),
                problem: "another local backend is using this state folder"
                    + (number.isEmpty ? "" : ", on http://127.0.0.1:\(number)"),
                remedy: number.isEmpty
                    ? "Wait until it has ended, or name another folder"
                    : "Give its address with --backend, or wait until it has ended")
        }
    }

    /// Leaves word of where the holder listens.
    func note(port: UInt16) {
        let line = Array("\(port)\n".utf8)
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, line, line.count, 0)
    }

    deinit {
        // Closing alone would leave it held by a child process that is just being started.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
