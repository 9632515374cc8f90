internal import FlyingFox
internal import ReelModel

extension Service {
    /// `GET /api/state/nemo_agent/me/<session>/latest`
    func state(of id: String, _ account: Account, _ strikes: [FaultPlan.Strike]) async throws -> Answer {
        let session = try await session(id, of: account, strikes)
        let composition = store.working.visible(session)
        var state: [JSON.Member] = []
        if let draft = draft(of: composition) { state.append(.init("draft", draft)) }
        state += [
            .init("video_infos", list(session.assets)), .init("generated_media", list([])),
            .init("canvas_config", canvas(of: composition)),
        ]
        return wording.success([
            "session_id": wording.id(session.id), "task_id": .string(session.taskID),
            "task_name": .string(session.taskName), "state": .object(state),
        ])
    }

    private func draft(of composition: Composition?) -> JSON? {
        guard let composition else {
            return switch choices.freshDraft {
            case .null: .null
            case .missing: nil
            case .empty: [:]
            }
        }
        let draft = composition.draft(keys: choices.segmentKeys)
        return choices.draftForm == .text ? .string(draft.description) : draft
    }

    private func list(_ assets: [Asset]) -> JSON {
        switch choices.mediaLists {
        case .list: .array(assets.map(description))
        case .dictionary: .object(assets.map { .init($0.id, description(of: $0)) })
        }
    }

    private func canvas(of composition: Composition?) -> JSON {
        guard let size = composition?.canvas else { return nil }
        return switch choices.canvas {
        case .size: JSON(size)
        case .ratio: size.width == size.height ? "1:1" : size.width > size.height ? "16:9" : "9:16"
        case .none: nil
        }
    }

    /// An upload as it is listed: what is not known is left out. `duration` is in seconds here.
    func description(of asset: Asset) -> JSON {
        var members: [JSON.Member] = [
            .init("filename", .string(asset.name)), .init("file_type", .string(asset.content.kind.rawValue)),
            .init("cdn_url", .string("\(origin.url)/files/uploads/\(asset.fileName)")),
            .init("size", wording.number(asset.bytes)),
        ]
        if let duration = asset.duration { members.append(.init("duration", JSON(duration))) }
        if let size = asset.size {
            members += [.init("width", JSON(size.width)), .init("height", JSON(size.height))]
        }
        if let frameRate = asset.frameRate { members.append(.init("fps", JSON(frameRate))) }
        return .object(members + [.init("asset_id", .string(asset.id))])
    }
}
