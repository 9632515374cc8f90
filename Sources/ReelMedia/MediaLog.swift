internal import CFFmpeg
internal import Synchronization

/// A line that a library logged, with the packet that it was about.
public struct LoggedLine: Sendable, Hashable {
    /// Presentation time of the packet that was being decoded, in its stream's time base; `nil` where it is not known.
    public var time: Int64?
    public var text: String
}

/// What the libraries say about one context of ours. It is fed from whatever thread the library logs on.
final class MediaLog: Sendable {
    /// More lines than this are counted but not kept until somebody takes them.
    private static let keptLines = 200

    private struct State {
        var last: String?
        var errors: [LoggedLine] = []
        var errorCount = 0
        /// The beginning of a line that the library has not ended yet.
        var begun = ""
        var begunAsError = false
    }

    /// What FFmpeg 5.1 tells once in the life of a process, of the first file that gives cause: of each other file it says
    /// nothing, so that it cannot be told of that one. DNxHD: blocks that are said to have their own colour transform in a
    /// picture whose header says that none has.
    private static let toldOnce: Set<String> = ["ACT flag set, in violation of frame header."]

    private let state = Mutex(State())
    /// The last line of no context of ours, and the thread it came from.
    private static let unowned = Mutex<(thread: UInt64, line: String)?>(nil)
    /// Touching it sends the libraries' log to us, once; nothing reaches standard error from then on.
    static let installed: Void = reel_log_install { context, level, line in
        guard let line else { return }
        MediaLog.receive(context, level, String(cString: line))
    }

    /// What this thread's libraries said before is about other files.
    init() {
        _ = MediaLog.installed
        let thread = currentThread()
        MediaLog.unowned.withLock { if $0?.thread == thread { $0 = nil } }
    }

    /// The last warning or error, in the library's words.
    var lastLine: String? {
        state.withLock { $0.last }
            ?? MediaLog.unowned.withLock { $0?.thread == currentThread() ? $0?.line : nil }
    }

    /// How many lines of level error or worse there were so far.
    var errorCount: Int { state.withLock { $0.errorCount } }

    /// The errors since this was called last.
    func takeErrors() -> [LoggedLine] {
        state.withLock { state in
            defer { state.errors.removeAll(keepingCapacity: true) }
            return state.errors
        }
    }

    private func add(_ piece: String, isError: Bool, time: Int64?) {
        state.withLock { state in
            state.begun += piece
            state.begunAsError = state.begunAsError || isError
            // No line is longer than this; a library that never ends one must not fill the memory.
            guard piece.hasSuffix("\n") || state.begun.utf8.count > 4096 else { return }
            let (text, wasError) = (MediaLog.trimmed(state.begun), state.begunAsError)
            state.begun = ""
            state.begunAsError = false
            guard !text.isEmpty, !MediaLog.toldOnce.contains(text) else { return }
            state.last = text
            guard wasError else { return }
            state.errorCount += 1
            if state.errors.count < MediaLog.keptLines { state.errors.append(LoggedLine(time: time, text: text)) }
        }
    }

    private static func trimmed(_ line: String) -> String {
        var text = line[...]
        while let end = text.last, end.isWhitespace { text.removeLast() }
        return String(text)
    }

    private static func receive(_ context: UnsafeMutableRawPointer?, _ level: CInt, _ line: String) {
        if let context, let (owner, time) = ContextOwner.of(context) {
            owner.log.add(line, isError: level <= AV_LOG_ERROR, time: time)
        } else {
            let (thread, text) = (currentThread(), trimmed(line))
            if !text.isEmpty { unowned.withLock { $0 = (thread, text) } }
        }
    }
}
