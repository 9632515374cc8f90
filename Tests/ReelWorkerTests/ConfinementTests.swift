import Foundation
import ReelModel
import ReelTestSupport
import ReelWorker
import Testing

/// What a worker has, as the system tells it.
@Suite(
    .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd"), "needs /proc"), .timeLimit(.minutes(2)))
struct ConfinementTests {
    private func started(_ configuration: WorkerService.Configuration) async throws -> (WorkerService, String) {
        let service = WorkerService(configuration)
        _ = try await service.libraries()
        return (service, "/proc/\(try #require(service.processIdentifiers.first))")
    }

    @Test func `it has the four descriptors that it was given, before and after a file`() async throws {
        // Open here, and neither close-on-exec nor any of the worker's business.
        let stray = open("/dev/zero", O_RDONLY)
        defer { close(stray) }
        let (service, process) = try await started(.tested())
        #expect(try descriptors(of: process) == ["0": "/dev/null", "1": "/dev/null", "2": "pipe", "3": "socket"])
        _ = await failure { try await service.inspect(nothing(named: "a.mp4"), depth: .header) { _ in } }
        #expect(try descriptors(of: process) == ["0": "/dev/null", "1": "/dev/null", "2": "pipe", "3": "socket"])
    }

    @Test func `its environment has no secrets`() async throws {
        let environment = [
            "NEMO_TOKEN": "secret", "NEMO_API_URL": "https://example.test", "HOME": "/home/x", "PATH": "/bin",
            "TZ": "UTC", "LANG": "C.UTF-8",
        ].merging(
            ProcessInfo.processInfo.environment.filter { $0.key == "LD_LIBRARY_PATH" }, uniquingKeysWith: { $1 })
        let (service, process) = try await started(
            WorkerService.Configuration(
                executable: WorkerService.Configuration.tested().executable, environment: environment))
        let text = try String(contentsOfFile: "\(process)/environ", encoding: .utf8)
        let names = Set(text.split(separator: "\0").map { String($0.prefix { $0 != "=" }) })
        #expect(names.subtracting(["LD_LIBRARY_PATH"]) == ["TZ", "LANG", "SWIFT_BACKTRACE"])
        withExtendedLifetime(service) {}
    }

    @Test func `its limits are set`() async throws {
        let (service, process) = try await started(
            .tested {
                $0.memoryLimit = 3 << 30
                $0.fileSizeLimit = 123_456
            })
        let limits = try String(contentsOfFile: "\(process)/limits", encoding: .utf8).split(separator: "\n")
        func limit(_ name: String) -> [Substring] {
            Array(limits.first { $0.hasPrefix(name) }?.dropFirst(name.count).split(separator: " ").prefix(2) ?? [])
        }
        #expect(limit("Max core file size") == ["0", "0"])
        #expect(limit("Max address space") == ["3221225472", "3221225472"])
        // What was asked for last has nothing to write.
        #expect(limit("Max file size") == ["0", "123456"])
        #expect(limit("Max open files") == ["320", "320"])
        let status = try String(contentsOfFile: "\(process)/status", encoding: .utf8)
        #expect(status.contains("NoNewPrivs:\t1"))
        withExtendedLifetime(service) {}
    }

    @Test func `it ends when its socket closes, even at work`() async throws {
        let hang = WorkerRequest.Task.inspect(name: "misbehave:hang", scope: Scope(depth: .header))
        for task in canMisbehave ? [nil, hang] : [nil] {
            var ends: [CInt] = [-1, -1]
            #expect(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends) == 0)
            let worker = Process()
            worker.executableURL = URL(filePath: "/bin/sh")
            // The shell puts the socket, which it has as standard input, where the worker looks for it.
            worker.arguments = [
                "-c", "exec 3<&0 </dev/null; exec \"$0\" \"$@\"", WorkerService.Configuration.tested().executable,
            ]
            if canMisbehave { worker.arguments?.append("--misbehave") }
            worker.standardInput = FileHandle(fileDescriptor: ends[1], closeOnDealloc: false)
            try worker.run()
            close(ends[1])
            var receiver = LineReceiver(descriptor: ends[0], descriptorRoom: 0)
            #expect(receiver.fill() == .some)
            if let task {
                let file = try nothing(named: task.subject)
                let request = try MessageCoder.line(WorkerRequest(id: 1, task: task))
                #expect(LineSender(descriptor: ends[0]).send(request, descriptors: [file.descriptor]) == 0)
            }
            close(ends[0])
            worker.waitUntilExit()
            #expect(worker.terminationStatus == 0)
        }
    }

    @Test func `it does nothing where there is no socket`() throws {
        let worker = Process()
        worker.executableURL = Places.executable(named: "reelgate-media")
        let output = Pipe()
        worker.standardOutput = output
        worker.standardError = output
        worker.standardInput = FileHandle.nullDevice
        try worker.run()
        #expect(try output.fileHandleForReading.readToEnd() ?? Data() == Data())
        worker.waitUntilExit()
        #expect(worker.terminationStatus == 64)
    }

    private func descriptors(of process: String) throws -> [String: String] {
        var found: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(process)/fd") {
            let target = try FileManager.default.destinationOfSymbolicLink(atPath: "\(process)/fd/\(name)")
            found[name] = String(target.prefix { $0 != ":" })
        }
        return found
    }
}
