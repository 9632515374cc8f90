public import ReelModel
public import ReelWorker
internal import Synchronization

/// The media service within this process, for tests and for programs that want no second one. A file that crashes a
/// decoder takes the program with it, and one that gets the better of a decoder has all that the program has: nothing
/// is caged here, and no limit on time or memory is kept. `WorkerService` is the one for files of unknown origin.
///
/// Everything it throws is a `Failure`: `interrupted` where the task was cancelled.
public final class InProcessService: RequestedMediaService {
    /// Decoders and filters are given as much as a main thread has.
    private static let stackSize = 8 << 20

    public init() {}

    public func carryOut(
        _ task: WorkerRequest.Task, files: [OpenFile], progress: @escaping ProgressHandler
    ) async throws(Failure) -> WorkerReply.Content {
        let cancelled = Flag()
        let monotone = MonotoneProgress(progress)
        let outcome: Result<WorkerReply.Content, Failure> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let started = DedicatedThread.start(stackSize: Self.stackSize) {
                    let outcome: Result<WorkerReply.Content, Failure>
                    do throws(Failure) {
                        outcome = .success(
                            try Dispatcher.run(
                                task, descriptors: files.map { $0.descriptor },
                                progress: { monotone.report($0) }, isCancelled: { cancelled.isSet }))
                    } catch {
                        outcome = .failure(error)
                    }
                    continuation.resume(returning: outcome)
                }
                if !started {
                    continuation.resume(
                        returning: .failure(
                            Failure(
                                .notDone, subject: task.subject, problem: "no thread could be made for it",
                                remedy: "End some other programs, or raise the limit on threads")))
                }
            }
        } onCancel: {
            cancelled.set()
        }
        return try outcome.get()
    }

    private final class Flag: Sendable {
        private let value = Atomic<Bool>(false)
        var isSet: Bool { value.load(ordering: .relaxed) }
        func set() { value.store(true, ordering: .relaxed) }
    }
}
