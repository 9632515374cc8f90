internal import FlyingFox
internal import Foundation
internal import Logging
internal import ReelModel
internal import ReelWorker
internal import Synchronization

/// Answers requests: finds the route, lets the faults strike, asks for the token, and turns whatever is refused into
/// its answer.
struct Service: HTTPHandler {
    let store: Store
    let queue: RenderQueue
    let media: any MediaService
    let fetch: LocalBackend.Fetcher?
    let faults: FaultPlan
    let record: ExchangeRecord?
    let origin: Origin
    let logger: Logger

    var choices: Choices { store.choices }
    var wording: Wording { Wording(choices: choices) }

    /// One request on its way to its answer.
    struct Call {
        let request: HTTPRequest
        let body: BodyReader
        let exchange: Exchange
    }

    @concurrent func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        let exchange = Exchange(request, at: await store.time)
        let call = Call(request: request, body: BodyReader(request, exchange), exchange: exchange)
        let peer = PeerSocket(request, port: origin.number, if: request.expectsContinue || faults.isAny)
        if request.expectsContinue { peer?.sendContinue() }
        let answer = await answer(call)
        // What is left unread would be taken for the next request; and a client that is still sending reads nothing.
        let isDrained = try await call.body.drain(limit: choices.maxDrainedBytes)
        exchange.answered(answer)
        let delivery = Delivery(
            pace: choices.pace, timeScale: choices.timeScale,
            whenEnded: { [record] end in record?.write(exchange, end) }, peer: peer)
        var response = delivery.response(answer)
        if !isDrained { response.headers[.connection] = "close" }
        return response
    }

    private func answer(_ call: Call) async -> Answer {
        var strikes: [FaultPlan.Strike] = []
        var answer: Answer
        do {
            guard let route = Route(path: call.request.path) else { throw Refusal.notFound }
            guard route.methods.contains(call.request.method.rawValue) else { throw Refusal.methodNotAllowed }
            strikes = faults.strikes(on: route, call.request)
            call.exchange.struck(strikes)
            answer = try await self.answer(route, call, strikes)
        } catch let refusal as Refusal {
            logger.debug("refused", metadata: ["status": "\(refusal.status)", "path": "\(call.request.path)"])
            answer = wording.refusal(refusal)
        } catch {
            logger.error("failed", metadata: ["path": "\(call.request.path)", "error": "\(error)"])
            answer = .json(["detail": .string("local backend: \(error)")], status: 500)
        }
        for strike in strikes { strike.fault.spoil(strike, &answer) }
        return answer
    }

    /// The one list of endpoints.
    private func answer(_ route: Route, _ call: Call, _ strikes: [FaultPlan.Strike]) async throws -> Answer {
        for strike in strikes {
            if let refusal = strike.fault.refuse(strike) { throw refusal }
            if let instead = strike.fault.instead(strike) { return instead }
        }
        guard route.needsToken else {
            switch route {
            case .anonymousToken: return try await anonymousToken(call)
            case .film(let name): return try await film(name, call)
            case .uploadedFile(let name): return try await uploadedFile(name, call)
            case .createSession, .message, .upload, .credits, .state, .submitRender, .pollRender, .downloadRender,
                .cancelRender, .claimToken:
                throw Refusal.invalidToken
            }
        }
        let account = try await account(call, strikes)
        if choices.missingAttribution == .everywhere {
            let missing = call.request.missingAttribution
            guard missing.isEmpty else { throw Refusal.unattributed(missing) }
        }
        switch route {
        case .createSession: return try await createSession(call, account)
        case .message: return try await message(call, account, strikes)
        case .upload(let session): return try await upload(to: session, call, account, strikes)
        case .credits: return await credits(account)
        case .state(let session): return try await state(of: session, account, strikes)
        case .submitRender: return try await submitRender(call, account, strikes)
        case .pollRender(let id): return try await pollRender(id, account)
        case .downloadRender(let id): return try await downloadRender(id, call, account)
        case .cancelRender(let id): return try await cancelRender(id, account)
        case .claimToken: return try await claimToken(call, account)
        case .anonymousToken, .film, .uploadedFile: throw Refusal.notFound
        }
    }

    private func account(_ call: Call, _ strikes: [FaultPlan.Strike]) async throws -> Account {
        let words = (call.request.headers[.authorization] ?? "").split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bearer",
            let account = await store.account(bearing: String(words[1]))
        else { throw Refusal.invalidToken }
        if strikes.contains(where: { $0.fault.does == .endToken }) {
            try await store.expire(account)
            throw Refusal.invalidToken
        }
        return account
    }

    /// The session, unless a fault makes it vanish in this very moment.
    func session(_ id: String, of account: Account, _ strikes: [FaultPlan.Strike]) async throws -> Session {
        if strikes.contains(where: { $0.fault.does == .endSession }) { try await store.forget(id, of: account) }
        guard let session = await store.session(id, of: account) else { throw Refusal.unknownSession(id) }
        return session
    }
}

extension HTTPRequest {
    /// Who asks, in the three headers of the contract; those that are not there.
    var missingAttribution: [String] {
        ["X-Skill-Source", "X-Skill-Version", "X-Skill-Platform"].filter { (headers[HTTPHeader($0)] ?? "").isEmpty }
    }

    fileprivate var expectsContinue: Bool { headers[HTTPHeader("Expect")]?.lowercased() == "100-continue" }
}

extension PeerSocket {
    /// Looks for it only where it is needed.
    fileprivate init?(_ request: HTTPRequest, port: UInt16, if isNeeded: Bool) {
        guard isNeeded else { return nil }
        self.init(request, port: port)
    }
}

/// Where the server listens, known only once it does.
final class Origin: Sendable {
    private let port = Mutex<UInt16>(0)

    func set(_ port: UInt16) { self.port.withLock { $0 = port } }
    var number: UInt16 { port.withLock { $0 } }
    var url: String { "http://127.0.0.1:\(number)" }
}
