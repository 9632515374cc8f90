#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
internal import ReelModel

/// A token with what is known about it.
struct TokenRecord: Sendable, Hashable {
    var token: Token
    /// The anonymous user's id, for the registration link.
    var userID: String?
    /// Seconds since 1970.
    var expires: Double
}

/// Where client id and token stay between runs: one folder for each backend, mode 0700, files 0600, replaced whole.
struct TokenStore: Sendable {
    private let folder: String

    /// - Parameter directory: made where it is not there; the backend's own folder lies in it.
    init(directory: String, origin: String) {
        let name = origin.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-" }
        folder = directory + "/" + String(name)
    }

    // MARK: Client id

    /// The one that was kept; trailing line breaks and the like do not count.
    func clientID() -> String? {
        read("client-id").flatMap { ClientID.normalised(String(decoding: $0, as: UTF8.self)) }
    }

    func keep(clientID: String) throws(Failure) { try write("client-id", Array("\(clientID)\n".utf8)) }

    // MARK: Token

    func token() -> TokenRecord? {
        guard let bytes = read("token.json"), let json = try? JSON(parsing: bytes),
            let token = json["token"]?.text.flatMap(Token.init), let expires = json["expires"]?.double
        else { return nil }
        return TokenRecord(token: token, userID: json["userId"]?.text, expires: expires)
    }

    func keep(_ record: TokenRecord) throws(Failure) {
        let json: JSON = [
            "token": .string(record.token.secret), "userId": record.userID.map(JSON.string) ?? .null,
            "expires": JSON(record.expires),
        ]
        try write("token.json", json.bytes(indent: 2))
    }

    func discardToken() { unlink(folder + "/token.json") }

    // MARK: Files

    private func read(_ name: String) -> [UInt8]? {
        let descriptor = open(folder + "/" + name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // Neither file is ever longer.
        var bytes = [UInt8](repeating: 0, count: 16 * 1024)
        var filled = 0
        while filled < bytes.count {
            let room = bytes.count - filled
            let n = bytes.withUnsafeMutableBytes { buffer in
                buffer.baseAddress.map { pread(descriptor, $0 + filled, room, off_t(filled)) } ?? 0
            }
            if n < 0, errno == EINTR { continue }
            guard n > 0 else { break }
            filled += n
        }
        return Array(bytes.prefix(filled))
    }

    private func write(_ name: String, _ bytes: [UInt8]) throws(Failure) {
        try makeFolder()
        let path = folder + "/" + name
        let aside = path + ".\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
        let descriptor = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(0o600))
        guard descriptor >= 0 else { throw failure(aside) }
        var written = 0
        while written < bytes.count {
            let n = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map { pwrite(descriptor, $0 + written, bytes.count - written, off_t(written)) } ?? 0
            }
            if n < 0, errno == EINTR { continue }
            guard n > 0 else { break }
            written += n
        }
        let isWhole = written == bytes.count && fsync(descriptor) == 0
        close(descriptor)
        guard isWhole, rename(aside, path) == 0 else {
            let problem = failure(path)
            unlink(aside)
            throw problem
        }
    }

    private func makeFolder() throws(Failure) {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw failure(folder)
        }
        // One that was there already may have been made by somebody careless.
        guard chmod(folder, 0o700) == 0 else { throw failure(folder) }
    }

    private func failure(_ path: String) -> Failure {
        Failure(
            .notDone, subject: path, problem: "it cannot be written", remedy: "Check the folder's permissions",
            cause: String(cString: strerror(errno)))
    }

    // MARK: One at a time

    /// Takes the folder's lock, which is there for whoever is about to ask for a token: asking twice at once uses up
    /// what one address may ask. `nil` while another process has it.
    func lock() throws(Failure) -> Lock? {
        try makeFolder()
        let descriptor = open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, mode_t(0o600))
        guard descriptor >= 0 else { throw failure(folder + "/lock") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return Lock(descriptor: descriptor)
    }

    /// Held while it lives, and no longer than the process.
    struct Lock: ~Copyable {
        fileprivate let descriptor: CInt
        deinit {
            // Closing alone would leave it held by a child process that is just being started.
            flock(descriptor, LOCK_UN)
            close(descriptor)
        }
    }
}

/// What an anonymous user is told apart by.
enum ClientID {
    /// Trimmed; `nil` where it could not be one. Any text of up to 64 characters may be, not only a UUID.
    static func normalised(_ text: String) -> String? {
        let id = String(text.trimming { $0.isWhitespace || $0 == "\0" })
        let isFit = !id.isEmpty && id.utf8.count <= 64 && id.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return isFit ? id : nil
    }

    static func new() -> String { UUID().uuidString.lowercased() }
}
