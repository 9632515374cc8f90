import Foundation
import ReelLocalBackend
import ReelModel
import ReelRemote
import ReelWorker

/// The local backend behind `--backend local`, which all processes of one state folder share. The first runs it; the
/// others speak to that one, and one of them takes its place, on the same port, when the first has ended.
final class SharedLocalBackend: Sendable {
    let port: UInt16
    private let server: LocalBackend
    private let watching: Task<Void, Never>?

    private init(port: UInt16, server: LocalBackend, watching: Task<Void, Never>?) {
        self.port = port
        self.server = server
        self.watching = watching
    }

    /// Tries, each a twentieth of a second apart, to be the first or to find who is: another process may be between
    /// taking the folder and listening.
    private static let patience = 200

    static func open(_ state: URL, _ settings: Settings, media: any MediaService) async throws -> SharedLocalBackend {
        var configuration = LocalBackend.Configuration(state: state)
        configuration.fetch = try fetcher(settings)
        let server = LocalBackend(configuration: configuration, media: media)
        var attempts = 0
        while true {
            if let port = LocalBackend.port(ofBackendUsing: state) {
                return SharedLocalBackend(port: port, server: server, watching: takeOver(server, state, port))
            }
            do {
                let port = try await start(server, LocalBackend.lastPort(ofBackendUsing: state) ?? 0)
                return SharedLocalBackend(port: port, server: server, watching: nil)
            } catch let failure as Failure {
                attempts += 1
                guard attempts < patience else { throw failure }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    /// On that port where it is free, else on any.
    private static func start(_ server: LocalBackend, _ port: UInt16) async throws -> UInt16 {
        if port != 0, let listening = try? await server.start(port: port) { return listening }
        return try await server.start()
    }

    /// Runs the backend as soon as nobody else does.
    private static func takeOver(_ server: LocalBackend, _ state: URL, _ port: UInt16) -> Task<Void, Never> {
        Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(100))
                guard !Task.isCancelled, LocalBackend.port(ofBackendUsing: state) == nil else { continue }
                if (try? await server.start(port: port)) != nil { return }
            }
        }
    }

    func close() async {
        watching?.cancel()
        await watching?.value
        await server.stop()
    }

    /// Fetches for uploads by address; the backend asks it for addresses of this machine only.
    static func fetcher(_ settings: Settings) throws -> LocalBackend.Fetcher {
        let transport = try settings.transport()
        return { text, file, limit in
            guard let address = WebAddress(text) else {
                throw Failure(.usage, subject: text, problem: "it is no http address", remedy: "Give another")
            }
            let status = try await transport.fetch(address, to: file.descriptor, limit: limit)
            guard status == 200 else {
                throw Failure(
                    .unreadable, subject: text, problem: "its server answers \(status)", remedy: "Check the address")
            }
        }
    }
}
