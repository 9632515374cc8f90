internal import ReelModel
internal import Synchronization

/// One request on its way through a worker, which can be called off at any time from any thread.
final class WorkerJob: Sendable {
    let task: WorkerRequest.Task
    /// Kept open until the request has ended.
    let files: [OpenFile]
    let progress: MonotoneProgress

    private struct State {
        var cancelled = false
        var child: ChildProcess?
    }

    private let state = Mutex(State())

    init(task: WorkerRequest.Task, files: [OpenFile], progress: @escaping ProgressHandler) {
        self.task = task
        self.files = files
        self.progress = MonotoneProgress(progress)
    }

    /// Ends the worker that carries it out, now or as soon as there is one.
    func cancel() {
        let child = state.withLock { state in
            state.cancelled = true
            return state.child
        }
        child?.kill()
    }

    var isCancelled: Bool { state.withLock { $0.cancelled } }

    /// Says which worker carries it out. `false`: it has been called off.
    func attach(_ child: ChildProcess) -> Bool {
        state.withLock { state in
            if !state.cancelled { state.child = child }
            return !state.cancelled
        }
    }

    /// From here on the worker is not touched. `false`: the job has been called off, and the worker with it.
    func detach() -> Bool {
        state.withLock { state in
            state.child = nil
            return !state.cancelled
        }
    }

    /// What a job that was called off ends with.
    var interruption: Failure {
        Failure(
            .interrupted, subject: task.subject, problem: "it was stopped before the end", remedy: "Start it again")
    }
}
