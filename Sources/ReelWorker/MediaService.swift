public import ReelModel

/// What the front asks of whoever links the media libraries. Two makes: `WorkerService`, a caged process, which the
/// command uses; and an in-process one in ReelMediaService. One contract suite runs over both.
///
/// Every call takes open files, never paths. `progress` is called with a fraction from 0 to 1 that never goes back.
/// Cancelling the task stops the work.
public protocol MediaService: Sendable {
    /// Name and version of each library in use.
    func libraries() async throws -> [String: String]

    /// Measures a file at `packets` or `frames` depth; at `header` depth, what its demuxer tells.
    func inspect(_ file: OpenFile, scope: Scope, progress: @escaping ProgressHandler) async throws -> Facts

    /// Carries a plan out. `output` is open for writing and reading, and empty; `scratch` is a folder for files that
    /// live no longer than the call.
    func fit(
        _ plan: Plan, input: OpenFile, output: OpenFile, scratch: OpenFile, progress: @escaping ProgressHandler
    ) async throws -> FitOutcome

    /// Renders a storyboard to MP4 (H.264, AAC, index first). `output` is open for writing and reading, and empty.
    func render(
        _ storyboard: Storyboard, assets: [OpenFile], output: OpenFile, progress: @escaping ProgressHandler
    ) async throws
}

extension MediaService {
    /// Measures a file, and at `frames` depth looks for everything.
    public func inspect(_ file: OpenFile, depth: Depth, progress: @escaping ProgressHandler) async throws -> Facts {
        try await inspect(file, scope: Scope(depth: depth), progress: progress)
    }
}

/// Told how far a long piece of work is, from 0 to 1.
public typealias ProgressHandler = @Sendable (Double) -> Void
