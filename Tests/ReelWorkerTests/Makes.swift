import Foundation
import Testing
import ReelMediaService
import ReelModel
import ReelTestSupport
import ReelWorker

/// The two makes of the media service, which keep one contract.
enum Make: CaseIterable, CustomTestStringConvertible {
    case process, inProcess

    var testDescription: String {
        switch self {
        case .process: "in a process of its own"
        case .inProcess: "in this process"
        }
    }

    func service() -> any MediaService {
        switch self {
        case .process: WorkerService(.tested())
        case .inProcess: InProcessService()
        }
    }
}

extension WorkerService.Configuration {
    /// Of the worker that was built with the tests.
    static func tested(_ change: (inout Self) -> Void = { _ in }) -> Self {
        var configuration = Self(executable: Places.executable(named: "reelgate-media").path(percentEncoded: false))
        change(&configuration)
        return configuration
    }

    /// Of one that misbehaves for files with the right names.
    static func misbehaving(_ change: (inout Self) -> Void = { _ in }) -> Self {
        tested {
            $0.arguments = ["--misbehave"]
            change(&$0)
        }
    }
}

/// Whether the worker that was built with the tests misbehaves on command.
#if DEBUG
    let canMisbehave = true
#else
    let canMisbehave = false
#endif

/// A file in a folder of its own, gone with it.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "reelgate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

    func file(_ name: String, _ bytes: [UInt8]) throws -> OpenFile {
        try Data(bytes).write(to: url.appending(path: name))
        return try OpenFile.reading(path(name))
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

/// An open file of that name, with nothing in it.
func nothing(named name: String) throws -> OpenFile {
    OpenFile(adopting: open("/dev/null", O_RDONLY | O_CLOEXEC), name: name)
}

/// The failure that `work` ends with.
func failure<Value>(of work: () async throws -> Value) async -> Failure? {
    do {
        _ = try await work()
        return nil
    } catch {
        return error as? Failure
    }
}
