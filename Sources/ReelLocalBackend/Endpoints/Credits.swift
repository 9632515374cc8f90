internal import FlyingFox
internal import ReelModel

extension Service {
    /// `GET /api/credits/balance/simple`
    func credits(_ account: Account) async -> Answer {
        let (available, frozen) = await store.credits(of: account)
        return wording.success([
            "available": wording.number(available), "frozen": wording.number(frozen),
            "total": wording.number(available + frozen),
        ])
    }
}
