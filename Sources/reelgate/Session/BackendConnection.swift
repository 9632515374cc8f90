import Foundation
import ReelModel
import ReelRemote
import ReelWorker

/// The backend that a command speaks to: the cloud, an address, or the local one, which then runs in this process.
struct BackendConnection: Sendable {
    /// As it was named: `cloud`, `local`, or the address.
    let name: String
    let client: NemoClient
    private let embedded: SharedLocalBackend?

    static func open(_ name: String, _ settings: Settings, media: any MediaService) async throws -> BackendConnection {
        guard name == "local" else {
            return try BackendConnection(
                name: name, client: client(try Backend.named(name), name, settings), embedded: nil)
        }
        let state = URL(filePath: settings.stateFolder).appending(path: "local-backend")
        let server = try await SharedLocalBackend.open(state, settings, media: media)
        do {
            let address = try Backend.named("http://127.0.0.1:\(server.port)")
            return try BackendConnection(name: name, client: client(address, name, settings), embedded: server)
        } catch {
            await server.close()
            throw error
        }
    }

    private static func client(_ backend: Backend, _ name: String, _ settings: Settings) throws -> NemoClient {
        // The local backend gives its own tokens; the cloud's never goes there, not even to this machine.
        let token = name == "local" ? nil : settings.token.flatMap(Token.init)
        var configuration = NemoClient.Configuration(
            backend: backend, attribution: settings.attribution,
            token: token, clientID: settings.clientID,
            storeDirectory: settings.stateFolder + "/tokens")
        // Its port is another one each time.
        if name == "local" { configuration.storeName = name }
        configuration.webAddress = settings.webURL
        // 30 s by the contract. A backend on this machine may be asked as often as it is looked at.
        if backend.address.isLoopback { configuration.rateLimitWait = min(30, settings.pollInterval) }
        configuration.onRateLimit = { seconds in
            let wait = seconds.formatted(.number.precision(.fractionLength(0...1)).locale(Locale(identifier: "en_US")))
            Terminal.shared.note("Too many requests; once more in \(wait) s")
        }
        return NemoClient(configuration, transport: try settings.transport())
    }

    /// Ends the local backend, where it runs in this process.
    func close() async { await embedded?.close() }

    /// Opens the connection, and closes it whatever happens.
    static func with<Result: Sendable>(
        _ name: String, _ settings: Settings, media: any MediaService,
        _ body: @Sendable (BackendConnection) async throws -> Result
    ) async throws -> Result {
        let connection = try await open(name, settings, media: media)
        do {
            let result = try await body(connection)
            await connection.close()
            return result
        } catch {
            await connection.close()
            throw error
        }
    }
}
