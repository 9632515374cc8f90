internal import FlyingFox
internal import Foundation
internal import ReelModel

extension Service {
    /// `POST /api/auth/anonymous-token`: seven days, a hundred credits.
    func anonymousToken(_ call: Call) async throws -> Answer {
        let client = call.request.headers[HTTPHeader("X-Client-Id")] ?? ""
        guard !client.isEmpty, client.count <= 64 else { throw Refusal.missingClientID }
        let account = try await store.account(ofClient: client)
        var members: [JSON.Member] = [.init("token", .string(account.token))]
        if choices.tokenAnswer == .full {
            members += [
                .init("user_id", .string(account.userID)), .init("expires_at", expiry(of: account)),
                .init("credits", wording.number(await store.credits(of: account).available)),
            ]
        }
        return wording.success(.object(members))
    }

    private func expiry(of account: Account) -> JSON {
        switch choices.expiry {
        case .iso: .string(Date(timeIntervalSince1970: account.expires).formatted(.iso8601))
        case .seconds: JSON(Int64(account.expires))
        case .milliseconds: JSON(Int64(account.expires * 1000))
        }
    }
}
