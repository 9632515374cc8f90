import Foundation
import ReelModel

/// An independent client: the `curl` command.
enum Curl {
    struct Answer {
        var status: Int
        var headers: [String: String]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        var json: JSON { (try? JSON(parsing: body)) ?? .null }
        var code: Int64? { json["code"]?.integer }
        /// The documents of an event stream, heartbeats left out.
        var events: [JSON] {
            text.components(separatedBy: "\n\n").compactMap { block in
                let line = block.hasPrefix("data:") ? block.dropFirst(5).drop { $0 == " " } : ""
                return line.isEmpty ? nil : try? JSON(parsing: String(line))
            }
        }
    }

    static func ask(_ url: String, _ arguments: [String] = []) async throws -> Answer {
        let folder = FileManager.default.temporaryDirectory.appending(path: "reel-curl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let head = folder.appending(path: "head")
        let body = folder.appending(path: "body")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["curl", "-s", "--noproxy", "*", "-H", "Expect:", "-D", head.path, "-o", body.path] + arguments + [url]
        process.standardOutput = FileHandle.nullDevice
        let result: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        struct Broken: Error { let status: Int32 }
        guard result == 0 else { throw Broken(status: result) }
        let lines = try String(contentsOf: head, encoding: .utf8).components(separatedBy: "\r\n").filter { !$0.isEmpty }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let pair = line.split(separator: ":", maxSplits: 1)
            if pair.count == 2 { headers[pair[0].lowercased()] = pair[1].trimmingCharacters(in: .whitespaces) }
        }
        return Answer(
            status: Int(lines.first?.split(separator: " ").dropFirst().first ?? "") ?? 0, headers: headers,
            body: [UInt8]((try? Data(contentsOf: body)) ?? Data()))
    }
}
