#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
internal import ReelModel

/// Talks to one worker after another: starts one when there is a request and none is alive. It lives on one thread.
final class WorkerConversation {
    /// Loading a hundred libraries takes a tenth of a second, and longer on a machine that has much else to do.
    private static let startPatience = Duration.seconds(30)

    /// How long a breach of the limits can go unseen.
    private static let interval = Duration.milliseconds(500)
    /// Bytes that a worker may still have in memory when it is given another request.
    private static let memoryKept: Int64 = 512 << 20
    private static let nonsense = Watch.Breach(words: "sent something that is not an answer", loss: .crashed)

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
        let allowance = Allowance(for: job, configuration)
        process.child.limitFiles(to: allowance.output)
        var watch = Watch(
            allowance, patience: configuration.patience, now: SuspendingClock.now, usage: process.child.usage)
        guard process.send(line, descriptors: job.files.map { $0.descriptor }) else { throw death(of: job) }
        while true {
            switch process.next(within: min(configuration.patience, Self.interval)) {
            case .line(let line):
                guard let reply = try? MessageCoder.message(WorkerReply.self, from: line), reply.id == lastID else {
                    throw death(of: job, because: Self.nonsense)
                }
                switch reply.content {
                case .progress(let fraction):
                    watch.heard(fraction, now: SuspendingClock.now)
                    job.progress.report(fraction)
                case .failed(let failure):
                    retireIfLarge()
                    throw failure
                case .hello: throw death(of: job, because: Self.nonsense)
                case .libraries, .facts, .fitted, .rendered:
                    retireIfLarge()
                    return reply.content
                }
            case .ended: throw death(of: job)
            case .babbled(let what): throw death(of: job, because: Watch.Breach(words: what, loss: .crashed))
            case .quiet: break
            }
            if let breach = watch.breach(now: SuspendingClock.now, usage: process.child.usage) {
                throw death(of: job, because: breach)
            }
        }
    }

    /// What one file has made grow is not counted against the next.
    private func retireIfLarge() {
        if let memory = process?.child.usage.memory, memory > Self.memoryKept { process = nil }
    }

    /// The worker at hand where it is alive, else a new one that has greeted us.
    private func worker(for job: WorkerJob) throws(Failure) -> WorkerProcess {
        // A worker reaches the scratch folder of its first request, and no other ever.
        if let process, !process.isStale(), !(process.isCommitted && job.task.needsScratch) {
            guard job.attach(process.child) else { throw job.interruption }
            return process
        }
        process = nil
        let fresh = try WorkerProcess.start(configuration)
        guard job.attach(fresh.child) else { throw job.interruption }
        if case .line(let line) = fresh.next(within: max(configuration.patience, Self.startPatience)),
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
    private func death(of job: WorkerJob, because breach: Watch.Breach? = nil) -> Failure {
        let child = process?.child
        let (ending, words) = process?.end() ?? (.unknown, nil)
        process = nil
        if job.isCancelled { return job.interruption }
        if breach == nil, ending == .exited(status: EX_OSERR) {
            return Failure(
                .notDone, subject: configuration.executable,
                problem: "the media worker could not give up its rights, and so was shown no file",
                remedy: "Allow it seccomp and Landlock, or run it where nothing else filters system calls",
                cause: words)
        }
        return Failure(
            .workerDied, subject: job.task.subject,
            problem: "the media worker \(breach.map { "\($0.words), and was stopped" } ?? ending.words)",
            remedy: "Try again; a file with which it happens again is damaged or means harm", cause: words,
            loss: breach?.loss ?? ending.loss(peak: child?.peakMemory ?? 0, limit: configuration.memoryLimit))
    }
}
