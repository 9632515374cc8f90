internal import Dispatch
internal import ReelModel
internal import Synchronization

/// Room for one worker, with the thread that waits for it.
final class WorkerSlot: Sendable {
    typealias Outcome = Result<WorkerReply.Content, Failure>

    private enum Order: Sendable {
        case carryOut(WorkerJob, CheckedContinuation<Outcome, Never>)
        case stop
    }

    private let orders = Mutex<[Order]>([])
    private let arrival = DispatchSemaphore(value: 0)
    private let identifier = Mutex<Int32?>(nil)

    /// Of the worker, where there was one at the end of the last job.
    var processIdentifier: Int32? { identifier.withLock { $0 } }

    init(configuration: WorkerService.Configuration) throws(Failure) {
        let started = DedicatedThread.start { [self] in
            let conversation = WorkerConversation(configuration: configuration)
            while case .carryOut(let job, let continuation) = next() {
                let outcome = conversation.carryOut(job)
                identifier.withLock { $0 = conversation.processIdentifier }
                continuation.resume(returning: outcome)
            }
        }
        guard started else {
            throw Failure(
                .notDone, subject: configuration.executable, problem: "no thread could be made for the media worker",
                remedy: "End some other programs, or raise the limit on threads")
        }
    }

    /// One at a time.
    func carryOut(_ job: WorkerJob) async -> Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { give(.carryOut(job, $0)) }
        } onCancel: {
            job.cancel()
        }
    }

    /// Ends the worker and the thread, after the job in hand.
    func stop() { give(.stop) }

    private func give(_ order: Order) {
        orders.withLock { $0.append(order) }
        arrival.signal()
    }

    private func next() -> Order {
        arrival.wait()
        return orders.withLock { $0.removeFirst() }
    }
}
