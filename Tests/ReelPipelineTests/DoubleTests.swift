import Foundation
import ReelLocalBackend
import ReelMediaService
import ReelModel
import ReelRemote
import ReelTestSupport
import ReelWorker
import Synchronization
import Testing

@testable import ReelPipeline

/// Whole runs against the local backend, whatever it answers to what the contract leaves open, and whatever goes wrong
/// on the way: delivered, and nothing sent twice.
@Suite(.timeLimit(.minutes(5)))
struct DoubleTests {
    /// Everything for runs of one process: a backend, a client, a journal. Nobody waits.
    struct Stage {
        let folder: TemporaryFolder
        let server: LocalBackend
        let runner: Runner
        let journal: Journal

        /// - Parameter shared: the folder of another stage, whose backend has stopped.
        init(
            in shared: TemporaryFolder? = nil, switches: [(name: String, value: String)] = [], faults: [String] = [],
            observe: @escaping @Sendable (RunEvent) -> Void = { _ in },
            pause: @escaping @Sendable (Double) async throws -> Void = { _ in }
        ) async throws {
            folder = try shared ?? TemporaryFolder()
            let transport = try Transport(userAgent: "test")
            var configuration = LocalBackend.Configuration(state: folder.file("backend"), pace: 0)
            configuration.switches = [("time-scale", "0")] + switches
            configuration.faults = try faults.map { try FaultOrder(parsing: $0) }
            configuration.fetch = { address, file, limit in
                let status = try await transport.fetch(
                    try #require(WebAddress(address)), to: file.descriptor, limit: limit)
                #expect(status == 200)
            }
            server = LocalBackend(configuration: configuration, media: CopyingMedia())
            let port = try await server.start()
            var client = NemoClient.Configuration(
                backend: try #require(Backend("http://127.0.0.1:\(port)")),
                attribution: Attribution(version: "1.0.0"), storeDirectory: folder.path("tokens"),
                sleep: { _ in })
            client.rateLimitWait = 0
            client.storeName = "double"
            try Folders.makePrivate(folder.path("state"))
            journal = try Journal(path: folder.path("state/journal.sqlite"))
            runner = Runner(
                client: NemoClient(client, transport: transport), media: CopyingMedia(), transport: transport,
                journal: journal, stateFolder: folder.path("state"), observe: observe, pause: pause)
        }

        func order(prompt: String = "make a 1 second clip") throws -> RunOrder {
            let input = folder.file("in.jpg")
            if !FileManager.default.fileExists(atPath: input.path(percentEncoded: false)) {
                try FileManager.default.copyItem(at: Places.fixtures.appending(path: "passes-upright.jpg"), to: input)
            }
            return RunOrder(
                inputs: [folder.path("in.jpg")], prompt: prompt, output: folder.path("out.mp4"), backend: "double",
                pollInterval: 30)
        }

        /// Starts a run, and resumes it as long as it is interrupted.
        func carryOut(_ order: RunOrder) async throws -> RunResult {
            do {
                return try await runner.start(order)
            } catch let failure as Failure where failure.kind == .interrupted || failure.kind == .unreachable {
                for _ in 0..<5 {
                    let record = try #require(try journal.runs().last)
                    if let result = try? await runner.resume(record) { return result }
                }
                throw failure
            }
        }

        /// What the backend noted as accepted, by kind.
        func accepted() throws -> [String: Int] {
            let text = try String(contentsOf: folder.file("backend/record.jsonl"), encoding: .utf8)
            return try text.split(separator: "\n").reduce(into: [:]) { counts, line in
                counts[try JSON(parsing: String(line))["accepted"]?.text ?? "?", default: 0] += 1
            }
        }
    }

    static let answers = LocalBackend.switches.flatMap { page in
        page.values.filter { $0 != page.standard }.map { "\(page.name)=\($0)" }
    }

    @Test(arguments: answers)
    func `a run is delivered whatever the answer to an open question is`(answer: String) async throws {
        let sides = answer.split(separator: "=").map(String.init)
        let stage = try await Stage(switches: [(sides[0], sides[1])])
        let result = try await stage.carryOut(try stage.order())
        #expect(result.ended == .done)
        #expect(FileManager.default.fileExists(atPath: stage.folder.path("out.mp4")))
        #expect(try stage.accepted() == ["upload": 1, "message": 1, "render": 1])
        await stage.server.stop()
    }

    /// How often each thing is accepted, where that is not once.
    static let other: [String: [String: Int]] = [
        // A session that is gone is replaced while nothing was paid for in it; what was sent to it is sent to the new one.
        "session-vanished": ["upload": 1, "message": 1, "render": 1],
        // One that failed, and one under a new id.
        "failed-render": ["upload": 1, "message": 1, "render": 2],
    ]

    @Test(arguments: LocalBackend.faults.map(\.name).filter { $0 != "token-expired" })
    func `a run is delivered though it happens once, and nothing is sent twice`(fault: String) async throws {
        let stage = try await Stage(faults: ["\(fault)=1x"])
        let result = try await stage.carryOut(try stage.order())
        #expect(result.ended == .done)
        #expect(FileManager.default.fileExists(atPath: stage.folder.path("out.mp4")))
        let once = ["upload": 1, "message": 1, "render": 1]
        #expect(try stage.accepted() == Self.other[fault] ?? once)
        await stage.server.stop()
    }

    @Test func `a token that expires on the way is renewed where the user stays the same`() async throws {
        let stage = try await Stage(
            switches: [("renewed-user", "same"), ("repeated-token", "same")], faults: ["token-expired=1x"])
        let result = try await stage.carryOut(try stage.order())
        #expect(result.ended == .done)
        #expect(try stage.accepted() == ["upload": 1, "message": 1, "render": 1])
        await stage.server.stop()
    }

    /// A process died while it sent, and another looks for the file while the backend is still busy with it.
    @Test func `a file that the backend has not looked through yet is not sent again`() async throws {
        let pauses = Mutex(0)
        let arrival = Mutex<(@Sendable () async throws -> Void)?>(nil)
        let stage = try await Stage(pause: { seconds in
            let count = pauses.withLock { count in
                count += 1
                return count
            }
            if count <= 2 { #expect(seconds >= 2) }
            if count == 2 { try await arrival.withLock { $0 }?() }
        })
        var order = try stage.order()
        order.pollInterval = 0.05
        let (client, path) = (stage.runner.client, order.inputs[0])
        let session = try await client.createSession().id
        order.session = session
        let run = try stage.journal.open(order)
        try stage.journal.begin(.session, of: run)
        try stage.journal.finish(.session, of: run, ["id": .string(session)])
        try stage.journal.begin(.upload(0), of: run, ["name": "in.jpg", "type": "jpg", "seen": 0])
        arrival.withLock {
            $0 = {
                let file = try OpenFile.reading(path)
                let length = try Int64(Data(contentsOf: URL(filePath: path)).count)
                let part = UploadFile(name: "in.jpg", type: .jpg, descriptor: file.descriptor, length: length)
                _ = try await client.upload([part], session: session) { _ in }
            }
        }
        let record = try #require(try stage.journal.run(run))
        #expect(try await stage.runner.resume(record).ended == .done)
        #expect(try stage.accepted() == ["upload": 1, "message": 1, "render": 1])
        await stage.server.stop()
    }

    @Test(arguments: ["lost-response=1x", "gateway-timeout=1x"])
    func `where the answer to an upload is lost, the session is asked, and the run goes on`(fault: String) async throws
    {
        let first = try await Stage()
        let session = try await first.runner.client.createSession().id
        await first.server.stop()
        let stage = try await Stage(in: first.folder, faults: [fault])
        var order = try stage.order()
        order.session = session
        #expect(try await stage.runner.start(order).ended == .done)
        #expect(try stage.accepted() == ["upload": 1, "message": 1, "render": 1])
        await stage.server.stop()
    }

    @Test func `where the answer to a new session is lost, another is opened`() async throws {
        let stage = try await Stage(faults: ["lost-response=1x"])
        #expect(try await stage.runner.start(try stage.order()).ended == .done)
        #expect(try stage.accepted() == ["upload": 1, "message": 1, "render": 1])
        await stage.server.stop()
    }

    @Test func `an input at an address is judged there, and fetched by the backend`() async throws {
        let stage = try await Stage()
        var order = try stage.order()
        order.prompt = nil
        order.output = nil
        let session = try #require(try await stage.runner.start(order).report.session)
        let item = try #require(try await stage.runner.client.state(session: session).videoInfos.elements?.first)
        let address = try #require(item["cdn_url"]?.text)
        order = try stage.order()
        order.inputs = [address + "?signed=1"]
        let result = try await stage.runner.start(order)
        #expect(result.ended == .done)
        #expect(result.report.uploads.map { address.hasSuffix("/" + $0) } == [true])
        #expect(try stage.accepted() == ["upload": 2, "message": 1, "render": 1])
        // Nothing is there.
        order.inputs = [address + "x"]
        let refused = try await stage.runner.start(order)
        #expect(refused.ended == .failed)
        #expect(refused.files.first?.failure?.problem.contains("404") == true)
        #expect(try stage.accepted() == ["upload": 2, "message": 1, "render": 1])
        await stage.server.stop()
    }

    @Test(arguments: ["json", "stream"])
    func `credits that are used up are said so, wherever the refusal stands`(place: String) async throws {
        let stage = try await Stage(switches: [("message-refusal", place), ("free-credits", "5")])
        let failure = await #expect(throws: Failure.self) { try await stage.runner.start(try stage.order()) }
        #expect(failure?.kind == .refused)
        #expect(failure?.problem.contains("2001") == true)
        #expect(failure?.remedy.contains("register?bind=") == true)
        #expect(try stage.accepted() == ["upload": 1])
        await stage.server.stop()
    }

    @Test func `a turn of a talk that is refused is not said once more later`() async throws {
        let stage = try await Stage(switches: [("free-credits", "5")])
        var order = try stage.order()
        (order.output, order.isTurn) = (nil, true)
        await #expect(throws: Failure.self) { try await stage.runner.start(order) }
        #expect(try stage.journal.runs().map(\.status) == [.failed])
        await stage.server.stop()
    }

    @Test func `a render that fails twice ends the run, and is not taken up again`() async throws {
        let stage = try await Stage(faults: ["failed-render=2x"])
        let failure = await #expect(throws: Failure.self) { try await stage.runner.start(try stage.order()) }
        #expect(failure?.kind == .notDone)
        #expect(try stage.journal.runs().map(\.status) == [.failed])
        #expect(try stage.accepted() == ["upload": 1, "message": 1, "render": 2])
        await stage.server.stop()
    }

    @Test func `a session that is gone with what was paid for in it is not quietly replaced`() async throws {
        let stage = try await Stage()
        var order = try stage.order()
        order.session = "no-such-session"
        await #expect(throws: Failure.self) { try await stage.runner.start(order) }
        order.mayReopen = true
        #expect(try await stage.runner.start(order).ended == .done)
        #expect(try stage.accepted() == ["upload": 1, "message": 1, "render": 1])
        await stage.server.stop()
    }
}

/// Real where files are looked at; a film that is asked for is a copy of one that is there.
private struct CopyingMedia: MediaService {
    private let real = InProcessService()

    func libraries() async throws -> [String: String] { try await real.libraries() }

    func inspect(_ file: OpenFile, scope: Scope, progress: @escaping ProgressHandler) async throws -> Facts {
        try await real.inspect(file, scope: scope, progress: progress)
    }

    func fit(
        _ plan: Plan, input: OpenFile, output: OpenFile, scratch: OpenFile, progress: @escaping ProgressHandler
    ) async throws -> FitOutcome {
        try await real.fit(plan, input: input, output: output, scratch: scratch, progress: progress)
    }

    func render(
        _ storyboard: Storyboard, assets: [OpenFile], output: OpenFile, progress: @escaping ProgressHandler
    ) async throws {
        let film = try Data(contentsOf: Places.fixtures.appending(path: "passes-h264-aac.mp4"))
        try FileHandle(fileDescriptor: output.descriptor, closeOnDealloc: false).write(contentsOf: film)
    }
}
