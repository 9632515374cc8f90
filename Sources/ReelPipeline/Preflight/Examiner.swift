internal import ReelFormats
public import ReelModel
public import ReelRemote
internal import ReelRules
public import ReelWorker

/// Measures a file as deep as the question needs, and has the rules judge it.
public struct Examiner: Sendable {
    let media: any MediaService
    private let transport: (@Sendable () throws -> Transport)?

    /// - Parameter transport: makes what an address is read with, when there is one to read; without it they are refused.
    public init(media: any MediaService, transport: (@Sendable () throws -> Transport)? = nil) {
        self.media = media
        self.transport = transport
    }

    /// The facts of a file. Headers are read here; the worker is asked for what is deeper, and for the streams of
    /// types whose headers are not read here.
    public func facts(
        of path: String, scope: Scope, progress: @escaping ProgressHandler = { _ in }
    ) async throws -> Facts {
        let depth = scope.depth
        if path.contains("://") { return try await facts(at: path, depth: depth) }
        let file = try OpenFile.reading(path)
        var source = try DescriptorSource(file)
        let header = try HeaderReader.facts(of: &source, name: path, followsPictures: depth > .header)
        guard depth > .header || needsDemuxer(header) else { return header }
        do {
            return header.filled(from: try await media.inspect(file, scope: scope, progress: progress))
        } catch let failure as Failure where failure.loss != nil {
            // The decoder was lost over this file: that is what there is to say of it, besides its headers.
            var known = header
            known.inspectionFailure = failure.loss.map {
                InspectionFailure(kind: $0, depth: depth, message: failure.whatHappened)
            }
            return known
        } catch let failure as Failure where failure.kind == .unreadable {
            // The media libraries make nothing of it: what the header says is all there is to know.
            var known = header
            let why = failure.cause ?? failure.problem
            if known.video.value == nil { known.video = .unknown(why) }
            if known.audio.value == nil { known.audio = .unknown(why) }
            return known
        }
    }

    /// The facts of a file, with everything that is looked for at that depth.
    public func facts(
        of path: String, depth: Depth, progress: @escaping ProgressHandler = { _ in }
    ) async throws -> Facts {
        try await facts(of: path, scope: Scope(depth: depth), progress: progress)
    }

    private func facts(at address: String, depth: Depth) async throws -> Facts {
        guard let transport else {
            throw Failure(
                .usage, subject: address, problem: "an address cannot be used here",
                remedy: "Download the file and give its path")
        }
        guard depth == .header else {
            throw Failure(
                .usage, subject: address, problem: "a file at an address is read in its headers only",
                remedy: "Download it to have its \(depth.rawValue) measured")
        }
        return try await RangeSource.headerFacts(of: address, transport())
    }

    /// Judges a file against profiles, and against what was ordered. Never throws for what is wrong with the file:
    /// one that cannot be examined is reported as such.
    ///
    /// - Parameter sampling: whether a long film is decoded in parts only: a quick look, by which none passes.
    public func examine(
        _ path: String, profiles: [Profile], expectation: Expectation? = nil, selection: RuleSelection = .all,
        depth: Depth? = nil, sampling: Bool = false, strict: Bool = false,
        progress: @escaping ProgressHandler = { _ in }
    ) async -> FileReport {
        let needed = max(Engine.depth(for: profiles, expectation: expectation, selection: selection), depth ?? .header)
        do {
            var facts = try await facts(
                of: path,
                scope: Scope(
                    depth: needed, analyses: Engine.analyses(for: selection, against: profiles), isSample: sampling,
                    titles: expectation?.titles.map(\.span) ?? []),
                progress: progress)
            var (findings, notEvaluated) = Engine.judge(
                facts, profiles: profiles, expectation: expectation, selection: selection)
            if facts.depth == .header, facts.measured == nil, !path.contains("://"),
                Self.isOpen(findings, notEvaluated, strict)
            {
                // What a destination refuses for, and the header does not tell, the packets may.
                facts = try await self.facts(of: path, depth: .packets, progress: progress)
                (findings, notEvaluated) = Engine.judge(
                    facts, profiles: profiles, expectation: expectation, selection: selection)
            }
            return FileReport(
                path: path,
                verdict: Verdict(
                    findings: findings, notEvaluated: notEvaluated, strict: strict,
                    isSample: facts.measured?.sample != nil),
                profiles: profiles.map(\.name), facts: facts, findings: findings, notEvaluated: notEvaluated)
        } catch {
            return FileReport(
                path: path, verdict: .unreadable, profiles: profiles.map(\.name), facts: nil,
                failure: Self.failure(error, path))
        }
    }

    /// Whether a destination could still refuse it, and nothing else does.
    private static func isOpen(_ findings: [Finding], _ notEvaluated: [NotEvaluated], _ strict: Bool) -> Bool {
        let failing: Severity = strict ? .risk : .reject
        return !findings.contains { $0.severity >= failing }
            && notEvaluated.contains { $0.gravity >= failing && $0.profile != nil }
    }

    /// The reports of files that are posted together, judged as one post too.
    public static func together(_ files: [FileReport], profiles: [Profile], strict: Bool = false) -> [FileReport] {
        let all = files.map(\.facts)
        var judged = files
        for (place, facts) in all.enumerated() {
            guard let facts else { continue }
            let (findings, notEvaluated) = Engine.judge(facts, profiles: profiles, post: Post(all, at: place))
            judged[place].findings = findings
            judged[place].notEvaluated = notEvaluated
            judged[place].verdict = Verdict(findings: findings, notEvaluated: notEvaluated, strict: strict)
        }
        return judged
    }

    /// Says what a file is, and judges nothing.
    public func describe(
        _ path: String, depth: Depth, progress: @escaping ProgressHandler = { _ in }
    ) async -> FileReport {
        do {
            let facts = try await facts(of: path, depth: depth, progress: progress)
            return FileReport(
                path: path, verdict: nil, facts: facts,
                failure: facts.inspectionFailure.map {
                    Failure(
                        .workerDied, subject: path, problem: $0.message,
                        remedy: "Only its headers are known; do not open it elsewhere if it comes from a stranger",
                        loss: $0.kind)
                })
        } catch {
            return FileReport(path: path, verdict: .unreadable, facts: nil, failure: Self.failure(error, path))
        }
    }

    private static func failure(_ error: any Error, _ path: String) -> Failure {
        (error as? Failure)
            ?? Failure(
                .unreadable, subject: path, problem: "it could not be examined", remedy: "Try again", cause: "\(error)")
    }

    /// Whether the header leaves open what is in it. A file that is cut keeps nobody busy: it is refused for that.
    private func needsDemuxer(_ facts: Facts) -> Bool {
        if let missing = facts.missingBytes.value, missing > 0 { return false }
        guard let kind = facts.type.value?.kind else { return false }
        switch kind {
        case .video, .audio: return facts.video.value == nil && facts.audio.value == nil
        case .image: return facts.image?.size.value == nil
        case .other: return false
        }
    }
}

extension Failure {
    /// The problem and its cause, as one sentence.
    fileprivate var whatHappened: String { cause.map { "\(problem) (\($0))" } ?? problem }
}
