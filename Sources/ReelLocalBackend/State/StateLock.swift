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
            let port = descriptor >= 0 ? Self.notedPort(descriptor) : nil
            if descriptor >= 0 { close(descriptor) }
            throw Failure(
                .notDone, subject: folder.root.path(percentEncoded: false),
                problem: "another local backend is using this state folder"
                    + (port.map { ", on http://127.0.0.1:\($0)" } ?? ""),
                remedy: port == nil
                    ? "Wait until it has ended, or name another folder"
                    : "Give its address with --backend, or wait until it has ended")
        }
        // What the last holder noted is not true of this one.
        _ = ftruncate(descriptor, 0)
    }

    /// Where the last holder listened, whether it is still there or not.
    static func lastPort(of folder: StateFolder) -> UInt16? {
        let descriptor = open(folder.lock.path(percentEncoded: false), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return notedPort(descriptor)
    }

    /// Where the holder listens; `nil` where nobody holds the folder, or whoever does is not listening yet.
    static func holder(of folder: StateFolder) -> UInt16? {
        let descriptor = open(folder.lock.path(percentEncoded: false), O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else {
            flock(descriptor, LOCK_UN)
            return nil
        }
        return notedPort(descriptor)
    }

    private static func notedPort(_ descriptor: CInt) -> UInt16? {
        var bytes = [UInt8](repeating: 0, count: 8)
        let read = max(0, pread(descriptor, &bytes, bytes.count, 0))
        return UInt16(String(decoding: bytes[..<read].prefix { $0 != 0x0A }, as: UTF8.self))
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
