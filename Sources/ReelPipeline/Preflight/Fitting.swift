internal import Foundation
public import ReelModel
public import ReelRules
public import ReelWorker

/// Makes copies that pass: plans, has the worker carry the plan out beside the target, judges the result by the same
/// rules, and only then puts it in its place. The original is never touched.
public struct Fitting: Sendable {
    let media: any MediaService
    public let examiner: Examiner

    public init(media: any MediaService) {
        self.media = media
        examiner = Examiner(media: media)
    }

    /// What would be done to a file, from its facts alone.
    public static func plan(_ facts: Facts, for profile: Profile, options: PlanOptions, path: String) throws -> Plan {
        switch Planner.plan(facts, profile: profile, options: options) {
        case .plan(let plan): return plan
        case .impossible(let leastBytes, let why):
            let least = leastBytes.map { "; it needs at least \($0) bytes" } ?? ""
            throw Failure(
                .notDone, subject: path, problem: "it cannot be made to pass \(profile.name): \(why)\(least)",
                remedy: leastBytes == nil
                    ? "Give another file" : "Give a larger budget, a shorter part of it, or another file")
        }
    }

    /// Carries a plan out. `target` must not be the source; it appears whole and passing, or not at all.
    ///
    /// - Parameter profiles: each of them has to take the copy, and the copy has to keep to the bytes and the seconds
    ///   that the plan has.
    public func carryOut(
        _ plan: Plan, from path: String, to target: String, profiles: [Profile],
        progress: @escaping ProgressHandler = { _ in }
    ) async throws -> FitReport {
        guard !Self.isSame(path, target) else {
            throw Failure(
                .usage, subject: target, problem: "the output is the input itself",
                remedy: "Give another name; originals are never changed")
        }
        let scratchPath = Self.scratchPath(beside: target)
        try Folders.makePrivate(scratchPath)
        defer { try? FileManager.default.removeItem(atPath: scratchPath) }
        // It bears the target's name already, because the name is judged with the content.
        let part = scratchPath + "/" + (target as NSString).lastPathComponent
        let before = Self.state(of: path)
        let outcome = try await make(plan, from: path, at: part, scratchPath, progress)
        guard Self.state(of: path) == before else {
            throw Failure(
                .unreadable, subject: path, problem: "it was changed while it was read",
                remedy: "Wait until nothing writes to it, and fit it again")
        }
        let judged = await examiner.examine(part, profiles: profiles)
        guard judged.verdict == .pass else {
            let names = profiles.map(\.name).joined(separator: ", ")
            throw Failure(
                .notDone, subject: path, problem: "the copy that was made does not pass \(names) either",
                remedy: "Please report this file",
                cause: judged.findings.first?.message ?? judged.notEvaluated.first?.why ?? judged.failure?.problem)
        }
        if let why = judged.facts.flatMap({ Self.excess(of: $0, over: plan) }) {
            throw Failure(
                .notDone, subject: path, problem: "the copy that was made \(why)", remedy: "Please report this file")
        }
        guard rename(part, target) == 0 else {
            throw Failure(
                .notDone, subject: target, problem: "the finished copy cannot be put in its place",
                remedy: "Check the folder's permissions", cause: String(cString: strerror(errno)))
        }
        return FitReport(output: target, plan: plan, bytes: judged.facts?.bytes, outcome: outcome)
    }

    /// By what a copy is more than its plan allows, or says more, in words; `nil` where it does not.
    static func excess(of facts: Facts, over plan: Plan) -> String? {
        if let most = plan.maxBytes, facts.bytes > most {
            return "has \(Figure.grouped(facts.bytes)) bytes, and \(Figure.grouped(most)) were allowed"
        }
        if plan.dropsPrivate {
            guard let entries = facts.metadata.value else {
                return "says of its making what is not known: \(facts.metadata.reason ?? "")"
            }
            if let told = entries.first(where: \.isPrivate) { return "still says \(told.key): \(told.value)" }
        }
        guard let most = plan.maxDuration else { return nil }
        guard let length = facts.playingTime else { return nil }
        guard let seconds = length.value else { return "is of no known length: \(length.reason ?? "")" }
        return seconds > most ? "lasts \(Figure.seconds(seconds)), and \(Figure.seconds(most)) were allowed" : nil
    }

    private func make(
        _ plan: Plan, from path: String, at part: String, _ scratchPath: String, _ progress: @escaping ProgressHandler
    ) async throws -> FitOutcome {
        guard plan.steps.contains(where: { $0 != .rename }) else {
            try copy(path, to: part)
            progress(1)
            let copy = try OpenFile.reading(part)
            return FitOutcome(bytes: try DescriptorSource(copy).length, encodes: 0, saturated: false, losses: [])
        }
        let input = try OpenFile.reading(path)
        let output = try OpenFile.creating(part)
        let scratch = try OpenFile.folder(scratchPath)
        return try await media.fit(plan, input: input, output: output, scratch: scratch, progress: progress)
    }

    private func copy(_ path: String, to part: String) throws(Failure) {
        do {
            try FileManager.default.copyItem(atPath: path, toPath: part)
        } catch {
            throw Failure(
                .notDone, subject: path, problem: "it cannot be copied to \(part)",
                remedy: "Check the space on the disk",
                cause: error.localizedDescription)
        }
    }

    /// In the target's own folder, so that the finished file only has to be renamed.
    private static func scratchPath(beside target: String) -> String {
        let folder = (target as NSString).deletingLastPathComponent
        return (folder.isEmpty ? "." : folder) + "/.reelgate-\(UUID().uuidString)"
    }

    /// What tells whether a file is still the one that it was: which it is, its length, and when it was written last.
    private struct State: Equatable {
        var numbers: [Int64]
    }

    private static func state(of path: String) -> State? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        #if canImport(Darwin)
            let (written, part) = (status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec)
        #else
            let (written, part) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
        #endif
        return State(numbers: [
            Int64(truncatingIfNeeded: status.st_dev), Int64(truncatingIfNeeded: status.st_ino), Int64(status.st_size),
            Int64(written), Int64(part),
        ])
    }

    private static func isSame(_ a: String, _ b: String) -> Bool {
        var (first, second) = (stat(), stat())
        return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev
            && first.st_ino == second.st_ino
    }
}
