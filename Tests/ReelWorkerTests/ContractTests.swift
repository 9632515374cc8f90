import Foundation
import ReelMediaService
import ReelModel
import ReelWorker
import Synchronization
import Testing

/// What both makes of the media service promise.
@Suite(.timeLimit(.minutes(2)))
struct ContractTests {
    @Test(arguments: Make.allCases)
    func `it names the libraries that it uses`(make: Make) async throws {
        let versions = try await make.service().libraries()
        #expect(versions["libavformat"]?.split(separator: ".").count == 3)
        #expect(versions == (try await InProcessService().libraries()))
    }

    @Test(arguments: Make.allCases, Depth.allCases)
    func `both measure the same`(make: Make, depth: Depth) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("tone.wav", Sound.tone(seconds: 2))
        let facts = try await make.service().inspect(file, depth: depth) { _ in }
        #expect(facts.depth == depth)
        #expect(facts.duration == .known(2))
        #expect(facts == (try await InProcessService().inspect(file, depth: depth) { _ in }))
    }

    @Test(arguments: Make.allCases)
    func `what is no media is unreadable`(make: Make) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("noise.mp4", (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) })
        let refused = await failure { try await make.service().inspect(file, depth: .frames) { _ in } }
        #expect(refused?.kind == .unreadable)
        #expect(refused?.subject == file.name)
    }

    @Test(arguments: Make.allCases)
    func `progress goes from 0 to 1 and never back`(make: Make) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("tone.wav", Sound.tone(seconds: 30))
        let seen = Mutex<[Double]>([])
        _ = try await make.service().inspect(file, depth: .frames) { fraction in seen.withLock { $0.append(fraction) } }
        let fractions = seen.withLock { $0 }
        #expect(!fractions.isEmpty)
        #expect(fractions == fractions.sorted())
        #expect(fractions.allSatisfy { (0...1).contains($0) })
    }

    @Test(arguments: Make.allCases)
    func `a film is rendered into the descriptor`(make: Make) async throws {
        let folder = try TemporaryFolder()
        let output = try OpenFile.creating(folder.path("film.mp4"))
        let service = make.service()
        let fractions = Mutex<[Double]>([])
        try await service.render(.card(seconds: 1), assets: [], output: output) { fraction in
            fractions.withLock { $0.append(fraction) }
        }
        #expect(fractions.withLock { $0 == $0.sorted() })
        let facts = try await service.inspect(output, depth: .frames) { _ in }
        #expect(facts.video.value?.first?.codec == .known("h264"))
        #expect(facts.measured?.faultCount == 0)
    }

    @Test(arguments: Make.allCases)
    func `a plan is carried out into the descriptor`(make: Make) async throws {
        let folder = try TemporaryFolder()
        let input = try folder.file("tone.wav", Sound.tone(seconds: 2))
        let output = try OpenFile.creating(folder.path("tone.m4a"))
        let scratch = try OpenFile.folder(folder.path(""))
        let plan = Plan(
            steps: [.encodeAudio(AudioTarget(stream: 0, bitRate: 96_000, sampleRate: 48_000, channels: 1))],
            output: .m4a, maxBytes: nil, predictedBytes: .unknown("not predicted"))
        let service = make.service()
        let outcome = try await service.fit(plan, input: input, output: output, scratch: scratch) { _ in }
        let facts = try await service.inspect(output, depth: .frames) { _ in }
        #expect(outcome.bytes == facts.bytes)
        #expect(facts.audio.value?.first?.codec == .known("aac"))
        #expect(facts.measured?.faultCount == 0)
    }

    @Test(arguments: Make.allCases)
    func `cancelling stops the work`(make: Make) async throws {
        let folder = try TemporaryFolder()
        let output = try OpenFile.creating(folder.path("film.mp4"))
        let (started, begin) = AsyncStream.makeStream(of: Double.self)
        // An hour of film: if it were not stopped, the time limit would be.
        let work = Task {
            await failure {
                try await make.service().render(.card(seconds: 3600), assets: [], output: output) { begin.yield($0) }
            }
        }
        for await _ in started.prefix(1) {}
        work.cancel()
        #expect(await work.value?.kind == .interrupted)
    }
}

extension Storyboard {
    /// A plain card of a small size.
    fileprivate static func card(seconds: Int64) -> Storyboard {
        Storyboard(
            canvas: Size(width: 128, height: 72), frameRate: Rational(25), duration: seconds * 1000,
            scenes: [Scene(start: 0, duration: seconds * 1000, picture: .card("A card"))], titles: [], music: [])
    }
}

/// Sound that is made here, so that nothing has to be there before.
private enum Sound {
    /// A WAV file (RIFF, 16 bit PCM, mono, 48 kHz) with a triangle of 100 Hz.
    static func tone(seconds: Int) -> [UInt8] {
        let rate = 48_000
        let samples = (0..<rate * seconds).map { Int16(abs($0 % 480 - 240) * 100 - 12_000) }
        let count = samples.count * 2
        var bytes: [UInt8] = []
        func word(_ value: Int, _ size: Int) { for i in 0..<size { bytes.append(UInt8(value >> (8 * i) & 0xFF)) } }
        bytes += "RIFF".utf8
        word(36 + count, 4)
        bytes += "WAVEfmt ".utf8
        for (value, size) in [(16, 4), (1, 2), (1, 2), (rate, 4), (rate * 2, 4), (2, 2), (16, 2)] { word(value, size) }
        bytes += "data".utf8
        word(count, 4)
        for sample in samples { word(Int(sample), 2) }
        return bytes
    }
}
