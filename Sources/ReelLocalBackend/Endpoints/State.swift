internal import FlyingFox
internal import ReelModel

extension Service {
    /// `GET /api/state/nemo_agent/me/<session>/latest`
    func state(of id: String, _ account: Account) async throws -> HTTPResponse {
        guard let session = await store.session(id, of: account) else { throw Refusal.unknownSession(id) }
        let canvas = session.composition.map { JSON($0.canvas) } ?? nil
        return Reply.envelope([
            "session_id": .string(session.id), "task_id": .string(session.taskID),
            "task_name": .string(session.taskName),
            "state": [
                "draft": session.composition?.draft ?? nil, "video_infos": .array(session.assets.map(description)),
                "generated_media": [], "canvas_config": canvas,
            ],
        ])
    }

    /// An upload as it is listed: what is not known is left out. `duration` is in seconds here.
    func description(of asset: Asset) -> JSON {
        var members: [JSON.Member] = [
            .init("filename", .string(asset.name)), .init("file_type", .string(asset.content.kind.rawValue)),
            .init("cdn_url", .string("\(origin.url)/files/uploads/\(asset.fileName)")),
            .init("size", JSON(asset.bytes)),
        ]
        if let duration = asset.duration { members.append(.init("duration", JSON(duration))) }
        if let size = asset.size {
            members += [.init("width", JSON(size.width)), .init("height", JSON(size.height))]
        }
        if let frameRate = asset.frameRate { members.append(.init("fps", JSON(frameRate))) }
        return .object(members + [.init("asset_id", .string(asset.id))])
    }
}
