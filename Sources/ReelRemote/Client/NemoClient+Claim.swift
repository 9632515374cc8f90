internal import ReelModel

extension NemoClient {
    /// The address at which a person takes the project over in a browser, good for seven days. It holds a token of its
    /// own that opens nothing but the project; the access token is never in an address.
    ///
    /// The call is published by the vendor and not part of the brief: a backend without it answers `notFound`.
    public func claimAddress(session: String) async throws -> String {
        var body: [JSON.Member] = [JSON.Member("session_id", .string(session))]
        let asking = Order(call: .state, method: .get, address: stateAddress(of: session))
        if let task = try await ask(asking).envelope.field("task_id", "taskId")?.identifier {
            body.insert(JSON.Member("task_id", .string(task)), at: 0)
        }
        let order = Order(
            call: .claim, method: .post, address: backend.path("api", "auth", "claim-token"),
            body: .bytes(JSON.object(body).bytes(), contentType: "application/json"))
        let envelope = try await ask(order).envelope
        guard let token = envelope.field("claim_token", "claimToken")?.identifier else {
            throw RemoteError(
                .unreadableAnswer, call: .claim, origin: backend.origin, cause: "there is no claim_token in it")
        }
        return configuration.webAddress + "/workspace/claim?ct=" + WebAddress.segment(token)
    }
}
