import Testing

/// One row of the contract: what a client may rely on, and the question that shows whether it holds.
struct ContractRow: Sendable, CustomTestStringConvertible {
    /// The clause and a word.
    let id: String
    let statement: String
    /// Chosen by words that only a scripted agent knows.
    var needsScript = false
    let check: @Sendable (ContractService) async throws -> Void

    var testDescription: String { "\(id): \(statement)" }

    init(
        _ id: String, _ statement: String, needsScript: Bool = false,
        _ check: @escaping @Sendable (ContractService) async throws -> Void
    ) {
        self.id = id
        self.statement = statement
        self.needsScript = needsScript
        self.check = check
    }

    static let all = common + accounts + sessions + messages + uploads + states + exports + downloads
}

/// The contract, row by row, against the double or against what `REELGATE_CONTRACT_URL` names.
@Suite(.timeLimit(.minutes(15)))
struct ContractSuite {
    static let rows = ContractRow.all.filter { ContractService.elsewhere == nil || !$0.needsScript }

    @Test func everyRowHasItsOwnName() {
        #expect(Set(ContractRow.all.map(\.id)).count == ContractRow.all.count)
    }

    @Test(arguments: rows) func holds(_ row: ContractRow) async throws {
        let service = try await ContractService()
        try await row.check(service)
        await service.stop()
    }
}
