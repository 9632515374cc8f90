internal import ReelModel

extension Service {
    /// `POST /api/render/proxy/lambda/<id>/cancel`: only what has not been begun.
    func cancelRender(_ id: String, _ account: Account) async throws -> Answer {
        guard choices.cancel == .offered else { throw Refusal.notFound }
        return status(of: try await store.cancel(id, of: account))
    }
}
