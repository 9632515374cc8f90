import Foundation
import ReelModel
import Testing

@testable import ReelWorker

/// When a worker is given up, by figures alone.
struct WatchTests {
    private static let start = SuspendingClock.now
    private let allowance = Allowance(
        for: .inspect(name: "a.mp4", scope: Scope(depth: .frames)), bytes: 0, memoryLimit: 8 << 30)

    private func watch() -> Watch {
        Watch(allowance, patience: .seconds(60), now: Self.start, usage: .init(processorTime: .seconds(7)))
    }

    private func breach(_ watch: Watch, after seconds: Int, processor: Int = 7, memory: Int64 = 0) -> Watch.Breach? {
        watch.breach(
            now: Self.start + .seconds(seconds), usage: .init(processorTime: .seconds(processor), memory: memory))
    }

    @Test func `silence is borne for as long as the patience lasts`() {
        var watch = watch()
        #expect(breach(watch, after: 60) == nil)
        #expect(breach(watch, after: 61)?.loss == .timedOut)
        watch.heard(0.1, now: Self.start + .seconds(50))
        #expect(breach(watch, after: 110) == nil)
    }

    @Test func `signs of life alone are not enough`() {
        var watch = watch()
        for second in stride(from: 10, through: 610, by: 10) { watch.heard(0.5, now: Self.start + .seconds(second)) }
        #expect(breach(watch, after: 610) == nil)
        #expect(breach(watch, after: 611)?.words == "got no further for 600 s")
        watch.heard(0.6, now: Self.start + .seconds(611))
        #expect(breach(watch, after: 612) == nil)
    }

    @Test func `progress alone is not enough: the work has an end`() {
        var watch = watch()
        watch.heard(0.9, now: Self.start + .seconds(1))
        #expect(breach(watch, after: 2, processor: 607) == nil)
        #expect(breach(watch, after: 2, processor: 608)?.loss == .timedOut)
        for second in 1...2000 { watch.heard(Double(second) / 4000, now: Self.start + .seconds(second)) }
        watch.heard(0.99, now: Self.start + .seconds(1921))
        #expect(breach(watch, after: 1920) == nil)
        #expect(breach(watch, after: 1921)?.loss == .timedOut)
    }

    @Test func `memory is bounded`() {
        #expect(breach(watch(), after: 1, memory: 6 << 30) == nil)
        #expect(breach(watch(), after: 1, memory: 6 << 30 + 1)?.loss == .outOfMemory)
    }

    @Test func `chatter is not listened to for ever`() {
        var watch = watch()
        for _ in 0..<1000 { watch.heard(0.5, now: Self.start) }
        #expect(breach(watch, after: 0) == nil)
        watch.heard(0.5, now: Self.start)
        #expect(breach(watch, after: 0)?.loss == .crashed)
        #expect(breach(watch, after: 1) == nil)
    }

    @Test func `what is allowed grows with the work, up to a day`() {
        func allowed(_ depth: Depth, _ bytes: Int64) -> Allowance {
            Allowance(for: .inspect(name: "a", scope: Scope(depth: depth)), bytes: bytes, memoryLimit: nil)
        }
        #expect(allowed(.header, 1 << 40) == allowed(.header, 0))
        #expect(allowed(.packets, 200_000_000).processorTime == .seconds(160))
        #expect(allowed(.frames, 200_000_000).processorTime == .seconds(20_600))
        #expect(allowed(.frames, 1 << 50).processorTime == .seconds(86_400))
        for depth in Depth.allCases { #expect(allowed(depth, 200_000_000).output == 0) }
        let minute = Storyboard(
            canvas: Size(width: 1920, height: 1080), frameRate: Rational(30), duration: 60_000, scenes: [], titles: [],
            music: [])
        let render = Allowance(
            for: .render(storyboard: minute, outputName: "o.mp4", assetNames: []), bytes: 0, memoryLimit: nil)
        #expect(render.processorTime > .seconds(3600))
        #expect(render.output > 1_200_000_000)
    }

    @Test func `how a worker ended says what became of the decoder`() {
        let limit: Int64 = 8 << 30
        #expect(ChildProcess.Ending.signalled(SIGSEGV).loss(peak: 1 << 30, limit: limit) == .crashed)
        #expect(ChildProcess.Ending.signalled(SIGABRT).loss(peak: 5 << 30, limit: limit) == .outOfMemory)
        #expect(ChildProcess.Ending.signalled(SIGABRT).loss(peak: 5 << 30, limit: nil) == .crashed)
        #expect(ChildProcess.Ending.signalled(SIGKILL).loss(peak: 0, limit: limit) == .outOfMemory)
        #expect(ChildProcess.Ending.signalled(SIGSYS).loss(peak: 7 << 30, limit: limit) == .crashed)
        #expect(ChildProcess.Ending.exited(status: 1).loss(peak: 0, limit: limit) == .crashed)
    }
}
