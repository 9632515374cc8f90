public import Foundation
internal import Testing

/// A small server in Python, for what no server of ours would do. Its program prints its port first. It ends with the
/// last reference to it, and with the test process, however that ends: a child that outlived it would hold the test
/// runner's output open.
public final class PythonServer: Sendable {
    public let port: Int
    private let process: Process
    private let lifeline = Pipe()

    /// Starts it in that folder. Fails the test where it prints no port.
    public init(_ program: String, in folder: URL) throws {
        let (python, _) = try ExternalTool("python3").run(["-c", "import sys; print(sys.executable)"])
        let leaving = """
            import os, sys, threading
            threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()

            """
        process = Process()
        process.executableURL = URL(filePath: python.trimmingCharacters(in: .whitespacesAndNewlines))
        process.arguments = ["-c", leaving + program]
        process.currentDirectoryURL = folder
        let output = Pipe()
        process.standardInput = lifeline
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)), "the server printed no port")
    }

    deinit { kill(process.processIdentifier, SIGKILL) }
}
