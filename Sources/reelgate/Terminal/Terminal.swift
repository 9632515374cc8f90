#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Synchronization

/// Standard output for results, standard error for progress and notes. Only the command has one.
final class Terminal: Sendable {
    static let shared = Terminal()

    /// Whether results may be coloured.
    let colorsResults: Bool
    /// Whether results go to a terminal.
    private let resultsAreSeen: Bool
    /// Whether notes and bars may be coloured and redrawn.
    let isInteractive: Bool

    private struct State {
        /// The bar that stands on the last line, to be wiped before anything else is written.
        var bar: ProgressBar?
        var outputIsGone = false
        /// Whether the last text has not ended its line yet.
        var isMidLine = false
        /// The same of results that are written as they come, and how they are broken into lines.
        var isMidResult = false
        var resultWrap: TextWrap?
        var noteWrap: TextWrap?
    }

    private let state = Mutex(State())

    private init() {
        // A reader that goes away is told by EPIPE on the next write; it is not an error.
        signal(SIGPIPE, SIG_IGN)
        let plain = getenv("NO_COLOR").map { strlen($0) > 0 } ?? false
        let dumb = getenv("TERM").map { strcmp($0, "dumb") == 0 } ?? true
        resultsAreSeen = isatty(STDOUT_FILENO) == 1
        colorsResults = resultsAreSeen && !plain && !dumb
        isInteractive = isatty(STDERR_FILENO) == 1 && !dumb
    }

    /// Writes a result.
    func result(_ bytes: [UInt8]) {
        state.withLock { state in
            Self.wipe(&state)
            guard !state.outputIsGone else { return }
            state.outputIsGone = !Self.write(bytes, to: STDOUT_FILENO)
        }
    }

    func result(_ text: String) {
        endText()
        result(Array((text + "\n").utf8))
    }

    /// Writes part of a line of results, as it comes.
    func resultText(_ text: String) {
        guard let last = text.last else { return }
        let lines = state.withLock { state in
            resultsAreSeen ? Self.broken(text, &state.resultWrap, columns: Self.columns(of: STDOUT_FILENO)) : text
        }
        result(Array(lines.utf8))
        state.withLock { $0.isMidResult = !last.isNewline }
    }

    /// Ends the line of what was written as it came.
    func endText() {
        state.withLock { state in
            guard state.isMidResult else { return }
            state.isMidResult = false
            state.resultWrap = nil
            if !state.outputIsGone { state.outputIsGone = !Self.write([UInt8(ascii: "\n")], to: STDOUT_FILENO) }
        }
    }

    /// Writes a line about what goes on.
    func note(_ text: String) {
        // Where both go to one terminal they must not share a line.
        if resultsAreSeen { endText() }
        state.withLock { state in
            Self.wipe(&state)
            let start = state.isMidLine ? "\n" : ""
            state.isMidLine = false
            state.noteWrap = nil
            let columns = Self.columns(of: STDERR_FILENO)
            let lines =
                isInteractive
                ? text.split(separator: "\n", omittingEmptySubsequences: false)
                    .map { TextWrap.line(String($0), columns: columns) }.joined(separator: "\n") : text
            _ = Self.write(Array((start + lines + "\n").utf8), to: STDERR_FILENO)
        }
    }

    /// Writes part of a line about what goes on, as it comes.
    func noteText(_ text: String) {
        state.withLock { state in
            guard let last = text.last else { return }
            Self.wipe(&state)
            state.isMidLine = !last.isNewline
            let lines =
                isInteractive ? Self.broken(text, &state.noteWrap, columns: Self.columns(of: STDERR_FILENO)) : text
            _ = Self.write(Array(lines.utf8), to: STDERR_FILENO)
        }
    }

    /// Shows how far a long step is. On a terminal a bar is redrawn; elsewhere a line is written when it is done.
    func progress(_ label: String, _ fraction: Double) {
        if resultsAreSeen { endText() }
        state.withLock { state in
            if state.isMidLine {
                state.isMidLine = false
                state.noteWrap = nil
                _ = Self.write([UInt8(ascii: "\n")], to: STDERR_FILENO)
            }
            var bar = state.bar?.label == label ? state.bar ?? ProgressBar(label: label) : ProgressBar(label: label)
            if state.bar != nil, state.bar?.label != label { Self.wipe(&state) }
            guard isInteractive else {
                if fraction >= 1, bar.fraction < 1 {
                    _ = Self.write(Array("\(label): done\n".utf8), to: STDERR_FILENO)
                }
                bar.fraction = fraction
                state.bar = bar
                return
            }
            let drawn = bar.redrawn(at: fraction, columns: Self.columns(of: STDERR_FILENO))
            state.bar = bar
            guard let drawn else { return }
            _ = Self.write(Array(drawn.utf8), to: STDERR_FILENO)
            state.bar = fraction >= 1 ? nil : bar
        }
    }

    private static func wipe(_ state: inout State) {
        guard let bar = state.bar else { return }
        if bar.isDrawn { _ = write(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO) }
        state.bar = nil
    }

    private static func broken(_ text: String, _ wrap: inout TextWrap?, columns: Int) -> String {
        var going = wrap ?? TextWrap(columns: columns)
        going.columns = columns
        defer { wrap = going }
        return going.on(text)
    }

    private static func columns(of descriptor: CInt) -> Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Whether all of it was taken.
    private static func write(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let n = systemWrite(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
                if n < 0, errno == EINTR { continue }
                if n <= 0 { return false }
                written += n
            }
            return true
        }
    }
}

private func systemWrite(_ descriptor: CInt, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
