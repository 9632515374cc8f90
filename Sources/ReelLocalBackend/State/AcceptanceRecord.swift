internal import Foundation
internal import ReelModel

/// `record.jsonl`: a line for each message, upload and render that was accepted. The sessions and renders are the
/// truth; a line that a kill kept from being written is added at the next start.
struct AcceptanceRecord: Sendable {
    let file: URL

    func append(_ acceptance: Acceptance) throws {
        let path = file.path(percentEncoded: false)
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(line(acceptance).bytes() + [UInt8(ascii: "\n")]))
    }

    /// Adds what is missing.
    func complete(with known: [Acceptance]) throws {
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        let written = Set(text.split(separator: "\n").compactMap { (try? JSON(parsing: String($0)))?["id"]?.text })
        let missing = known.filter { !written.contains($0.id) }
        for acceptance in missing { try append(acceptance) }
    }

    private func line(_ acceptance: Acceptance) -> JSON {
        [
            "id": .string(acceptance.id), "accepted": .string(acceptance.kind.rawValue),
            "session": .string(acceptance.session), "at": JSON(acceptance.at), "what": .string(acceptance.what),
        ]
    }
}
