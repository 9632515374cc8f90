internal import Foundation
internal import ReelModel
internal import ReelRules

extension Runner {
    /// Gate 1 and fit: every input, or its copy, as it will be sent.
    func prepare(_ work: Work) async throws -> [PreparedInput] {
        var prepared: [PreparedInput] = []
        var names: Set<String> = []
        for (index, path) in work.order.inputs.enumerated() {
            try Task.checkCancellation()
            var input = try await prepare(path, index, work)
            // What the backend fetches by itself is called what it is called there.
            if let sent = input.sent, !sent.isAddress {
                input.sent?.name = Self.unused(sent.name, &names)
            }
            prepared.append(input)
        }
        return prepared
    }

    private func prepare(_ path: String, _ index: Int, _ work: Work) async throws -> PreparedInput {
        let profile = work.profiles.upload
        if let uploaded = try await uploaded(path, index, work) { return uploaded }
        var report = await examiner.examine(path, profiles: [profile], strict: work.order.strict)
        try Task.checkCancellation()
        observe(.checked(report))
        guard let facts = report.facts else { return PreparedInput(report: report, sent: nil) }
        if report.verdict == .pass {
            return PreparedInput(report: report, sent: try Self.sent(path, report))
        }
        guard !PreparedInput.isAddress(path) else {
            report.failure = Failure(
                .notDone, subject: path, problem: "it would be refused, and what lies at an address is not changed",
                remedy: "Download it and give its path: then a copy is made that passes")
            return PreparedInput(report: report, sent: nil)
        }
        if let answer = try journal.record(of: .fit(index), in: work.run)?.answer,
            let copy = answer["path"]?.text, FileManager.default.fileExists(atPath: copy)
        {
            let again = await examiner.examine(copy, profiles: [profile], strict: work.order.strict)
            if again.verdict == .pass,
                let plan = try? Fitting.plan(facts, for: profile, options: PlanOptions(), path: path)
            {
                report.verdict = .pass
                report.fit = FitReport(
                    output: (copy as NSString).lastPathComponent, plan: plan, bytes: again.facts?.bytes, outcome: nil)
                return PreparedInput(report: report, sent: try Self.sent(copy, again))
            }
        }
        do {
            let name = (path as NSString).lastPathComponent
            let plan = try Fitting.plan(facts, for: profile, options: PlanOptions(), path: path)
            let folder = work.folder.path + "/fit-\(index)"
            try Folders.makePrivate(folder)
            let stem = (name as NSString).deletingPathExtension
            let target = folder + "/" + (stem.isEmpty ? "input" : stem) + "." + plan.output.id
            try? FileManager.default.removeItem(atPath: target)
            try journal.begin(.fit(index), of: work.run, ["input": .string(path)])
            let observe = observe
            let fit = try await fitting.carryOut(plan, from: path, to: target, profiles: [profile]) {
                observe(.fitting(name: name, fraction: $0))
            }
            try journal.finish(.fit(index), of: work.run, ["path": .string(target)])
            observe(.fitted(name: name, fit))
            let copy = await examiner.examine(target, profiles: [profile], strict: work.order.strict)
            // What is judged in a run is what is sent; the findings say what had to be mended.
            report.verdict = copy.verdict
            report.fit = fit
            // The copy goes when the run ends; the name it was sent under stays.
            report.fit?.output = (target as NSString).lastPathComponent
            return PreparedInput(report: report, sent: copy.verdict == .pass ? try Self.sent(target, copy) : nil)
        } catch let failure as Failure {
            // Being stopped says nothing about the file: the run is taken up again.
            if failure.kind == .interrupted { throw CancellationError() }
            report.failure = failure
            return PreparedInput(report: report, sent: nil)
        }
    }

    /// An input that an earlier process sent: it is there, whatever has become of the file since.
    private func uploaded(_ path: String, _ index: Int, _ work: Work) async throws -> PreparedInput? {
        guard let record = try journal.record(of: .upload(index), in: work.run), record.isAnswered,
            let name = record.intent["name"]?.text, let bytes = record.intent["bytes"]?.integer,
            let type = record.intent["type"]?.text.flatMap(FileType.named)
        else { return nil }
        var report = await examiner.examine(path, profiles: [work.profiles.upload], strict: work.order.strict)
        try Task.checkCancellation()
        // What was sent had passed gate 1; that is what a run judges.
        report.verdict = .pass
        report.failure = nil
        return PreparedInput(
            report: report, sent: PreparedInput.Sent(path: path, name: name, type: type, bytes: bytes))
    }

    private static func sent(_ path: String, _ report: FileReport) throws -> PreparedInput.Sent {
        guard let facts = report.facts, let type = facts.type.value else {
            throw Failure(
                .unreadable, subject: path, problem: "its type is not known", remedy: "Give a media file")
        }
        return PreparedInput.Sent(path: path, name: PreparedInput.name(of: path), type: type, bytes: facts.bytes)
    }

    /// Two inputs of the same name would be one on the server.
    private static func unused(_ name: String, _ used: inout Set<String>) -> String {
        var candidate = name
        var number = 2
        while !used.insert(candidate).inserted {
            let stem = (name as NSString).deletingPathExtension
            let ending = (name as NSString).pathExtension
            candidate = "\(stem)-\(number)" + (ending.isEmpty ? "" : "." + ending)
            number += 1
        }
        return candidate
    }
}
