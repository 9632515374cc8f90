internal import FlyingFox
internal import ReelModel

extension Service {
    /// `GET /api/credits/balance/simple`
    func credits(_ account: Account) async -> HTTPResponse {
        let (available, frozen) = await store.credits(of: account)
        return Reply.envelope([
            "available": JSON(available), "frozen": JSON(frozen), "total": JSON(available + frozen),
        ])
    }
}
