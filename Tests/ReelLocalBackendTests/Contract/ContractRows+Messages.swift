import Foundation
import ReelModel
import Testing

extension ContractRow {
    private static func texts(_ events: [JSON], partial: Bool) -> [String] {
        events.filter { ($0["partial"] == true) == partial }
            .map { event in
                (event["content"]?["parts"]?.elements ?? []).filter { $0["thought"] != true }
                    .compactMap { $0["text"]?.text }.joined()
            }
            .filter { !$0.isEmpty }
    }

    static let messages = [
        ContractRow("2.3-stream", "a message without role and streaming is answered with a stream that ends") {
            service in
            let user = try await service.user()
            let answer = try await service.send("make a video", try await service.session(user), user)
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"]?.hasPrefix("text/event-stream") == true)
            #expect(!answer.events.isEmpty)
        },
        ContractRow("3.4-camel-case", "the body's fields may be in camel case") { service in
            let user = try await service.user()
            let session = try await service.session(user)
            let answer = try await service.post(
                "/run_sse", user,
                [
                    "appName": "nemo_agent", "userId": "me", "sessionId": .string(session),
                    "newMessage": ["parts": [["text": "make a video"]]],
                ])
            #expect(!answer.events.isEmpty)
        },
        ContractRow("3.4-fields", "each field of the body is needed: 422, and which") { service in
            let user = try await service.user()
            let session = try await service.session(user)
            let whole = try #require(ContractService.message("hello", session).members)
            for index in whole.indices {
                var members = whole
                members.remove(at: index)
                let answer = try await service.post("/run_sse", user, .object(members))
                #expect(answer.status == 422, "without \(whole[index].key)")
                let detail = answer.json["detail"]?[0]
                #expect(detail?["loc"]?[0] == "body")
                #expect(detail?["msg"]?.text?.isEmpty == false)
            }
            let broken = try await service.ask(
                "/run_sse", user.headers + ["-H", "Content-Type: application/json", "-d", "{\"app_name\": "])
            #expect(broken.status == 422)
        },
        ContractRow("3.4-app", "another agent is unknown: 404") { service in
            let user = try await service.user()
            let session = try await service.session(user)
            var members = try #require(ContractService.message("hello", session).members)
            members[0].value = "another_agent"
            #expect(try await service.post("/run_sse", user, .object(members)).status == 404)
        },
        ContractRow("3.1-framing", "the stream is data lines and blank lines, in UTF-8, and nothing else") { service in
            let user = try await service.user()
            let answer = try await service.send("标题“城市之梦” ✅", try await service.session(user), user)
            let text = try #require(String(bytes: answer.body, encoding: .utf8))
            for line in text.replacingOccurrences(of: "\r\n", with: "\n").components(separatedBy: "\n") {
                #expect(line.isEmpty || line.hasPrefix("data:") || line.hasPrefix(":") || line.hasPrefix("event:"))
            }
        },
        ContractRow("3.2-events", "an event has an id, a time, an invocation and an author") { service in
            let user = try await service.user()
            let events = try await service.send("make a video", try await service.session(user), user).events
            for event in events where event["author"] != nil {
                #expect(event["id"]?.text?.isEmpty == false)
                #expect(event["timestamp"]?.double.map { $0 > 1_500_000_000 && $0 < 10_000_000_000 } == true)
                #expect(event["invocationId"]?.text?.isEmpty == false)
            }
            #expect(Set(events.compactMap { $0["invocationId"] }).count == 1)
        },
        ContractRow("3.2-calls", "a call's result bears the call's id and name") { service in
            let user = try await service.user()
            let events = try await service.send("make a video", try await service.session(user), user).events
            let parts = events.flatMap { $0["content"]?["parts"]?.elements ?? [] }
            let calls = parts.compactMap { $0["functionCall"] }
            for result in parts.compactMap({ $0["functionResponse"] }) {
                #expect(calls.contains { $0["id"] == result["id"] && $0["name"] == result["name"] })
            }
        },
        ContractRow("3.3-partials", "partial texts, joined, are what a whole one says again") { service in
            let user = try await service.user()
            let events = try await service.send("make a video", try await service.session(user), user).events
            let partial = texts(events, partial: true).joined()
            if !partial.isEmpty { #expect(texts(events, partial: false).contains(partial)) }
        },
        ContractRow("2.3-effect", "when the stream ends, what it did is in the state") { service in
            let user = try await service.user()
            let session = try await service.session(user)
            _ = try await service.send("make a video, 4 seconds", session, user)
            #expect(try await service.state(session, user).field("state")?["draft"]?["t"]?.isEmpty == false)
        },
        ContractRow("2.3-silent", "an edit may end without a word and be made all the same", needsScript: true) {
            service in
            let user = try await service.user()
            let session = try await service.session(user)
            _ = try await service.send("make a video", session, user)
            let answer = try await service.send("silent: title 'Kite'", session, user)
            #expect(texts(answer.events, partial: false).isEmpty)
            #expect(try await service.state(session, user).field("state")?["draft"]?["m"]?["title"] == "Kite")
        },
        ContractRow("3.4-exception", "an exception is a last line with an error", needsScript: true) { service in
            let user = try await service.user()
            let events = try await service.send("boom", try await service.session(user), user).events
            #expect(texts(events, partial: false) == ["about to fail"])
            #expect(events.last?["error"]?.text == "RuntimeError: backend \"exploded\"\nline two")
        },
        ContractRow("3.2-error-event", "an error may be an event of its own", needsScript: true) { service in
            let user = try await service.user()
            let events = try await service.send("errevent", try await service.session(user), user).events
            #expect(events.map { $0["errorCode"] } == ["RESOURCE_EXHAUSTED"])
        },
        ContractRow("3.3-oracle", "the recorded turn says its three texts, and the thought is none", needsScript: true)
        {
            service in
            let user = try await service.user()
            let events = try await service.send("adk-default", try await service.session(user), user).events
            #expect(
                texts(events, partial: false) == ["Generating your video…\n", "calling tool", "Done 完成 ✅"])
            #expect(texts(events, partial: true) == ["Gen", "erating ", "your video…\n"])
        },
        ContractRow("3.1-heartbeats", "heartbeats mean that work goes on", needsScript: true) { service in
            let user = try await service.user()
            let answer = try await service.send("heartbeats 5 minutes", try await service.session(user), user)
            #expect(answer.text.components(separatedBy: "data:\n\n").count > 20)
            #expect(texts(answer.events, partial: false).count == 2)
        },
    ]
}
