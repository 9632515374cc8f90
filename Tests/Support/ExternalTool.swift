public import Foundation
internal import Testing

/// A program of the machine's, used as an independent judge or to make input.
public struct ExternalTool: Sendable {
    public let name: String
    private let path: String?

    public static let ffmpeg = ExternalTool("ffmpeg")
    public static let ffprobe = ExternalTool("ffprobe")

    public init(_ name: String) {
        self.name = name
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        path = folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    public var isInstalled: Bool { path != nil }

    /// Runs it to its end; what it wrote. Cancels the test where the tool is absent, and fails where it fails.
    @discardableResult
    public func run(_ arguments: [String], in folder: URL? = nil) throws -> (output: String, errors: String) {
        guard let path else { try Test.cancel("\(name) is not installed") }
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        let errors = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        _ = FileManager.default.createFile(atPath: errors.path(percentEncoded: false), contents: nil)
        defer { try? FileManager.default.removeItem(at: errors) }
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let words = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        try #require(process.terminationStatus == 0, "\(name) \(arguments.joined(separator: " ")): \(words)")
        return (String(decoding: bytes, as: UTF8.self), words)
    }
}

/// A folder of the test's own, gone with the last reference to it.
public final class TemporaryFolder: Sendable {
    public let url: URL

    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "reelgate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    public func file(_ name: String) -> URL { url.appending(path: name) }
    public func path(_ name: String) -> String { file(name).path(percentEncoded: false) }

    deinit { try? FileManager.default.removeItem(at: url) }
}
