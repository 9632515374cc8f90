import Foundation
import ReelModel
import ReelWorker
import Synchronization

/// A media service without media: it writes some bytes, and not before it is let go.
final class FakeMedia: MediaService {
    static let film = [UInt8]((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })

    private struct State {
        var isOpen: Bool
        var waiting: [CheckedContinuation<Void, Never>] = []
        var storyboards: [Storyboard] = []
    }

    private let state: Mutex<State>
    private let failure: Failure?

    /// `open` renders at once; otherwise a render waits for `letGo`.
    init(open: Bool = true, failure: Failure? = nil) {
        state = Mutex(State(isOpen: open))
        self.failure = failure
    }

    var storyboards: [Storyboard] { state.withLock { $0.storyboards } }

    func letGo() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func libraries() async throws -> [String: String] { ["fake": "1"] }

    func inspect(_ file: OpenFile, scope: Scope, progress: @escaping ProgressHandler) async throws -> Facts {
        var facts = Facts(depth: .header, bytes: 0, fileExtension: "", type: .unknown("fake"))
        facts.duration = .known(6.25)
        var video = VideoFacts(index: 0, codec: .known("h264"))
        video.width = .known(640)
        video.height = .known(360)
        facts.video = .known([video])
        return facts
    }

    func fit(
        _ plan: Plan, input: OpenFile, output: OpenFile, scratch: OpenFile, progress: @escaping ProgressHandler
    ) async throws -> FitOutcome {
        throw Failure(.notDone, subject: input.name, problem: "a fake fits nothing", remedy: "Use the real one")
    }

    func render(
        _ storyboard: Storyboard, assets: [OpenFile], output: OpenFile, progress: @escaping ProgressHandler
    ) async throws {
        state.withLock { $0.storyboards.append(storyboard) }
        progress(0.5)
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let go = state.withLock { state in
                    if !state.isOpen { state.waiting.append(continuation) }
                    return state.isOpen
                }
                if go || Task.isCancelled { letGoIfCancelled(go, continuation) }
            }
        } onCancel: {
            letGo()
        }
        try Task.checkCancellation()
        if let failure { throw failure }
        try FileHandle(fileDescriptor: output.descriptor, closeOnDealloc: false).write(contentsOf: Data(Self.film))
    }

    private func letGoIfCancelled(_ go: Bool, _ continuation: CheckedContinuation<Void, Never>) {
        if go { continuation.resume() } else { letGo() }
    }
}
