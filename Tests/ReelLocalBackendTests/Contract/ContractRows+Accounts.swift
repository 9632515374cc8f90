import ReelModel
import Testing

extension ContractRow {
    /// Every call but the first needs a token: method and path.
    private static let guarded = [
        ("POST", "/api/tasks/me/with-session/nemo_agent"), ("POST", "/run_sse"),
        ("POST", "/api/upload-video/nemo_agent/me/1"), ("GET", "/api/credits/balance/simple"),
        ("GET", "/api/state/nemo_agent/me/1/latest"), ("POST", "/api/render/proxy/lambda"),
        ("GET", "/api/render/proxy/lambda/r"), ("GET", "/api/render/proxy/r/download"),
    ]

    static let common = [
        ContractRow("1-bearer", "every call but the token's is 1001 without a token, or with a wrong one") { service in
            for (method, path) in guarded {
                for headers in [[], ["-H", "Authorization: Bearer nmv_usr_no"], ["-H", "Authorization: nmv_usr_no"]] {
                    let answer = try await service.ask(path, ["-X", method] + headers + Bench.attribution)
                    #expect([1001, 1010, 1011, 401].contains(answer.meaning), "\(method) \(path): \(answer.text)")
                }
            }
        },
        ContractRow("1-unknown-path", "what is no endpoint is 404") { service in
            for path in ["/", "/api", "/api/v1/generate", "/run_sse/x"] {
                let answer = try await service.ask(path)
                #expect(answer.status == 404, "\(path)")
            }
        },
        ContractRow("3.4-method", "a method that an endpoint does not have is 405") { service in
            for (method, path) in guarded {
                let other = method == "GET" ? "PUT" : "DELETE"
                let answer = try await service.ask(path, ["-X", other])
                #expect(answer.status == 405, "\(other) \(path)")
            }
        },
        ContractRow("1-attribution", "an export without one of the three attribution headers is 402") { service in
            let user = try await service.user()
            let (session, draft) = try await service.draft(user)
            for missing in 0..<3 {
                var headers = Bench.attribution
                headers.removeSubrange(missing * 2..<missing * 2 + 2)
                let id = ContractService.newRender()
                let body: JSON = ["id": .string(id), "sessionId": .string(session), "draft": draft]
                let answer = try await service.ask(
                    "/api/render/proxy/lambda",
                    ["-H", "Authorization: Bearer \(user.token)", "-H", "Content-Type: application/json"] + headers
                        + ["--data-binary", body.description])
                #expect(answer.meaning == 402)
                #expect(try await service.get("/api/render/proxy/lambda/\(id)", user).isRefusal)
            }
        },
    ]

    static let accounts = [
        ContractRow("2.1-client-id", "without X-Client-Id a token is refused with 400") { service in
            let answer = try await service.ask("/api/auth/anonymous-token", ["-X", "POST"] + Bench.attribution)
            #expect(answer.meaning == 400)
        },
        ContractRow("2.1-token", "a client id, of whatever kind up to 64 characters, is given a token") { service in
            for client in [
                "11111111-2222-3333-4444-555555555555", "client-1700000000-123", String(repeating: "x", count: 64),
            ] {
                let user = try await service.user(client: client)
                #expect(!user.token.isEmpty)
                #expect(try await service.get("/api/credits/balance/simple", user).meaning == 200)
            }
        },
        ContractRow("2.1-repeat", "a second request of the same client is given the same token, or 429") { service in
            let header = ["-X", "POST", "-H", "X-Client-Id: again-and-again"] + Bench.attribution
            let first = try await service.ask("/api/auth/anonymous-token", header)
            let second = try await service.ask("/api/auth/anonymous-token", header)
            #expect(second.meaning == 429 || second.field("token") == first.field("token"))
        },
        ContractRow("2.1-others", "another client is somebody else") { service in
            let first = try await service.user(client: "one")
            let second = try await service.user(client: "another")
            #expect(first.token != second.token)
        },
        ContractRow("2.1-grant", "a new anonymous account has 100 credits, for seven days") { service in
            let answer = try await service.ask(
                "/api/auth/anonymous-token", ["-X", "POST", "-H", "X-Client-Id: fresh"] + Bench.attribution)
            if let credits = answer.field("credits") { #expect(credits.double == 100) }
            let user = ContractService.User(token: try #require(answer.field("token")?.text))
            #expect(try await service.get("/api/credits/balance/simple", user).field("total")?.double == 100)
        },
        ContractRow("2.5-balance", "the balance is what is available and what is frozen, and their total") { service in
            let balance = try await service.get("/api/credits/balance/simple", try await service.user())
            let available = try #require(balance.field("available")?.double)
            let frozen = try #require(balance.field("frozen")?.double)
            #expect(balance.field("total")?.double == available + frozen)
        },
        ContractRow("2.5-spent", "messages cost credits until there are none: 2001") { service in
            let user = try await service.user()
            let session = try await service.session(user)
            var refused: Curl.Answer?
            for turn in 1...40 where refused == nil {
                let answer = try await service.send("make it \(turn) seconds", session, user)
                if answer.headers["content-type"]?.hasPrefix("text/event-stream") != true { refused = answer }
                if answer.events.contains(where: { $0["code"]?.integer == 2001 }) { return }
            }
            #expect(refused?.meaning == 2001)
        },
        ContractRow("2.10-claim", "a claim token is for the page, not for the API; or there is none") { service in
            let user = try await service.user()
            let opened = try await service.post(
                "/api/tasks/me/with-session/nemo_agent", user, ["task_name": "project"])
            let task = try #require(opened.field("task_id"))
            let session = try #require(opened.field("session_id"))
            let body: JSON = ["task_id": task, "session_id": session]
            let first = try await service.post("/api/auth/claim-token", user, body)
            if first.status == 404 { return }
            let claim = try #require(first.field("claim_token")?.text)
            #expect(claim.hasPrefix("clm_"))
            #expect(first.field("expires_in")?.integer == 604_800)
            #expect(try await service.get("/api/credits/balance/simple", .init(token: claim)).meaning == 1001)
            let wrong = try await service.post(
                "/api/auth/claim-token", user, ["task_id": task, "session_id": "7"])
            #expect(wrong.meaning == 1002)
            #expect(try await service.post("/api/auth/claim-token", user, [:]).isRefusal)
        },
    ]
}
