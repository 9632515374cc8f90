internal import Foundation
internal import ReelFormats
internal import ReelModel
internal import ReelRemote
internal import ReelWorker

/// A render that was asked for, and what it was asked to show.
struct OrderedRender: Sendable {
    var id: String
    var draft: Draft
    /// Where the result lies; `nil` where only the backend's own download by id is known.
    var address: String?
}

extension Runner {
    /// Renders are tried this often, each under an id of its own.
    private static let attempts = 2

    func render(_ session: String, _ work: Work) async throws -> OrderedRender {
        for attempt in 0..<Self.attempts {
            let record = try journal.record(of: .render(attempt), in: work.run)
            if record?.answer["failed"] != nil { continue }
            let render = try await submit(attempt, record, session, work)
            observe(.timeline(render.draft.summary))
            if let finished = try await poll(render, isLast: attempt == Self.attempts - 1, work) {
                try journal.finish(
                    .render(attempt), of: work.run, ["address": finished.address.map(JSON.string) ?? .null])
                return finished
            }
            try journal.finish(.render(attempt), of: work.run, ["failed": true])
        }
        throw Ended(
            failure: Failure(
                .notDone, subject: work.run, problem: "the backend failed to render it \(Self.attempts) times",
                remedy: "Change the timeline with another prompt, or try again later"))
    }

    /// Asks for the render, unless it is known to have been asked for.
    private func submit(
        _ attempt: Int, _ record: StepRecord?, _ session: String, _ work: Work
    ) async throws -> OrderedRender {
        if let record, let id = record.intent["id"]?.text, let draft = record.intent["draft"].flatMap({ Draft($0) }) {
            // It may or may not have arrived: its own id tells.
            if try await status(of: id) == nil { try await order(id, draft, session) }
            return OrderedRender(id: id, draft: draft)
        }
        guard let draft = try await client.state(session: session).draft, draft.isExportable else {
            throw Failure(
                .notDone, subject: work.run, problem: "the session has no timeline that could be rendered",
                remedy: "Send a prompt that makes one; `reelgate status --session \(session)` shows it")
        }
        let id = "render_\(Int64(Date().timeIntervalSince1970 * 1000))_\(work.run.suffix(5))\(attempt)"
        try journal.begin(.render(attempt), of: work.run, ["id": .string(id), "draft": draft.json])
        try await order(id, draft, session)
        return OrderedRender(id: id, draft: draft)
    }

    /// Submits it under that id. Where the answer is lost, the id tells whether it arrived; and an id of our own that is
    /// taken already was taken by us.
    private func order(_ id: String, _ draft: Draft, _ session: String) async throws {
        var isAgain = false
        while true {
            do {
                _ = try await client.submitRender(id: id, session: session, draft: draft.json)
                return
            } catch let error as RemoteError where error.mayHaveTakenEffect || error.kind == .refused(code: 409) {
                if error.mayHaveTakenEffect {
                    observe(.note("The answer to the export was lost; asking for it by its id"))
                }
                if try await status(of: id) != nil { return }
                guard error.mayHaveTakenEffect, !isAgain else { throw error }
                isAgain = true
            }
        }
    }

    /// `nil` where it failed and another attempt is allowed.
    private func poll(_ render: OrderedRender, isLast: Bool, _ work: Work) async throws -> OrderedRender? {
        var machine = RenderPolling(interval: work.order.pollInterval, isLastAttempt: isLast)
        observe(.rendering(fraction: 0))
        while true {
            let look = try await look(at: render.id)
            switch machine.on(look) {
            case .wait: try await pause(work.order.pollInterval)
            case .fetch(let address):
                observe(.rendering(fraction: 1))
                var finished = render
                finished.address = address
                return finished
            case .fetchByID:
                observe(.rendering(fraction: 1))
                return render
            case .retryWithNewID(let why):
                observe(.note("The render failed (\(why)); trying once more under a new id"))
                return nil
            case .fail(let why):
                throw Ended(
                    failure: Failure(
                        .notDone, subject: render.id, problem: "the backend failed to render it",
                        remedy: "Change the timeline with another prompt, or export again later", cause: why))
            case .leave:
                throw Failure(
                    .interrupted, subject: render.id, problem: "the render is still not finished",
                    remedy: "`reelgate resume \(work.run)` goes on waiting for it")
            }
        }
    }

    private func look(at id: String) async throws -> RenderPolling.Look {
        do {
            // It was accepted, and may only not be listed yet: a new one would be a second job.
            guard let status = try await status(of: id) else { return .unanswered }
            switch status.phase {
            case .pending, .processing, .unknown:
                observe(.rendering(fraction: min(status.fraction ?? 0, 0.99)))
                return .running
            case .completed: return .completed(address: status.address)
            case .failed: return .failed(why: status.error ?? "no reason given")
            }
        } catch let error as RemoteError where error.isTransient {
            return .unanswered
        }
    }

    /// `nil` where the backend knows no such render.
    private func status(of id: String) async throws -> RenderStatus? {
        do {
            return try await client.pollRender(id)
        } catch let error as RemoteError where error.kind == .notFound {
            return nil
        }
    }

    /// Fetches the result to a file beside its target, looks at it, and renames it.
    func download(_ render: OrderedRender, to target: String, _ work: Work) async throws {
        if try journal.record(of: .download, in: work.run)?.isAnswered == true,
            FileManager.default.fileExists(atPath: target)
        {
            return
        }
        try journal.begin(.download, of: work.run)
        let folder = (target as NSString).deletingLastPathComponent
        let part = folder + "/." + (target as NSString).lastPathComponent + "." + work.run + ".part"
        try? FileManager.default.removeItem(atPath: part)
        let file = try OpenFile.creating(part)
        do {
            try await fetch(render, into: file, work)
            try Self.requireMP4(file, target)
            guard rename(part, target) == 0 else {
                throw Failure(
                    .notDone, subject: target, problem: "the finished file cannot be put in its place",
                    remedy: "Check the folder's permissions", cause: String(cString: strerror(errno)))
            }
        } catch {
            try? FileManager.default.removeItem(atPath: part)
            throw error
        }
        try journal.finish(.download, of: work.run)
    }

    private func fetch(_ render: OrderedRender, into file: OpenFile, _ work: Work) async throws {
        let observe = observe
        let progress: @Sendable (Double) -> Void = { observe(.downloading(fraction: $0)) }
        progress(0)
        if let address = render.address {
            do {
                try await client.download(address, to: file.descriptor, progress: progress)
                return
            } catch let error as RemoteError where error.kind == .linkExpired || error.kind == .notFound {
                observe(.note("The download link has expired; asking for a new one"))
                if let fresh = try await status(of: render.id)?.address, fresh != address {
                    try await client.download(fresh, to: file.descriptor, progress: progress)
                    return
                }
            }
        }
        try await client.downloadFallback(render: render.id, to: file.descriptor, progress: progress)
    }

    /// An answer that is an error page must not become the result.
    private static func requireMP4(_ file: OpenFile, _ target: String) throws {
        var source = try DescriptorSource(file)
        let facts = try HeaderReader.facts(of: &source, name: target)
        guard facts.type.value == .mp4 || facts.type.value == .mov else {
            throw Failure(
                .notDone, subject: target,
                problem: "what came back is not an MP4 but \(facts.type.value?.name ?? "of an unknown type")",
                remedy: "Ask for it again with `reelgate export`")
        }
    }

    /// Gate 2: every frame, against what the draft ordered.
    func verify(_ target: String, _ render: OrderedRender, _ work: Work) async throws -> FileReport {
        let observe = observe
        var report = await examiner.examine(
            target, profiles: [work.profiles.export], expectation: Expectation(draft: render.draft),
            depth: .frames, strict: work.order.strict
        ) { observe(.verifying(fraction: $0)) }
        try Task.checkCancellation()
        report.role = .output
        return report
    }
}
