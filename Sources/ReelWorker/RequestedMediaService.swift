public import ReelModel

/// A media service that is asked in the messages of the worker, however they are answered: what each call asks, and
/// what its answer has to be, stands here once.
public protocol RequestedMediaService: MediaService {
    /// Carries a request out. `files` are those that the task names, in its order.
    func carryOut(
        _ task: WorkerRequest.Task, files: [OpenFile], progress: @escaping ProgressHandler
    ) async throws(Failure) -> WorkerReply.Content
}

extension RequestedMediaService {
    public func libraries() async throws -> [String: String] {
        let reply = try await carryOut(.libraries, files: [], progress: { _ in })
        guard case .libraries(let versions) = reply else { throw mismatch("the media libraries") }
        return versions
    }

    public func inspect(_ file: OpenFile, scope: Scope, progress: @escaping ProgressHandler) async throws -> Facts {
        let reply = try await carryOut(.inspect(name: file.name, scope: scope), files: [file], progress: progress)
        guard case .facts(let facts) = reply else { throw mismatch(file.name) }
        return facts
    }

    public func fit(
        _ plan: Plan, input: OpenFile, output: OpenFile, scratch: OpenFile, progress: @escaping ProgressHandler
    ) async throws -> FitOutcome {
        let reply = try await carryOut(
            .fit(plan: plan, inputName: input.name, outputName: output.name), files: [input, output, scratch],
            progress: progress)
        guard case .fitted(let outcome) = reply else { throw mismatch(input.name) }
        return outcome
    }

    public func render(
        _ storyboard: Storyboard, assets: [OpenFile], output: OpenFile, progress: @escaping ProgressHandler
    ) async throws {
        let reply = try await carryOut(
            .render(storyboard: storyboard, outputName: output.name, assetNames: assets.map { $0.name }),
            files: [output] + assets, progress: progress)
        guard case .rendered = reply else { throw mismatch(output.name) }
    }

    private func mismatch(_ subject: String) -> Failure {
        Failure(
            .workerDied, subject: subject, problem: "the media worker answered something else than was asked",
            remedy: "Install reelgate and reelgate-media of one version")
    }
}
