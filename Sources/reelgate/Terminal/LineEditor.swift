internal import CLineEditor
import Foundation
import Synchronization

/// Reads what a person types, a line at a time, with editing and a history where it is a terminal that they type on.
final class LineEditor: Sendable {
    private let historyFile: String
    /// Whether a person sits at both ends.
    let isInteractive: Bool
    private let waiting = Mutex<CheckedContinuation<String?, Never>?>(nil)

    /// Entries that the history keeps.
    private static let historyLength: CInt = 1000

    /// - Parameter historyFile: where earlier lines are kept; made with mode 0600.
    init(historyFile: String) {
        self.historyFile = historyFile
        isInteractive = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
        guard isInteractive else { return }
        // Without it the editor takes an é for two characters.
        setlocale(LC_CTYPE, "")
        using_history()
        stifle_history(Self.historyLength)
        read_history(historyFile)
    }

    /// The next line without its end; `nil` at the end of the input, or when the task is cancelled.
    func line(prompt: String) async -> String? {
        var terminal = termios()
        let isTerminal = tcgetattr(STDIN_FILENO, &terminal) == 0
        let asItWas = terminal
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiting.withLock { $0 = continuation }
                if Task.isCancelled { return answer(nil) }
                // A thread of its own: it waits for a person, who may take an hour.
                Thread.detachNewThread { self.answer(self.read(prompt)) }
            }
        } onCancel: {
            // The thread goes on waiting; the terminal is given back as it was.
            if isTerminal {
                var before = asItWas
                tcsetattr(STDIN_FILENO, TCSANOW, &before)
            }
            answer(nil)
        }
    }

    private func answer(_ line: String?) {
        let continuation = waiting.withLock { waiting in
            defer { waiting = nil }
            return waiting
        }
        continuation?.resume(returning: line)
    }

    private func read(_ prompt: String) -> String? {
        guard isInteractive else { return readLine() }
        guard let text = readline(prompt) else { return nil }
        defer { free(text) }
        let line = String(cString: text)
        if !line.allSatisfy(\.isWhitespace) {
            add_history(text)
            write_history(historyFile)
            chmod(historyFile, 0o600)
        }
        return line
    }
}
