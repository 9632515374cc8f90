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

    public init(
        client: NemoClient, media: any MediaService, journal: Journal, stateFolder: String,
        observe: @escaping @Sendable (RunEvent) -> Void,
        pause: @escaping @Sendable (Double) async throws -> Void = { try await Task.sleep(for: .seconds($0)) }
    ) {
        self.client = client
        examiner = Examiner(media: media)
        fitting = Fitting(media: media)
        self.journal = journal
        self.stateFolder = stateFolder
        self.observe = observe
        self.pause = pause
    }

    /// Begins a new run.
    public func start(_ order: RunOrder) async throws -> RunResult {
        let run = try journal.open(order)
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
            try journal.close(run, as: result.ended, report: ["output": result.report.output.map(JSON.string) ?? .null])
            folder.clear()
            return result
        } catch let error as RemoteError {
            throw error.failure
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
        let session = try await session(of: work)
        observe(.ready)
        for (index, input) in inputs.enumerated() { try await upload(input, index, to: session, work) }
        try await message(to: session, work)
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

/// What a run came to.
public struct RunResult: Sendable {
    public var report: RunReport
    /// The inputs in their order, then the delivered file.
    public var files: [FileReport]
    /// How the journal closed the run.
    public var ended: RunRecord.Status
}

/// What all steps of one run share.
struct Work: Sendable {
    let order: RunOrder
    let run: String
    let folder: RunFolder
    let profiles: (upload: Profile, export: Profile)

    static func profiles(of order: RunOrder) throws -> (upload: Profile, export: Profile) {
        (try ProfileSource.profile(order.uploadProfile), try ProfileSource.profile(order.exportProfile))
    }
}
