import Foundation
import ReelModel
import ReelPipeline

/// Carries runs out for a person: the backend behind them, what they tell on the terminal, the report at the end.
struct RunSession: Sendable {
    let settings: Settings
    let report: ReportOptions

    func start(_ order: RunOrder) async throws -> ExitStatus {
        try await carryOut(order) { try await $0.start(order) }
    }

    func resume(_ record: RunRecord) async throws -> ExitStatus {
        try await carryOut(record.order) { try await $0.resume(record) }
    }

    private func carryOut(
        _ order: RunOrder, _ body: @escaping @Sendable (Runner) async throws -> RunResult
    ) async throws -> ExitStatus {
        var settings = settings
        settings.pollInterval = order.pollInterval
        let (journal, stateFolder) = (try settings.journal(), settings.stateFolder)
        let media = Media.service()
        let addresses = try settings.transport(allowsPlainHTTP: true)
        let display = RunDisplay(Terminal.shared)
        let result = try await BackendConnection.with(order.backend, settings, media: media) { connection in
            try await body(
                Runner(
                    client: connection.client, media: media, transport: addresses, journal: journal,
                    stateFolder: stateFolder,
                    observe: { display.show($0) }))
        }
        try report.write(
            Report(tool: await Media.tool(result.files, media), files: result.files, run: result.report))
        return ExitStatus(result.files)
    }
}

/// Paths as a run's journal keeps them.
enum Paths {
    static func absolute(_ path: String) -> String {
        path.hasPrefix("/") || path.contains("://") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }

    /// Found out before anything is sent, and not after.
    static func requireWritableFolder(of path: String) throws {
        let folder = (path as NSString).deletingLastPathComponent
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw Failure(
                .usage, subject: path, problem: "nothing can be written to its folder",
                remedy: "Give a folder that exists and is writable")
        }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw Failure(.usage, subject: path, problem: "it is a folder", remedy: "Name the MP4 to make")
        }
    }
}
