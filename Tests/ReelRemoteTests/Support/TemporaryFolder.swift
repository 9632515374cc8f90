import Foundation

/// A folder that goes with the test.
final class TemporaryFolder: Sendable {
    let path: String

    init() {
        let url = FileManager.default.temporaryDirectory.appending(path: "reelgate-\(UUID().uuidString)")
        path = url.path(percentEncoded: false)
        try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// An empty file, open for reading and writing. The test closes it, or its process's end does.
    func file(_ name: String, _ bytes: [UInt8] = []) throws -> CInt {
        let path = path + "/" + name
        try Data(bytes).write(to: URL(filePath: path))
        return open(path, O_RDWR | O_CLOEXEC)
    }

    func bytes(_ name: String) -> [UInt8] {
        (try? Data(contentsOf: URL(filePath: path + "/" + name))).map(Array.init) ?? []
    }
}
