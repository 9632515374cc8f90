internal import CFFmpeg
internal import ReelModel

/// The one way from a C result to a `Failure`: it names the call, the file and the library's last words.
struct MediaError {
    let subject: String
    let log: MediaLog
    /// `unreadable` for what reads, `notDone` for what makes.
    let kind: Failure.Kind

    /// The result where it is none of the negative error numbers.
    @discardableResult
    func check(_ result: CInt, _ call: String) throws(Failure) -> CInt {
        guard result < 0 else { return result }
        throw failure(result, call)
    }

    /// What a call that gives a pointer gave.
    func check<Pointee>(
        _ result: UnsafeMutablePointer<Pointee>?, _ call: String
    ) throws(Failure) -> UnsafeMutablePointer<Pointee> {
        guard let result else { throw failure(reel_averror_no_memory, call) }
        return result
    }

    func failure(_ code: CInt, _ call: String) -> Failure {
        if code == reel_averror_exit { return .stopped(subject) }
        return Failure(
            kind, subject: subject, problem: "\(call) failed: \(Self.words(for: code))", remedy: remedy(for: code),
            cause: log.lastLine, loss: code == reel_averror_no_memory ? .outOfMemory : nil)
    }

    /// The library's words for one of its error numbers.
    static func words(for code: CInt) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(AV_ERROR_MAX_STRING_SIZE)) { text in
            guard let base = text.baseAddress, av_strerror(code, base, text.count) == 0 else { return "error \(code)" }
            return String(cString: base)
        }
    }

    private func remedy(for code: CInt) -> String {
        if code == reel_averror_no_memory { return "Free some memory, or allow the worker more" }
        if code == reel_averror_io { return "Check the disk" }
        return kind == .unreadable
            ? "Check that the file is whole and of a type that is read here" : "Check the free space, and try again"
    }
}
