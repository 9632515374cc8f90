internal import Foundation
internal import ReelModel
internal import Synchronization

/// `--record FILE`: a line of JSON for each request and its answer, written when the answer has ended. It holds no
/// token.
final class ExchangeRecord: Sendable {
    private let handle: Mutex<FileHandle>

    /// Adds to a file that is there already.
    init(_ file: URL) throws(Failure) {
        let path = file.path(percentEncoded: false)
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        do {
            let handle = try FileHandle(forWritingTo: file)
            try handle.seekToEnd()
            self.handle = Mutex(handle)
        } catch {
            throw Failure(
                .notDone, subject: path, problem: "the record cannot be written", remedy: "Name another file",
                cause: String(describing: error))
        }
    }

    func write(_ exchange: Exchange, _ end: Playback.End) {
        let line = Self.redacted(exchange.line(end)).bytes() + [UInt8(ascii: "\n")]
        handle.withLock { handle in
            // A full disk must not stop the service.
            try? handle.write(contentsOf: Data(line))
        }
    }

    /// Without secrets: the header that holds one, and whatever looks like one.
    static func redacted(_ json: JSON) -> JSON {
        switch json {
        case .object(let members):
            .object(
                members.map { member in
                    member.key == "authorization"
                        ? JSON.Member(member.key, "Bearer <token>") : JSON.Member(member.key, redacted(member.value))
                })
        case .array(let elements): .array(elements.map(redacted))
        case .string(let text): .string(redacted(text))
        case .number, .bool, .null: json
        }
    }

    private static func redacted(_ text: String) -> String {
        guard text.contains("nmv_usr_") || text.contains("clm_") || text.contains("earer ") else { return text }
        return text.replacing(/(nmv_usr_|clm_)[A-Za-z0-9_-]+/) { "<\($0.1)…>" }
            .replacing(/[Bb]earer\s+\S+/) { _ in "Bearer <token>" }
    }
}
