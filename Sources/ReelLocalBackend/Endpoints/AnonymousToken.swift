internal import FlyingFox
internal import Foundation
internal import ReelModel

extension Service {
    /// `POST /api/auth/anonymous-token`: seven days, a hundred credits.
    func anonymousToken(_ call: Call) async throws -> HTTPResponse {
        let client = call.request.headers[HTTPHeader("X-Client-Id")] ?? ""
        guard !client.isEmpty, client.count <= 64 else { throw Refusal.missingClientID }
        let account = try await store.account(ofClient: client)
        return Reply.envelope([
            "token": .string(account.token), "user_id": .string(account.userID),
            "expires_at": .string(Date(timeIntervalSince1970: account.expires).formatted(.iso8601)),
            "credits": JSON(await store.credits(of: account).available),
        ])
    }
}
