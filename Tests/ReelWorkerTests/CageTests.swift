import Foundation
import ReelModel
import ReelTestSupport
import ReelWorker
import Testing

/// What a worker cannot do, whatever has got the better of it.
@Suite(
    .enabled(if: canMisbehave, "only the debug build of the worker misbehaves"),
    .enabled(if: Confinement.hasFilters, "needs Linux with seccomp filters"), .timeLimit(.minutes(5)))
struct CageTests {
    /// What came of a misbehaviour: the worker's own words, or how it was lost.
    private func outcome(_ way: String, _ arguments: [String] = []) async throws -> Failure? {
        let service = WorkerService(.misbehaving { $0.arguments += arguments })
        let outcome = await failure {
            try await service.inspect(nothing(named: "misbehave:\(way)"), depth: .header) { _ in }
        }
        // Whatever it was, the next request is served.
        #expect(try await service.libraries().isEmpty == false)
        return outcome
    }

    @Test(arguments: ["unix", "kill-parent", "raise-limits", "make-code", "unlink"])
    func `what it may not have is refused`(way: String) async throws {
        #expect(try await outcome(way)?.problem == "errno \(EACCES)")
    }

    @Test(arguments: ["fork", "exec", "spawn", "ptrace"])
    func `who asks for what no decoder needs is stopped`(way: String) async throws {
        let lost = try await outcome(way)
        #expect(lost?.kind == .workerDied)
        #expect(lost?.loss == .crashed)
        #expect(lost?.problem.contains("asked the system for what no decoder needs") == true)
    }

    @Test(arguments: ["connect", "udp"])
    func `it reaches nobody, not even on this machine`(way: String) async throws {
        let canary = try Canary(datagrams: way == "udp")
        #expect(try await outcome("\(way):\(canary.port)")?.problem == "errno \(EACCES)")
        #expect(!canary.wasTouched)
    }

    @Test(
        .enabled(if: Confinement.hasLandlock, "needs a kernel with Landlock"),
        arguments: ["read-passwd", "read-proc", "list-root"])
    func `it opens no file`(way: String) async throws {
        #expect(try await outcome(way)?.problem == "errno \(EACCES)")
    }

    @Test func `it makes no file where it was given no folder`() async throws {
        for arguments in [[], ["--without-landlock"]] {
            let words = try await outcome("write-tmp", arguments)?.problem
            #expect(["errno \(EACCES)", "errno \(ENOSYS)"].contains(words))
        }
    }

    @Test func `it reads fonts`() async throws {
        guard FileManager.default.fileExists(atPath: "/usr/share/fonts") else { try Test.cancel("no fonts") }
        #expect(try await outcome("read-font")?.problem == "done")
    }

    @Test func `it fills nothing that it has not to make`() async throws {
        let folder = try TemporaryFolder()
        let service = WorkerService(.misbehaving())
        let output = try OpenFile.creating(folder.path("misbehave:fill"))
        let file = OpenFile(adopting: dup(output.descriptor), name: "misbehave:fill")
        let stopped = await failure { try await service.inspect(file, depth: .frames) { _ in } }
        #expect(stopped?.problem == "stopped by \(EFBIG) after 0")
        #expect(try await service.libraries().isEmpty == false)
    }

    @Test func `its output is bounded by its task`() async throws {
        let folder = try TemporaryFolder()
        let service = WorkerService(.misbehaving { $0.fileSizeLimit = 3 << 20 })
        let file = try OpenFile.creating(folder.path("out"))
        let storyboard = Storyboard(
            canvas: Size(width: 2, height: 2), frameRate: Rational(30), duration: 0, scenes: [], titles: [], music: [])
        let output = OpenFile(adopting: dup(file.descriptor), name: "misbehave:fill")
        let stopped = await failure {
            try await service.render(storyboard, assets: [], output: output, progress: { _ in })
        }
        #expect(stopped?.problem == "stopped by \(EFBIG) after \(3 << 20)")
    }

    @Test func `a scratch folder is reached, and it alone`() async throws {
        let folder = try TemporaryFolder()
        for name in ["first", "second"] {
            try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
        }
        let service = WorkerService(.misbehaving { $0.processLimit = 1 })
        // One worker, many requests: each finds the folder that came with it.
        for (name, way, words) in [
            ("first", "write-scratch", "done"), ("second", "write-scratch", "done"),
            ("first", "write-tmp", "errno \(EACCES)"),
        ] {
            if way == "write-tmp", !Confinement.hasLandlock { continue }
            let plan = Plan(
                steps: [.encodeAudio(AudioTarget(stream: 0, bitRate: 96_000, sampleRate: 48_000, channels: 1))],
                output: .m4a, maxBytes: nil, predictedBytes: .unknown("not predicted"))
            let scratch = try OpenFile.folder(folder.path(name))
            let outcome = await failure {
                try await service.fit(
                    plan, input: nothing(named: "misbehave:\(way)"), output: nothing(named: "out"), scratch: scratch,
                    progress: { _ in })
            }
            #expect(outcome?.problem == words, "\(name) \(way)")
            #expect(try await service.libraries().isEmpty == false)
        }
        for name in ["first", "second"] { #expect(FileManager.default.fileExists(atPath: folder.path("\(name)/x"))) }
    }

    @Test func `filters are in place before a file is read, and no thread escapes them`() async throws {
        let service = WorkerService(.tested())
        _ = try await service.libraries()
        let process = "/proc/\(try #require(service.processIdentifiers.first))"
        let threads = try FileManager.default.contentsOfDirectory(atPath: "\(process)/task")
        for thread in threads {
            let status = try String(contentsOfFile: "\(process)/task/\(thread)/status", encoding: .utf8)
            #expect(status.contains("Seccomp:\t2"))
            #expect(status.contains("NoNewPrivs:\t1"))
        }
    }
}

/// What this system has to build a cage of.
enum Confinement {
    static let hasFilters =
        (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8))?.contains("Seccomp:") == true

    /// landlock_create_ruleset(2), asked for its version.
    static let hasLandlock: Bool = {
        #if os(Linux)
            typealias Call = @convention(c) (Int, Int, Int, Int) -> Int
            guard let call = dlsym(nil, "syscall") else { return false }
            return unsafeBitCast(call, to: Call.self)(444, 0, 0, 1) > 0
        #else
            return false
        #endif
    }()
}
