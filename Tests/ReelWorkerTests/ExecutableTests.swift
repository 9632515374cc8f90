import Foundation
import ReelWorker
import Testing

/// Where the worker is looked for.
struct ExecutableTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func program(_ path: String) throws -> String {
        let url = folder.url.appending(path: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data().write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path(path))
        return url.resolvingSymlinksInPath().path(percentEncoded: false)
    }

    @Test func `beside the program, through links`() throws {
        let own = try program("bin/reelgate")
        let worker = try program("bin/reelgate-media")
        try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: own)
        #expect(WorkerService.defaultExecutable(besides: folder.path("link"), environment: [:]) == worker)
    }

    @Test func `in libexec`() throws {
        let own = try program("bin/reelgate")
        let worker = try program("libexec/reelgate-media")
        let found = WorkerService.defaultExecutable(besides: own, environment: [:])
        #expect(URL(filePath: found).standardized.path(percentEncoded: false) == worker)
    }

    @Test func `where the environment says, above all`() throws {
        let own = try program("bin/reelgate")
        _ = try program("bin/reelgate-media")
        #expect(
            WorkerService.defaultExecutable(besides: own, environment: ["REELGATE_MEDIA": "/opt/x"]) == "/opt/x")
    }

    @Test func `where there is none, the path that is missing is named`() throws {
        let own = try program("bin/reelgate")
        let named = WorkerService.defaultExecutable(besides: own, environment: ["REELGATE_MEDIA": ""])
        #expect(named == own + "-media")
    }
}
