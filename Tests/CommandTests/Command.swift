import Foundation
import ReelModel
import ReelTestSupport
import Testing

/// The built command, run as a user runs it, with a state folder of its own.
final class Command: Sendable {
    let folder: TemporaryFolder
    private let environment: [String: String]

    init(_ more: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        var environment = ProcessInfo.processInfo.environment.filter {
            !$0.key.hasPrefix("NEMO_") && !$0.key.hasPrefix("REELGATE_")
        }
        environment["REELGATE_STATE_DIR"] = folder.path("state")
        environment["XDG_CONFIG_HOME"] = folder.path("config")
        environment["NO_COLOR"] = "1"
        self.environment = environment.merging(more) { $1 }
    }

    struct Outcome {
        let status: Int32
        let output: String
        let errors: String

        var json: JSON { get throws { try JSON(parsing: output) } }
    }

    /// Runs it to its end.
    func callAsFunction(_ arguments: String..., input: String? = nil) throws -> Outcome {
        try run(arguments, input: input)
    }

    func run(_ arguments: [String], input: String? = nil) throws -> Outcome {
        let started = try start(arguments, input: input)
        started.process.waitUntilExit()
        return try started.outcome()
    }

    struct Started {
        let process: Process
        let outputFile: URL
        let errorsFile: URL

        func outcome() throws -> Outcome {
            Outcome(
                status: process.isRunning ? -1 : process.terminationStatus,
                output: try String(contentsOf: outputFile, encoding: .utf8),
                errors: try String(contentsOf: errorsFile, encoding: .utf8))
        }
    }

    /// Starts it, and goes on. With `tool`, that program is started, by its name and with these arguments, to start it.
    func start(_ arguments: [String], input: String? = nil, under tool: [String] = []) throws -> Started {
        let process = Process()
        let program = Places.executable(named: "reelgate")
        process.executableURL = tool.isEmpty ? program : URL(filePath: "/usr/bin/env")
        process.arguments = (tool.isEmpty ? [] : tool + [program.path(percentEncoded: false)]) + arguments
        process.environment = environment
        process.currentDirectoryURL = folder.url
        let name = UUID().uuidString
        let (output, errors) = (folder.file("out-\(name)"), folder.file("err-\(name)"))
        try Data().write(to: output)
        try Data().write(to: errors)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        if let input {
            let file = folder.file("in-\(name)")
            try Data(input.utf8).write(to: file)
            process.standardInput = try FileHandle(forReadingFrom: file)
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        try process.run()
        return Started(process: process, outputFile: output, errorsFile: errors)
    }

    /// What the local backend noted as accepted, by kind.
    func accepted() throws -> [String: Int] {
        var counts: [String: Int] = [:]
        let root = folder.path("state/local-backend")
        // There is none before the first contact.
        guard FileManager.default.fileExists(atPath: root) else { return [:] }
        for path in try FileManager.default.subpathsOfDirectory(atPath: root) where path.hasSuffix("record.jsonl") {
            for line in try String(contentsOfFile: root + "/" + path, encoding: .utf8).split(separator: "\n") {
                counts[try JSON(parsing: String(line))["accepted"]?.text ?? "?", default: 0] += 1
            }
        }
        return counts
    }

    /// Every byte that runs have written below the folder but the token store itself, by file.
    func everythingWritten() throws -> [(path: String, bytes: Data)] {
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.url.path(percentEncoded: false))
        return files.compactMap { path in
            guard !path.contains("/tokens/"), let bytes = try? Data(contentsOf: folder.file(path)) else { return nil }
            return (path, bytes)
        }
    }
}

/// Small input, made by the ffmpeg command.
struct Inputs {
    let folder: TemporaryFolder

    func make(_ name: String, _ arguments: [String]) throws -> String {
        let path = folder.path(name)
        try ExternalTool.ffmpeg.run(["-v", "error", "-y"] + arguments + [path])
        return path
    }

    /// A still of that size.
    func still(_ name: String, _ size: String = "320x240") throws -> String {
        try make(name, ["-f", "lavfi", "-i", "testsrc2=s=\(size):d=1", "-frames:v", "1"])
    }

    /// Two seconds of picture and tone.
    func clip(_ name: String, _ more: [String] = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"]) throws
        -> String
    {
        try make(
            name,
            [
                "-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=2", "-f", "lavfi", "-i", "sine=f=440:r=48000:d=2",
                "-shortest",
            ] + more)
    }
}
