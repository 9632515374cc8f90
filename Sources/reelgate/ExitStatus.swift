import Glibc
import ReelModel

/// How a command ends. Of several, the highest applies.
enum ExitStatus: Int32, Comparable {
    case allPass = 0
    case fileFails = 1
    /// A file could not be examined, or a step could not be done.
    case notDone = 2
    case usage = 64
    case unreachable = 69
    case interrupted = 75
    /// Token, credits or plan.
    case refused = 77

    init(_ failure: Failure) {
        self =
            switch failure.kind {
            case .unreadable, .notDone, .workerDied: .notDone
            case .usage: .usage
            case .unreachable: .unreachable
            case .refused: .refused
            case .interrupted: .interrupted
            }
    }

    init(_ report: FileReport) {
        let judged: ExitStatus =
            switch report.verdict {
            case .pass?, nil: .allPass
            case .fail?: .fileFails
            case .unreadable?: .notDone
            }
        self = max(judged, report.failure.map(ExitStatus.init) ?? .allPass)
    }

    init(_ files: [FileReport]) {
        self = files.map { ExitStatus($0) }.max() ?? .allPass
    }

    static func < (a: ExitStatus, b: ExitStatus) -> Bool { a.rawValue < b.rawValue }

    /// Ends the command this way, where that is not success.
    func end() {
        guard self != .allPass else { return }
        // What the argument parser would do, but for the help that it lays out first, for an error that has none.
        Glibc.exit(rawValue)
    }
}
