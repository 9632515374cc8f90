internal import Foundation
public import ReelModel

/// Carries a batch out: so many lines at once, each a run of its own in the journal. A batch that was stopped goes on
/// where it was; a line that is done is not done again, and one that fails harms no other.
public struct BatchRunner: Sendable {
    /// What became of a line.
    public enum Outcome: Sendable {
        case ran(RunResult)
        /// An earlier process ended it; the journal's note of it.
        case earlier(RunRecord)
        case failed(Failure)
    }

    public struct Options: Sendable {
        /// Lines at once.
        public var jobs: Int
        /// Whether lines that an earlier process ended without a result are begun anew.
        public var retriesFailed: Bool
        /// Whether lines that are done are begun anew.
        public var again: Bool

        public init(jobs: Int, retriesFailed: Bool = false, again: Bool = false) {
            self.jobs = jobs
            self.retriesFailed = retriesFailed
            self.again = again
        }
    }

    private let runner: Runner
    private let journal: Journal

    public init(runner: Runner, journal: Journal) {
        self.runner = runner
        self.journal = journal
    }

    /// Ends once every line has ended. When the task is cancelled, lines that are not finished are told as interrupted.
    /// - Parameter ended: called once for each line, as it ends, from several tasks.
    public func carryOut(
        _ lines: [BatchLine], _ options: Options, ended: @escaping @Sendable (BatchLine, Outcome) -> Void
    ) async {
        var lanes = Self.lanes(lines)[...]
        await withTaskGroup(of: Void.self) { group in
            func addNext() {
                guard let lane = lanes.popFirst() else { return }
                group.addTask { await carryOut(lane: lane, options, ended) }
            }
            for _ in 0..<max(options.jobs, 1) { addNext() }
            while await group.next() != nil { addNext() }
        }
    }

    /// Lines that have to follow one another, in the order of the first of each.
    static func lanes(_ lines: [BatchLine]) -> [[BatchLine]] {
        var lanes: [[BatchLine]] = []
        var places: [String: Int] = [:]
        for line in lines {
            if let project = line.project, let place = places[project] {
                lanes[place].append(line)
            } else {
                if let project = line.project { places[project] = lanes.count }
                lanes.append([line])
            }
        }
        return lanes
    }

    private func carryOut(
        lane: [BatchLine], _ options: Options, _ ended: @Sendable (BatchLine, Outcome) -> Void
    ) async {
        var session: String?
        for line in lane {
            var line = line
            if line.project != nil { line.order.session = session }
            let outcome: Outcome
            do {
                outcome = try await carryOut(line, options)
            } catch let failure as Failure {
                outcome = .failed(failure)
            } catch {
                outcome = .failed(
                    Failure(
                        .notDone, subject: "line \(line.number)", problem: "it could not be carried out",
                        remedy: "Run the batch again", cause: "\(error)"))
            }
            if let run = try? journal.run(line: line.key)?.id { session = (try? journal.session(of: run)) ?? session }
            ended(line, outcome)
        }
    }

    private func carryOut(_ line: BatchLine, _ options: Options) async throws -> Outcome {
        if let record = try journal.run(line: line.key) {
            switch record.status {
            case .unfinished: return .ran(try await runner.resume(record))
            case .done where !options.again: return .earlier(record)
            case .failed where !options.retriesFailed && !options.again: return .earlier(record)
            case .done, .failed: break
            }
        }
        guard !Task.isCancelled else {
            throw Failure(
                .interrupted, subject: "line \(line.number)", problem: "the batch was interrupted before it",
                remedy: "Run the batch again: it goes on where it was")
        }
        return .ran(try await runner.start(line.order, line: line.key))
    }
}
