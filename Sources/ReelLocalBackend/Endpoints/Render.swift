internal import FlyingFox
internal import Foundation
internal import ReelModel

extension Service {
    /// `POST /api/render/proxy/lambda`: an export under the client's own id. It costs nothing, but it is refused to
    /// requests that do not say which skill they come from.
    func submitRender(_ call: Call, _ account: Account) async throws -> HTTPResponse {
        let missing = ["X-Skill-Source", "X-Skill-Version", "X-Skill-Platform"].filter {
            (call.request.headers[HTTPHeader($0)] ?? "").isEmpty
        }
        guard missing.isEmpty else { throw Refusal.exportBlocked(missing) }
        var fields = Fields(try await call.body.json(limit: choices.maxDocumentBytes))
        let id = fields.string("id")
        let sessionID = fields.string("sessionId")
        let draft = fields.object("draft")
        if let format = fields.body["output"]?["format"], format != "mp4" {
            fields.complain("output", "format", message: "the only format is mp4", input: format)
        }
        if !id.isEmpty, !(id.count <= 128 && id.allSatisfy(Self.isPlain)) {
            fields.complain("id", message: "an id is up to 128 letters, digits, - and _", input: .string(id))
        }
        try fields.check()
        guard let session = await store.session(sessionID, of: account) else {
            throw Refusal.unknownSession(sessionID)
        }
        let plan: DraftReading
        do {
            plan = try DraftReading(draft, assets: session.assets)
        } catch {
            throw Refusal.unprocessable("draft", message: error.reason)
        }
        let job = try await store.submit(
            render: id, storyboard: plan.storyboard, assets: plan.assets, session: session.id, of: account)
        await queue.enqueue(job.id)
        return Reply.json(status(of: job))
    }

    /// `GET /api/render/proxy/lambda/<id>`
    func pollRender(_ id: String, _ account: Account) async throws -> HTTPResponse {
        guard let job = await store.render(id, of: account) else { throw Refusal.unknownRender(id) }
        return Reply.json(status(of: job))
    }

    /// `GET /api/render/proxy/<id>/download`
    func downloadRender(_ id: String, _ call: Call, _ account: Account) async throws -> HTTPResponse {
        guard let job = await store.render(id, of: account) else { throw Refusal.unknownRender(id) }
        guard job.status == .completed else { throw Refusal.unfinishedRender(job) }
        return try Reply.file(store.folder.film(job.film), type: "video/mp4", for: call.request)
    }

    /// What `output.url` points to: whoever knows the name may read.
    func film(_ name: String, _ call: Call) async throws -> HTTPResponse {
        guard let job = await store.render(film: name), job.status == .completed else { throw Refusal.notFound }
        return try Reply.file(store.folder.film(job.film), type: "video/mp4", for: call.request)
    }

    /// What an upload's `cdn_url` points to.
    func uploadedFile(_ name: String, _ call: Call) async throws -> HTTPResponse {
        guard let file = await store.upload(fileName: name) else { throw Refusal.notFound }
        let type = FileType.named(file.pathExtension)?.mediaType ?? "application/octet-stream"
        return try Reply.file(file, type: type, for: call.request)
    }

    /// The answer's dialect A: everything at the top, the film under `output`.
    private func status(of job: RenderJob) -> JSON {
        let progress = job.status == .completed ? 100 : queue.progress.of(job.id)
        var members: [JSON.Member] = [
            .init("taskId", .string(job.id)), .init("status", .string(job.status.rawValue)),
            .init("progress", JSON(progress)),
        ]
        if job.status == .completed {
            members.append(
                .init(
                    "output",
                    [
                        "url": .string("\(origin.url)/files/renders/\(job.film).mp4"),
                        "duration": JSON(Double(job.storyboard.duration) / 1000), "size": JSON(job.bytes ?? 0),
                    ]))
        }
        if let error = job.error { members.append(.init("error", .string("local backend: " + error))) }
        return .object(members)
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "-" || character == "_")
    }
}
