internal import Foundation
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
public import ReelModel

/// A run's own folder, for fitted copies and scratch files, and the lock that says that a process is at work on it.
/// The lock goes with the process, however that ends.
public final class RunFolder: Sendable {
    public let path: String
    private let lock: CInt

    /// Takes the run's folder in `stateFolder`; `nil` where another process has it.
    public init?(run: String, stateFolder: String) throws(Failure) {
        path = stateFolder + "/runs/" + run
        try Folders.makePrivate(stateFolder)
        try Folders.makePrivate(stateFolder + "/runs")
        try Folders.makePrivate(path)
        lock = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else {
            throw Failure(
                .notDone, subject: path, problem: "its lock cannot be opened", remedy: "Check its permissions",
                cause: String(cString: strerror(errno)))
        }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            _ = Self.closeDescriptor(lock)
            return nil
        }
    }

    /// Whether a process is at work on the run.
    public static func isTaken(run: String, stateFolder: String) throws(Failure) -> Bool {
        guard FileManager.default.fileExists(atPath: stateFolder + "/runs/" + run) else { return false }
        return try RunFolder(run: run, stateFolder: stateFolder) == nil
    }

    deinit {
        // Closing alone would leave it held by a child process that is just being started.
        flock(lock, LOCK_UN)
        _ = Self.closeDescriptor(lock)
    }

    private static func closeDescriptor(_ descriptor: CInt) -> CInt { close(descriptor) }

    /// Removes the folder of a run that has ended, with its copies and its lock.
    public func clear() { try? FileManager.default.removeItem(atPath: path) }
}

/// Folders that nobody else may look into.
public enum Folders {
    /// Makes the folder, and those above it, with mode 0700 where it is not there yet.
    public static func makePrivate(_ path: String) throws(Failure) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure(
                .notDone, subject: path, problem: "the folder cannot be made",
                remedy: "Check the permissions of the folder above it", cause: error.localizedDescription)
        }
    }
}
