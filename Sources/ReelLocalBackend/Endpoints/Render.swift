internal import FlyingFox
internal import Foundation
internal import ReelModel

extension Service {
    /// `POST /api/render/proxy/lambda`: an export under the client's own id. It costs nothing, but it is refused to
    /// requests that do not say which skill they come from.
    func submitRender(
        _ call: Call, _ account: Account, _ strikes: [FaultPlan.Strike]
    ) async throws -> Answer {
        let missing = call.request.missingAttribution
        let isBlocked =
            switch choices.missingAttribution {
            case .exports, .everywhere: true
            case .outOfCredits: await store.credits(of: account).available <= 0
            }
        guard missing.isEmpty || !isBlocked else { throw Refusal.exportBlocked(missing) }
        var fields = Fields(try await call.body.json(limit: choices.maxDocumentBytes))
        let id = fields.string("id")
        let sessionID = fields.string("sessionId")
        let draft = choices.draftForm == .text ? fields.objectOrText("draft") : fields.object("draft")
        if let format = fields.body["output"]?["format"], format != "mp4" {
            fields.complain("output", "format", message: "the only format is mp4", input: format)
        }
        if !id.isEmpty, !(id.count <= 128 && id.allSatisfy(Self.isPlain)) {
            fields.complain("id", message: "an id is up to 128 letters, digits, - and _", input: .string(id))
        }
        try fields.check()
        let session = try await session(sessionID, of: account, strikes)
        let plan: DraftReading
        do {
            plan = try DraftReading(draft, assets: session.assets)
        } catch {
            throw Refusal.unprocessable("draft", message: error.reason)
        }
        let job = try await store.submit(
            render: id, storyboard: plan.storyboard, assets: plan.assets, session: session.id, of: account,
            isToFail: strikes.contains { $0.fault.does == .failRender })
        await queue.enqueue(job.id)
        return submitted(job)
    }

    /// `GET /api/render/proxy/lambda/<id>`
    func pollRender(_ id: String, _ account: Account) async throws -> Answer {
        guard let job = await store.render(id, of: account) else { throw Refusal.unknownRender(id) }
        return status(of: job)
    }

    /// `GET /api/render/proxy/<id>/download`
    func downloadRender(_ id: String, _ call: Call, _ account: Account) async throws -> Answer {
        guard let job = await store.render(id, of: account) else { throw Refusal.unknownRender(id) }
        guard job.status == .completed else { throw Refusal.unfinishedRender(job) }
        switch choices.fallback {
        case .bytes: return try .file(store.folder.film(job.film), type: "video/mp4", for: call.request)
        case .json: return .json(["output": ["url": .string(address(of: job))]])
        case .redirect:
            return Answer(status: 302, headers: ["Location": address(of: job)], body: .bytes([]))
        }
    }

    /// What `output.url` points to: whoever knows the name may read.
    func film(_ name: String, _ call: Call) async throws -> Answer {
        guard let job = await store.render(film: name), job.status == .completed else { throw Refusal.notFound }
        if let expires = call.request.query.first(where: { $0.name == "expires" })?.value {
            guard let time = Double(expires), await store.time < time else { throw Refusal.expiredLink }
        }
        return try .file(store.folder.film(job.film), type: "video/mp4", for: call.request)
    }

    /// What an upload's `cdn_url` points to.
    func uploadedFile(_ name: String, _ call: Call) async throws -> Answer {
        guard let file = await store.upload(fileName: name) else { throw Refusal.notFound }
        let type = FileType.named(file.pathExtension)?.mediaType ?? "application/octet-stream"
        return try .file(file, type: type, for: call.request)
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "-" || character == "_")
    }
}
