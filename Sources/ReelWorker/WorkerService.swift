public import ReelModel
internal import Synchronization

/// The media service in processes of its own: it starts `reelgate-media` when there is something to do, hands it open
/// files, and replaces it when it crashes, hangs or breaks its limits, which costs the one request that it had.
///
/// Everything it throws is a `Failure`: `workerDied` where the worker was lost, `interrupted` where the task was
/// cancelled (which ends the worker at once), `notDone` where no worker could be started.
public final class WorkerService: MediaService {
    private let configuration: Configuration
    private let turnstile: Turnstile
    private let idle = Mutex<[WorkerSlot]>([])

    /// Starts nothing yet.
    public init(_ configuration: Configuration) {
        self.configuration = configuration
        turnstile = Turnstile(limit: configuration.processLimit)
    }

    deinit {
        for slot in idle.withLock({ $0 }) { slot.stop() }
    }

    public func libraries() async throws -> [String: String] {
        let reply = try await carryOut(.libraries, files: [], progress: { _ in })
        guard case .libraries(let versions) = reply else { throw mismatch("the media libraries") }
        return versions
    }

    public func inspect(_ file: OpenFile, depth: Depth, progress: @escaping ProgressHandler) async throws -> Facts {
        let reply = try await carryOut(.inspect(name: file.name, depth: depth), files: [file], progress: progress)
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

    private func carryOut(
        _ task: WorkerRequest.Task, files: [OpenFile], progress: @escaping ProgressHandler
    ) async throws(Failure) -> WorkerReply.Content {
        guard files.count <= LineSender.descriptorLimit else {
            throw Failure(
                .usage, subject: task.subject, problem: "it is made of \(files.count) files",
                remedy: "Use at most \(LineSender.descriptorLimit)")
        }
        let job = WorkerJob(task: task, files: files, progress: progress)
        guard await turnstile.enter() else { throw job.interruption }
        defer { turnstile.leave() }
        let slot: WorkerSlot
        if let free = idle.withLock({ $0.popLast() }) {
            slot = free
        } else {
            slot = try WorkerSlot(configuration: configuration)
        }
        let outcome = await slot.carryOut(job)
        idle.withLock { $0.append(slot) }
        return try outcome.get()
    }

    private func mismatch(_ subject: String) -> Failure {
        Failure(
            .workerDied, subject: subject, problem: "the media worker answered something else than was asked",
            remedy: "Install reelgate and reelgate-media of one version")
    }
}

extension WorkerService {
    /// Of the workers that are alive and have nothing to do, for tests.
    package var processIdentifiers: [Int32] { idle.withLock { $0 }.compactMap { $0.processIdentifier } }
}
