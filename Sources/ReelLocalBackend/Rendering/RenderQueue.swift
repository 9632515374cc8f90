internal import Foundation
internal import Logging
internal import ReelModel
internal import ReelWorker
internal import Synchronization

/// Renders the jobs, one at a time, in the order in which they were accepted.
actor RenderQueue {
    private let store: Store
    private let media: any MediaService
    private let logger: Logger
    nonisolated let progress = RenderProgress()
    private var waiting: [String] = []
    private var worker: Task<Void, Never>?
    private var isStopped = false

    init(store: Store, media: any MediaService, logger: Logger) {
        self.store = store
        self.media = media
        self.logger = logger
    }

    /// Takes up what an earlier process left undone.
    func resume() async {
        for job in await store.unfinishedRenders { enqueue(job.id) }
    }

    func enqueue(_ id: String) {
        guard !isStopped else { return }
        waiting.append(id)
        if worker == nil { worker = Task { await work() } }
    }

    /// Stops the render that is running; it stays unfinished on disk and is taken up at the next start.
    func stop() async {
        isStopped = true
        waiting = []
        worker?.cancel()
        await worker?.value
    }

    private func work() async {
        while !waiting.isEmpty, !Task.isCancelled {
            let id = waiting.removeFirst()
            do {
                try await render(id)
            } catch {
                logger.error("render", metadata: ["id": "\(id)", "error": "\(error)"])
            }
        }
        worker = nil
    }

    private func render(_ id: String) async throws {
        guard var job = await store.render(id), !job.isFinished else { return }
        job.status = .processing
        job.attempts += 1
        progress.begin(id)
        try await store.update(job)
        do {
            guard job.isToFail != true else {
                throw Failure(
                    .notDone, subject: id, problem: "a fault that was asked for",
                    remedy: "Submit it again under a new id")
            }
            try await takeItsTime()
            job.bytes = try await makeFilm(of: job)
            job.status = .completed
        } catch {
            // Being stopped is no failure of the job.
            if Task.isCancelled { return }
            logger.warning("render failed", metadata: ["id": "\(id)", "error": "\(error)"])
            job.status = .failed
            job.error = String(describing: error)
        }
        job.ended = await store.time
        try await store.update(job)
    }

    private func takeItsTime() async throws {
        let seconds = store.choices.renderSeconds * store.choices.timeScale
        if seconds > 0 { try await Task.sleep(for: .seconds(seconds)) }
    }

    /// Writes the film beside its place and moves it there once it is whole; its length in bytes.
    private func makeFilm(of job: RenderJob) async throws -> Int64 {
        let folder = store.folder
        var assets: [OpenFile] = []
        for asset in job.assets {
            let file = try OpenFile.reading(folder.asset(asset, in: job.session).path(percentEncoded: false))
            assets.append(OpenFile(adopting: try file.duplicated(), name: asset.name))
        }
        let film = folder.film(job.film)
        let aside = film.appendingPathExtension("part")
        try? FileManager.default.removeItem(at: aside)
        let output = try OpenFile.creating(aside.path(percentEncoded: false), permissions: 0o600)
        let named = OpenFile(adopting: try output.duplicated(), name: "\(job.id).mp4")
        let progress = progress
        try await media.render(job.storyboard, assets: assets, output: named) { progress.note($0, of: job.id) }
        try Task.checkCancellation()
        let bytes = FileBytes(output).length
        guard bytes > 0 else {
            throw Failure(
                .notDone, subject: job.id, problem: "the renderer wrote an empty file", remedy: "Submit a new render")
        }
        // A kill between this and the job's own record has left a film here before.
        try? FileManager.default.removeItem(at: film)
        try FileManager.default.moveItem(at: aside, to: film)
        return bytes
    }
}

/// How far each render is, from 0 to 100.
final class RenderProgress: Sendable {
    private let percents = Mutex<[String: Int]>([:])

    func begin(_ id: String) { percents.withLock { $0[id] = 0 } }

    /// Never goes back, and says 100 only when the film is in its place.
    func note(_ fraction: Double, of id: String) {
        percents.withLock { $0[id] = max($0[id] ?? 0, min(99, Int(fraction * 100))) }
    }

    func of(_ id: String) -> Int { percents.withLock { $0[id] ?? 0 } }
}
