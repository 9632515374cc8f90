internal import FlyingFox
internal import Foundation
internal import Logging
internal import ReelModel
internal import ReelWorker
internal import Synchronization

/// Answers requests: finds the route, asks for the token, and turns whatever is refused into its answer.
struct Service: HTTPHandler {
    let store: Store
    let queue: RenderQueue
    let media: any MediaService
    let configuration: LocalBackend.Configuration
    let origin: Origin
    let logger: Logger

    var choices: Choices { store.choices }

    /// One request on its way to its answer.
    struct Call {
        let request: HTTPRequest
        let body: BodyReader
    }

    @concurrent func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        let call = Call(request: request, body: BodyReader(request))
        var response = await answer(call)
        // A client that is still sending would not read the answer.
        if try await !call.body.drain(limit: choices.maxDrainedBytes) { response.headers[.connection] = "close" }
        return response
    }

    private func answer(_ call: Call) async -> HTTPResponse {
        do {
            guard let route = Route(path: call.request.path) else { throw Refusal.notFound }
            guard route.methods.contains(call.request.method.rawValue) else { throw Refusal.methodNotAllowed }
            return try await answer(route, call)
        } catch let refusal as Refusal {
            logger.debug("refused", metadata: ["status": "\(refusal.status)", "path": "\(call.request.path)"])
            return Reply.json(refusal.body, status: refusal.status)
        } catch {
            logger.error("failed", metadata: ["path": "\(call.request.path)", "error": "\(error)"])
            return Reply.json(["detail": .string("local backend: \(error)")], status: 500)
        }
    }

    /// The one list of endpoints.
    private func answer(_ route: Route, _ call: Call) async throws -> HTTPResponse {
        guard route.needsToken else {
            switch route {
            case .anonymousToken: return try await anonymousToken(call)
            case .film(let name): return try await film(name, call)
            case .uploadedFile(let name): return try await uploadedFile(name, call)
            case .createSession, .message, .upload, .credits, .state, .submitRender, .pollRender, .downloadRender:
                throw Refusal.invalidToken
            }
        }
        let account = try await account(call)
        switch route {
        case .createSession: return try await createSession(call, account)
        case .message: return try await message(call, account)
        case .upload(let session): return try await upload(to: session, call, account)
        case .credits: return await credits(account)
        case .state(let session): return try await state(of: session, account)
        case .submitRender: return try await submitRender(call, account)
        case .pollRender(let id): return try await pollRender(id, account)
        case .downloadRender(let id): return try await downloadRender(id, call, account)
        case .anonymousToken, .film, .uploadedFile: throw Refusal.notFound
        }
    }

    private func account(_ call: Call) async throws -> Account {
        let words = (call.request.headers[.authorization] ?? "").split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bearer",
            let account = await store.account(bearing: String(words[1]))
        else { throw Refusal.invalidToken }
        return account
    }
}

/// Where the server listens, known only once it does.
final class Origin: Sendable {
    private let port = Mutex<UInt16>(0)

    func set(_ port: UInt16) { self.port.withLock { $0 = port } }
    var url: String { "http://127.0.0.1:\(port.withLock { $0 })" }
}
