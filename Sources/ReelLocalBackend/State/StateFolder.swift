internal import Foundation
internal import ReelModel

/// Where everything that outlives the process is kept. Files are written beside their place and renamed into it, so
/// that a kill leaves the old one or the new one.
///
///     tokens.json                    who may ask (mode 0600)
///     sessions/<id>/session.json     one project: its timeline, uploads, what it was charged, what it accepted
///     sessions/<id>/assets/          what was uploaded into it
///     renders/<render id>.json       one render job
///     renders/<name>.mp4             its file, under a name that nobody can guess
///     incoming/                      uploads on their way; emptied at each start
///     record.jsonl                   what was accepted, a line each
struct StateFolder: Sendable {
    let root: URL

    var tokens: URL { root.appending(path: "tokens.json") }
    var record: URL { root.appending(path: "record.jsonl") }
    var lock: URL { root.appending(path: "lock") }
    var sessions: URL { root.appending(path: "sessions") }
    var renders: URL { root.appending(path: "renders") }
    var incoming: URL { root.appending(path: "incoming") }

    func session(_ id: String) -> URL { sessions.appending(path: id) }
    func sessionFile(_ id: String) -> URL { session(id).appending(path: "session.json") }
    func assets(_ session: String) -> URL { self.session(session).appending(path: "assets") }
    func asset(_ asset: Asset, in session: String) -> URL { assets(session).appending(path: asset.fileName) }
    func renderFile(_ id: String) -> URL { renders.appending(path: "\(id).json") }
    func film(_ name: String) -> URL { renders.appending(path: "\(name).mp4") }

    /// Makes the folders, private to the user.
    func prepare() throws {
        try? FileManager.default.removeItem(at: incoming)
        for folder in [root, sessions, renders, incoming] { try make(folder) }
    }

    func make(_ folder: URL) throws {
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    func write(_ value: some Encodable, to file: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let aside = file.appendingPathExtension("new")
        let path = aside.path(percentEncoded: false)
        try? FileManager.default.removeItem(at: aside)
        let bytes = try encoder.encode(value)
        guard FileManager.default.createFile(atPath: path, contents: bytes, attributes: [.posixPermissions: 0o600]),
            rename(path, file.path(percentEncoded: false)) == 0
        else {
            throw Failure(
                .notDone, subject: file.path(percentEncoded: false),
                problem: "the local backend cannot write its state",
                remedy: "Free some space, or name another state folder")
        }
    }

    func read<Value: Decodable>(_ type: Value.Type, from file: URL) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(contentsOf: file))
        } catch {
            throw Failure(
                .unreadable, subject: file.path(percentEncoded: false),
                problem: "the local backend cannot read its own state",
                remedy: "Remove the file, or name another folder",
                cause: String(describing: error))
        }
    }

    /// What a folder holds; nothing where it does not exist.
    func contents(of folder: URL) -> [URL] {
        let found = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return (found ?? []).sorted { $0.lastPathComponent < $1.lastPathComponent }
    }
}
