import Foundation
import ReelModel

/// An independent client: the `curl` command.
enum Curl {
    struct Answer: Sendable {
        var status: Int
        var headers: [String: String]
        var body: [UInt8]
        /// How curl itself ended: 0, 18 for a body that is too short, 52 for no answer, 56 for a reset.
        var exit: Int32 = 0

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

    struct Broken: Error { let status: Int32 }

    /// Asks, and expects a whole answer.
    static func ask(_ url: String, _ arguments: [String] = []) async throws -> Answer {
        let answer = try await attempt(url, ["-H", "Expect:"] + arguments)
        guard answer.exit == 0 else { throw Broken(status: answer.exit) }
        return answer
    }

    /// Asks; what came of it, however it ended.
    static func attempt(_ url: String, _ arguments: [String] = []) async throws -> Answer {
        let folder = FileManager.default.temporaryDirectory.appending(path: "reel-curl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let head = folder.appending(path: "head")
        let body = folder.appending(path: "body")
        let exit = try await run(
            ["curl", "-s", "--noproxy", "*", "-D", head.path, "-o", body.path] + arguments + [url])
        let lines = ((try? String(contentsOf: head, encoding: .utf8)) ?? "").components(separatedBy: "\r\n")
            .filter { !$0.isEmpty }
        // After "100 Continue" comes the head that counts.
        let start = lines.lastIndex { $0.hasPrefix("HTTP/") } ?? 0
        var headers: [String: String] = [:]
        for line in lines.dropFirst(start + 1) {
            let pair = line.split(separator: ":", maxSplits: 1)
            if pair.count == 2 { headers[pair[0].lowercased()] = pair[1].trimmingCharacters(in: .whitespaces) }
        }
        let status = lines.isEmpty ? nil : lines[start].split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return Answer(
            status: status ?? 0, headers: headers, body: [UInt8]((try? Data(contentsOf: body)) ?? Data()), exit: exit)
    }

    /// Started and waited for by hand: what Foundation hears of a child's end can get lost when many are started side
    /// by side.
    private static func run(_ arguments: [String]) async throws -> Int32 {
        var process = pid_t()
        var pointers = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        let failure = posix_spawnp(&process, "curl", nil, nil, &pointers, environ)
        guard failure == 0 else { throw Broken(status: failure) }
        let child = process
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var status: Int32 = 0
                while waitpid(child, &status, 0) < 0, errno == EINTR {}
                continuation.resume(returning: status & 0x7F == 0 ? (status >> 8) & 0xFF : -1)
            }
        }
    }
}
