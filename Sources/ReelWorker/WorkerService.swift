public import ReelModel
internal import Synchronization

/// The media service in processes of its own: it starts `reelgate-media` when there is something to do, hands it open
/// files, and replaces it when it crashes, hangs or breaks its limits, which costs the one request that it had.
///
/// Everything it throws is a `Failure`: `workerDied` where the worker was lost, `interrupted` where the task was
/// cancelled (which ends the worker at once), `notDone` where no worker could be started.
public final class WorkerService: RequestedMediaService {
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

    public func carryOut(
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
}

extension WorkerService {
    /// Of the workers that are alive and have nothing to do, for tests.
    package var processIdentifiers: [Int32] { idle.withLock { $0 }.compactMap { $0.processIdentifier } }
}
