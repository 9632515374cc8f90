import ReelModel
import Testing

extension ContractRow {
    static let sessions = [
        ContractRow("2.2-open", "a session is opened with a name, with or without a language") { service in
            let user = try await service.user()
            for body: JSON in [["task_name": "project"], ["task_name": "project", "language": "zh-CN"]] {
                let answer = try await service.post("/api/tasks/me/with-session/nemo_agent", user, body)
                #expect(answer.status == 200)
                #expect(answer.field("session_id")?.identifier?.isEmpty == false)
            }
        },
        ContractRow("2.2-name", "a session without a name is refused") { service in
            let user = try await service.user()
            #expect(try await service.post("/api/tasks/me/with-session/nemo_agent", user, [:]).isRefusal)
        },
        ContractRow("2.2-each", "each call opens another session") { service in
            let user = try await service.user()
            let ids = [try await service.session(user), try await service.session(user)]
            #expect(ids[0] != ids[1])
        },
        ContractRow("2.2-unknown", "a session that is not there, or is somebody else's, is 1002") { service in
            let user = try await service.user()
            let strangers = try await service.session(try await service.user())
            let draft: JSON = ["d": 1000, "t": [["tt": 0, "sg": [["d": 1000]]]]]
            for session in ["7", strangers] {
                // The agent's own server says 404 in words.
                let message = try await service.send("hello", session, user)
                #expect(message.meaning == 1002 || message.status == 404)
                #expect(try await service.state(session, user).meaning == 1002)
                #expect(try await service.upload("passes-upright.jpg", session, user).meaning == 1002)
                #expect(try await service.submit(ContractService.newRender(), session, draft, user).meaning == 1002)
            }
        },
    ]

    static let states = [
        ContractRow("2.6-fresh", "a new session has no draft and no media") { service in
            let user = try await service.user()
            let state = try await service.state(try await service.session(user), user).field("state")
            let draft = state?["draft"] ?? .null
            #expect(draft == .null || draft.isEmpty)
            #expect((state?["video_infos"] ?? .null).isEmpty || state?["video_infos"] == .null)
        },
        ContractRow("2.6-uploads", "what was uploaded is in video_infos") { service in
            let user = try await service.user()
            let session = try await service.session(user)
            _ = try await service.upload("passes-upright.jpg", session, user)
            let state = try await service.state(session, user).field("state")
            #expect(state?["video_infos"]?.isEmpty == false)
        },
        ContractRow("2.6-draft", "after a message the draft has tracks (t) of a type (tt) with segments (sg)") {
            service in
            let (_, draft) = try await service.draft(try await service.user())
            let tracks = try #require(draft["t"]?.elements)
            #expect(tracks.contains { $0["sg"]?.elements?.isEmpty == false })
            for track in tracks { #expect(track["tt"]?.integer != nil) }
            let pictures = try #require(tracks.first { $0["tt"]?.integer == 0 }?["sg"]?.elements)
            // Milliseconds.
            #expect(pictures.reduce(0) { $0 + ($1["d"]?.integer ?? 0) } == 2000)
        },
        ContractRow("2.6-title", "a title is a track of type 7, and goes when it is asked to") { service in
            let user = try await service.user()
            let session = try await service.session(user)
            _ = try await service.send("make a video, title 'Night Market'", session, user)
            func titles() async throws -> Int? {
                try await service.state(session, user).field("state")?["draft"]?["t"]?.elements?
                    .count { $0["tt"]?.integer == 7 }
            }
            #expect(try await titles() == 1)
            _ = try await service.send("remove the title", session, user)
            #expect(try await titles() == 0)
        },
    ]
}
