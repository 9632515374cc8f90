import Foundation
import ReelModel
import Testing

extension ContractRow {
    static let exports = [
        ContractRow("2.7-submit", "an export is taken under the client's own id") { service in
            let user = try await service.user()
            let (session, draft) = try await service.draft(user)
            let id = ContractService.newRender()
            let answer = try await service.submit(id, session, draft, user)
            #expect(!answer.isRefusal, "\(answer.text)")
            let status = try await service.get("/api/render/proxy/lambda/\(id)", user)
            #expect(["pending", "processing", "completed"].contains(status.field("status")?.text?.lowercased()))
        },
        ContractRow("2.7-output", "what is to be written need not be said") { service in
            let user = try await service.user()
            let (session, draft) = try await service.draft(user)
            let answer = try await service.submit(ContractService.newRender(), session, draft, user, output: nil)
            #expect(!answer.isRefusal)
        },
        ContractRow("2.7-duplicate", "an id that was used is refused") { service in
            let user = try await service.user()
            let (session, draft) = try await service.draft(user)
            let id = ContractService.newRender()
            #expect(try await service.submit(id, session, draft, user).isRefusal == false)
            #expect(try await service.submit(id, session, draft, user).isRefusal)
        },
        ContractRow("2.7-draft", "without a draft that has a segment there is nothing to export") { service in
            let user = try await service.user()
            let session = try await service.session(user)
            for draft: JSON? in [nil, [:], ["t": []], ["t": [["tt": 0, "sg": []]]]] {
                let answer = try await service.submit(ContractService.newRender(), session, draft, user)
                #expect(answer.isRefusal, "\(draft?.description ?? "none")")
            }
        },
        ContractRow("2.7-free", "an export costs no credits") { service in
            let user = try await service.user()
            let (session, draft) = try await service.draft(user)
            let before = try await service.get("/api/credits/balance/simple", user).field("available")
            let id = ContractService.newRender()
            _ = try await service.submit(id, session, draft, user)
            _ = try await service.finished(id, user)
            #expect(try await service.get("/api/credits/balance/simple", user).field("available") == before)
        },
        ContractRow("2.8-completed", "a render is completed, at 100, and says where the film is") { service in
            let user = try await service.user()
            let (session, draft) = try await service.draft(user)
            let id = ContractService.newRender()
            _ = try await service.submit(id, session, draft, user)
            let done = try await service.finished(id, user)
            #expect(done.field("status")?.text?.lowercased() == "completed")
            #expect(done.field("progress")?.double == 100)
            #expect(done.film?.isEmpty == false)
            if let seconds = done.json["output"]?["duration"]?.double { #expect(abs(seconds - 2) < 0.1) }
        },
        ContractRow("2.8-unknown", "a render that is not there, or is somebody else's, is 404") { service in
            let user = try await service.user()
            let (session, draft) = try await service.draft(user)
            let id = ContractService.newRender()
            _ = try await service.submit(id, session, draft, user)
            let stranger = try await service.user()
            #expect(try await service.get("/api/render/proxy/lambda/\(id)", stranger).isRefusal)
            #expect(try await service.get("/api/render/proxy/lambda/render_never", user).isRefusal)
            #expect(try await service.get("/api/render/proxy/render_never/download", user).isRefusal)
        },
        ContractRow("2.11-cancel", "a render may be cancelled; whatever the answer, it can be asked about") { service in
            let user = try await service.user()
            let (session, draft) = try await service.draft(user)
            let id = ContractService.newRender()
            _ = try await service.submit(id, session, draft, user)
            let answer = try await service.ask(
                "/api/render/proxy/lambda/\(id)/cancel", ["-X", "POST"] + user.headers)
            #expect(answer.status < 500)
            let status = try await service.finished(id, user).field("status")?.text?.lowercased()
            #expect(status == "completed" || status == "failed")
        },
    ]

    static let downloads = [
        ContractRow("2.8-film", "the film is read without a token, whole and in parts") { service in
            let user = try await service.user()
            let (session, draft) = try await service.draft(user)
            let id = ContractService.newRender()
            _ = try await service.submit(id, session, draft, user)
            let done = try await service.finished(id, user)
            let address = try #require(done.film)
            let url = address.hasPrefix("/") ? service.origin + address : address
            let whole = try await Curl.ask(url)
            #expect(whole.status == 200)
            #expect(whole.headers["content-length"] == String(whole.body.count))
            if let size = done.json["output"]?["size"]?.integer { #expect(size == Int64(whole.body.count)) }
            let part = try await Curl.ask(url, ["-r", "100-199"])
            #expect(part.status == 206)
            #expect(part.body == Array(whole.body[100..<200]))
            #expect(part.headers["content-range"] == "bytes 100-199/\(whole.body.count)")
            #expect(try await Curl.ask(url, ["-r", "\(whole.body.count)-"]).status == 416)
            let head = try await Curl.ask(url, ["-I"])
            #expect(head.headers["content-length"] == String(whole.body.count))
        },
        ContractRow("2.8-changed", "a part of another version is not given for this one") { service in
            let user = try await service.user()
            let (session, draft) = try await service.draft(user)
            let id = ContractService.newRender()
            _ = try await service.submit(id, session, draft, user)
            let address = try #require(try await service.finished(id, user).film)
            let url = address.hasPrefix("/") ? service.origin + address : address
            let tag = try await Curl.ask(url, ["-r", "0-9"]).headers["etag"]
            guard let tag else { return }
            #expect(try await Curl.ask(url, ["-r", "10-19", "-H", "If-Range: \(tag)"]).status == 206)
            #expect(try await Curl.ask(url, ["-r", "10-19", "-H", "If-Range: \"other\""]).status == 200)
        },
        ContractRow("2.9-fallback", "the second way gives the same bytes, or their address") { service in
            let user = try await service.user()
            let (session, draft) = try await service.draft(user)
            let id = ContractService.newRender()
            _ = try await service.submit(id, session, draft, user)
            let address = try #require(try await service.finished(id, user).film)
            let url = address.hasPrefix("/") ? service.origin + address : address
            let second = try await service.get("/api/render/proxy/\(id)/download", user, ["-L"])
            if second.film != nil { return }
            let first = try await Curl.ask(url)
            #expect(second.body == first.body)
            #expect(try await service.ask("/api/render/proxy/\(id)/download").isRefusal)
        },
    ]
}
