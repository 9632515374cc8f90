import Foundation
import ReelTestSupport
import Testing

/// A real agent server, started by `tools/adk-server`; it ends with the last reference to it, or with this process.
final class AgentServer: Sendable {
    let address: String
    private let process: Process
    private let lifeline = Pipe()

    private static let tool = Places.root.appending(path: "tools/adk-server").path(percentEncoded: false)

    /// Whether its environment has been made, by `tools/adk-server install`.
    static let isInstalled: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: tool)
        process.arguments = ["where"]
        process.standardOutput = FileHandle.nullDevice
        do { try process.run() } catch { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    init(agents: URL) throws {
        process = Process()
        process.executableURL = URL(filePath: Self.tool)
        process.arguments = [agents.path(percentEncoded: false)]
        let output = Pipe()
        process.standardInput = lifeline
        process.standardOutput = output
        try process.run()
        // It says nothing before it answers, and ends where it never does.
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        address = line.trimmingCharacters(in: .whitespacesAndNewlines)
        try #require(address.hasPrefix("http://127.0.0.1:"), "the agent server does not start")
    }

    /// The server's own way of opening a session; it keeps them only in memory.
    func openSession(_ id: String) throws {
        try ExternalTool("curl").run([
            "-sSf", "--noproxy", "*", "-o", "/dev/null", "-H", "Content-Type: application/json", "-d", "{}",
            "\(address)/apps/nemo_agent/users/me/sessions/\(id)",
        ])
    }

    deinit { try? lifeline.fileHandleForWriting.close() }
}
