import Foundation
import ReelMediaService
import ReelModel
import ReelTestSupport
import ReelWorker
import Testing

@testable import ReelPipeline

struct FittingTests {
    private let plan = Plan(
        steps: [], output: .mp4, maxBytes: 1000, maxDuration: 5, predictedBytes: .unknown("not asked"))

    private func facts(_ bytes: Int64, _ duration: Known<Double>) -> Facts {
        var facts = Facts(depth: .header, bytes: bytes, fileExtension: "mp4", type: .known(.mp4))
        facts.duration = duration
        return facts
    }

    @Test func `a copy over the bytes or the seconds that were asked for is told as that`() {
        #expect(Fitting.excess(of: facts(1000, .known(5)), over: plan) == nil)
        #expect(
            Fitting.excess(of: facts(1001, .known(5)), over: plan) == "has 1,001 bytes, and 1,000 were allowed")
        #expect(
            Fitting.excess(of: facts(1000, .known(5.005)), over: plan) == "lasts 5.005 s, and 5 s were allowed")
        #expect(Fitting.excess(of: facts(1000, .unknown("it is nowhere")), over: plan)?.contains("nowhere") == true)
        var silent = plan
        silent.dropsPrivate = true
        var telling = facts(1000, .known(5))
        #expect(Fitting.excess(of: telling, over: silent)?.contains("not known") == true)
        telling.metadata = .known([MetadataEntry(.time, key: "creation_time", value: "2026")])
        #expect(Fitting.excess(of: telling, over: silent) == nil)
        telling.metadata = .known([MetadataEntry(.device, key: "Make", value: "Telephone")])
        #expect(Fitting.excess(of: telling, over: silent) == "still says Make: Telephone")
        #expect(Fitting.excess(of: telling, over: plan) == nil)
        var free = plan
        free.maxBytes = nil
        free.maxDuration = nil
        #expect(Fitting.excess(of: facts(.max, .known(1e25)), over: free) == nil)
    }

    @Test func `a source that is written while it is read gives no copy, and leaves nothing`() async throws {
        let folder = try TemporaryFolder()
        let source = folder.path("a.mov")
        try FileManager.default.copyItem(
            atPath: Places.fixtures.appending(path: "passes-h264-aac.mp4").path(percentEncoded: false), toPath: source)
        let plan = Plan(
            steps: [.remux(streams: [0, 1])], output: .mp4, maxBytes: nil, predictedBytes: .unknown("not asked"))
        let target = folder.path("b.mp4")
        func fit(_ media: any MediaService) async throws -> FitReport {
            try await Fitting(media: media).carryOut(plan, from: source, to: target, profiles: [])
        }
        let failure = await #expect(throws: Failure.self) { _ = try await fit(MeddlingMedia(source: source)) }
        #expect(failure?.problem == "it was changed while it was read")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("")).sorted() == ["a.mov"])
        #expect(try await fit(InProcessService()).bytes ?? 0 > 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("")).sorted() == ["a.mov", "b.mp4"])
    }
}

/// Somebody goes on writing to the source while a copy of it is made.
private struct MeddlingMedia: MediaService {
    let source: String
    private let real = InProcessService()

    init(source: String) { self.source = source }

    func libraries() async throws -> [String: String] { try await real.libraries() }

    func inspect(_ file: OpenFile, scope: Scope, progress: @escaping ProgressHandler) async throws -> Facts {
        try await real.inspect(file, scope: scope, progress: progress)
    }

    func fit(
        _ plan: Plan, input: OpenFile, output: OpenFile, scratch: OpenFile, progress: @escaping ProgressHandler
    ) async throws -> FitOutcome {
        let writing = try FileHandle(forWritingTo: URL(filePath: source))
        try writing.seekToEnd()
        try writing.write(contentsOf: Data("more".utf8))
        try writing.close()
        return try await real.fit(plan, input: input, output: output, scratch: scratch, progress: progress)
    }

    func render(
        _ storyboard: Storyboard, assets: [OpenFile], output: OpenFile, progress: @escaping ProgressHandler
    ) async throws {
        try await real.render(storyboard, assets: assets, output: output, progress: progress)
    }
}
