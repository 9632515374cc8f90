internal import Foundation
public import ReelModel
public import ReelRemote
internal import ReelRules
public import ReelWorker

/// The whole job: gate 1, fit, upload, message, render, download, gate 2. Every step is in the journal before it is
/// begun and after it is answered; a run that died is taken up where it was, and nothing that may have reached the
/// server is sent again.
public struct Runner: Sendable {
    let client: NemoClient
    let examiner: Examiner
    let fitting: Fitting
    let journal: Journal
    let stateFolder: String
    let observe: @Sendable (RunEvent) -> Void
    /// Waits for that many seconds; a test's clock need not.
    let pause: @Sendable (Double) async throws -> Void

    /// - Parameter transport: what inputs at addresses are judged with; without one they are refused.
    public init(
        client: NemoClient, media: any MediaService, transport: Transport? = nil, journal: Journal, stateFolder: String,
        observe: @escaping @Sendable (RunEvent) -> Void,
        pause: @escaping @Sendable (Double) async throws -> Void = { try await Task.sleep(for: .seconds($0)) }
    ) {
        self.client = client
        examiner = Examiner(media: media, transport: transport.map { transport in { @Sendable in transport } })
        fitting = Fitting(media: media)
        self.journal = journal
        self.stateFolder = stateFolder
        self.observe = observe
        self.pause = pause
    }

    /// Begins a new run.
    /// - Parameter line: the key of the batch's line that it carries out.
    public func start(_ order: RunOrder, line: String? = nil) async throws -> RunResult {
        let run = try journal.open(order, line: line)
        return try await carryOut(order, run: run)
    }

    /// Takes an unfinished run up. Throws `Failure.Kind.interrupted` where another process is at work on it.
    public func resume(_ record: RunRecord) async throws -> RunResult {
        try await carryOut(record.order, run: record.id)
    }

    private func carryOut(_ order: RunOrder, run: String) async throws -> RunResult {
        guard let folder = try RunFolder(run: run, stateFolder: stateFolder) else {
            throw Failure(
                .interrupted, subject: run, problem: "another process is at work on this run",
                remedy: "Wait for it, or end it and resume again")
        }
        observe(.opened(run: run))
        let work = Work(order: order, run: run, folder: folder, profiles: try Work.profiles(of: order))
        do {
            let result = try await steps(of: work)
            try journal.close(run, as: result.ended, report: result.note)
            folder.clear()
            return result
        } catch let ended as Ended {
            try journal.close(run, as: .failed, report: ["why": .string(ended.failure.problem)])
            folder.clear()
            throw ended.failure
        } catch let error as RemoteError {
            let failure = error.failure
            let isPromptTaken = try journal.record(of: .message, in: run)?.isAnswered == true
            if order.isTurn == true, order.prompt != nil, !isPromptTaken, !error.mayHaveTakenEffect {
                try journal.close(run, as: .failed, report: ["why": .string(failure.problem)])
                folder.clear()
            }
            throw failure
        } catch is CancellationError {
            throw Failure(
                .interrupted, subject: run, problem: "the run was interrupted",
                remedy: "`reelgate resume \(run)` continues it")
        }
    }

    private func steps(of work: Work) async throws -> RunResult {
        let inputs = try await prepare(work)
        guard inputs.allSatisfy({ $0.sent != nil }) else {
            return RunResult(report: RunReport(id: work.run), files: inputs.map(\.report), ended: .failed)
        }
        observe(.connecting)
        let session = try await delivered(inputs, work)
        var report = RunReport(id: work.run, session: session, uploads: inputs.compactMap { $0.sent?.name })
        var files = inputs.map { $0.report }
        if let target = work.order.output {
            let render = try await render(session, work)
            report.render = render.id
            report.summary = render.draft.summary
            try await download(render, to: target, work)
            report.output = target
            files.append(try await verify(target, render, work))
        }
        return RunResult(report: report, files: files, ended: .done)
    }
}

extension Runner {
    /// Uploads and prompt, in a session. One that has vanished is replaced by a new one, once, as long as nothing was
    /// paid for in it.
    private func delivered(_ inputs: [PreparedInput], _ work: Work) async throws -> String {
        do {
            return try await deliver(inputs, work)
        } catch let error as RemoteError where error.kind == .sessionNotFound {
            guard work.order.mayReopen ?? (work.order.session == nil),
                try journal.record(of: .message, in: work.run)?.isAnswered != true
            else { throw error }
            observe(.note("The session is gone; opening a new one"))
            let steps = [Step.session, .message] + inputs.indices.map { .upload($0) }
            try journal.undo(steps, of: work.run)
            var anew = work
            anew.order.session = nil
            return try await deliver(inputs, anew)
        }
    }

    private func deliver(_ inputs: [PreparedInput], _ work: Work) async throws -> String {
        let session = try await session(of: work)
        observe(.ready)
        for (index, input) in inputs.enumerated() { try await upload(input, index, to: session, work) }
        try await message(to: session, work)
        return session
    }
}

/// A failure after which going on would not help: the run is closed with it.
struct Ended: Error {
    var failure: Failure
}

/// What a run came to.
public struct RunResult: Sendable {
    public var report: RunReport
    /// The inputs in their order, then the delivered file.
    public var files: [FileReport]
    /// How the journal closed the run.
    public var ended: RunRecord.Status

    /// What the journal keeps of it.
    var note: JSON {
        let verdicts = files.map { file in file.verdict.map { JSON.string($0.rawValue) } ?? .null }
        return [
            "output": report.output.map(JSON.string) ?? .null, "session": report.session.map(JSON.string) ?? .null,
            "render": report.render.map(JSON.string) ?? .null, "verdicts": .array(verdicts),
        ]
    }
}

/// What all steps of one run share.
struct Work: Sendable {
    var order: RunOrder
    let run: String
    let folder: RunFolder
    let profiles: (upload: Profile, export: Profile)

    static func profiles(of order: RunOrder) throws -> (upload: Profile, export: Profile) {
        (try ProfileSource.profile(order.uploadProfile), try ProfileSource.profile(order.exportProfile))
    }
}
