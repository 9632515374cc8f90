internal import ReelModel

/// Talks to one worker after another: starts one when there is a request and none is alive. It lives on one thread.
final class WorkerConversation {
    /// Loading a hundred libraries takes a tenth of a second, and longer on a machine that has much else to do.
    private static let startPatience = Duration.seconds(30)

    private let configuration: WorkerService.Configuration
    private var process: WorkerProcess?
    private var lastID = WorkerReply.unasked

    init(configuration: WorkerService.Configuration) { self.configuration = configuration }

    /// Of the worker at hand.
    var processIdentifier: Int32? { process?.child.identifier }

    /// Waits until the request has ended, one way or another.
    func carryOut(_ job: WorkerJob) -> Result<WorkerReply.Content, Failure> {
        let outcome: Result<WorkerReply.Content, Failure>
        do throws(Failure) {
            outcome = .success(try answer(to: job))
        } catch {
            outcome = .failure(error)
        }
        // The worker of a job that was called off has been told to die, even where it was quick enough to answer.
        if !job.detach() { process = nil }
        return outcome
    }

    private func answer(to job: WorkerJob) throws(Failure) -> WorkerReply.Content {
        let process = try worker(for: job)
        lastID += 1
        let request = WorkerRequest(id: lastID, task: job.task)
        let line: [UInt8]
        do {
            line = try MessageCoder.line(request)
        } catch {
            throw Failure(
                .usage, subject: job.task.subject, problem: "the request cannot be put into a message",
                remedy: "Check its numbers", cause: "\(error)")
        }
        guard process.send(line, descriptors: job.files.map { $0.descriptor }) else { throw death(of: job) }
        while true {
            switch process.next(patience: configuration.patience) {
            case .line(let line):
                guard let reply = try? MessageCoder.message(WorkerReply.self, from: line), reply.id == lastID else {
                    throw death(of: job, because: "sent something that is not an answer")
                }
                switch reply.content {
                case .progress(let fraction): job.progress.report(fraction)
                case .failed(let failure): throw failure
                case .hello: throw death(of: job, because: "sent something that is not an answer")
                case .libraries, .facts, .fitted, .rendered: return reply.content
                }
            case .ended: throw death(of: job)
            case .babbled(let what): throw death(of: job, because: what)
            case .silent: throw death(of: job, because: "gave no sign of progress for \(configuration.patience)")
            }
        }
    }

    /// The worker at hand where it is alive, else a new one that has greeted us.
    private func worker(for job: WorkerJob) throws(Failure) -> WorkerProcess {
        if let process, !process.isStale() {
            guard job.attach(process.child) else { throw job.interruption }
            return process
        }
        process = nil
        let fresh = try WorkerProcess.start(configuration)
        guard job.attach(fresh.child) else { throw job.interruption }
        if case .line(let line) = fresh.next(patience: max(configuration.patience, Self.startPatience)),
            let reply = try? MessageCoder.message(WorkerReply.self, from: line), reply.id == WorkerReply.unasked,
            case .hello(let version) = reply.content
        {
            guard version == WorkerRequest.version else {
                throw Failure(
                    .notDone, subject: configuration.executable,
                    problem: "it speaks version \(version) of the worker's messages, not \(WorkerRequest.version)",
                    remedy: "Install reelgate and reelgate-media of one version")
            }
            process = fresh
            return fresh
        }
        let (ending, words) = fresh.end()
        if job.isCancelled { throw job.interruption }
        throw Failure(
            .notDone, subject: configuration.executable, problem: "the media worker did not start: it \(ending.words)",
            remedy: "Check that it is reelgate-media, and that the media libraries are installed", cause: words)
    }

    /// Puts an end to the worker, and to the job.
    private func death(of job: WorkerJob, because reason: String? = nil) -> Failure {
        let (ending, words) = process?.end() ?? (.unknown, nil)
        process = nil
        if job.isCancelled { return job.interruption }
        return Failure(
            .workerDied, subject: job.task.subject,
            problem: "the media worker \(reason.map { "\($0), and was stopped" } ?? ending.words)",
            remedy: "Try again; a file with which it happens again is damaged or means harm", cause: words)
    }
}
