import Foundation
import ReelModel
import ReelPipeline

/// Words a run's events for a person.
final class RunDisplay: Sendable {
    private let terminal: Terminal

    init(_ terminal: Terminal) { self.terminal = terminal }

    func show(_ event: RunEvent) {
        switch event {
        case .opened(let run): terminal.note("Run \(run)")
        case .connecting: terminal.note("Connecting…")
        case .ready: terminal.note("Ready!")
        case .checked(let report): checked(report)
        case .fitting(let name, let fraction): terminal.progress("Fitting \(name)", fraction)
        case .fitted(let name, let fit):
            let size = fit.bytes.map { " · \(Amounts.bytes($0))" } ?? ""
            terminal.note("  \(name) → \(name.fileStem).\(fit.plan.output.id)\(size)")
            for loss in fit.outcome?.losses ?? [] { terminal.note("    lost: \(loss)") }
        case .uploading(let name, let fraction): terminal.progress("Uploading \(name)", fraction)
        case .agent(let text): terminal.noteText(text)
        case .stillWorking: terminal.note("⏳ Still working...")
        case .askingState(let why): terminal.note("Asking the session's state: \(why)")
        // The run itself exports and shows what there is.
        case .asked: break
        case .changed(let lines): for line in lines { terminal.note("  \(line)") }
        case .credits(let before, let after):
            terminal.note("Credits: \(before - after) used, \(after) left")
        case .timeline(let summary): terminal.note(summary)
        case .rendering(let fraction): terminal.progress("Rendering", fraction)
        case .downloading(let fraction): terminal.progress("Downloading", fraction)
        case .verifying(let fraction): terminal.progress("Verifying every frame", fraction)
        case .note(let text): terminal.note(text)
        }
    }

    private func checked(_ report: FileReport) {
        // As short as it was typed, where it lies below the folder that the command was called in.
        let here = FileManager.default.currentDirectoryPath + "/"
        let path = report.path.hasPrefix(here) ? String(report.path.dropFirst(here.count)) : report.path
        switch report.verdict {
        case .pass?: terminal.note("✓ \(path)")
        case .fail?, .unreadable?, nil: terminal.note("✗ \(path)")
        }
        for finding in report.findings where finding.severity >= .risk {
            terminal.note("    \(finding.code.map { "\($0) " } ?? "")\(finding.rule): \(finding.message)")
        }
        for entry in report.notEvaluated { terminal.note("    not evaluated: \(entry.rule) (\(entry.why))") }
        if let failure = report.failure { terminal.note("    \(failure)") }
    }
}

extension String {
    /// A file's name without its last extension.
    fileprivate var fileStem: Substring {
        guard let dot = lastIndex(of: "."), dot != startIndex else { return self[...] }
        return self[..<dot]
    }
}

/// Quantities for people.
enum Amounts {
    /// In decimal units, as the limits are: `231.4 MB`.
    static func bytes(_ count: Int64) -> String {
        let units = ["bytes", "kB", "MB", "GB", "TB"]
        var value = Double(count)
        var unit = 0
        while value >= 999.95, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return unit == 0 ? "\(count) bytes" : "\((value * 10).rounded() / 10) \(units[unit])"
    }
}
