import Foundation
import ReelModel
import ReelTestSupport
import Testing

/// The whole job on the embedded local backend, through the built command.
@Suite(.serialized)
struct RunTests {
    private func inputs(_ command: Command) throws -> [String] {
        let inputs = Inputs(folder: command.folder)
        return [
            try inputs.still("a.jpg", "400x300"), try inputs.still("b.tiff", "300x400"),
            try inputs.clip("c.ts"),
        ]
    }

    private func probe(_ path: String) throws -> JSON {
        try JSON(
            parsing: ExternalTool.ffprobe.run([
                "-v", "error", "-count_frames", "-show_format", "-show_streams", "-of", "json", path,
            ]).output)
    }

    private let prompt = "a vertical 720p film of three products, 6 seconds"

    private func arguments(_ command: Command, _ files: [String]) -> [String] {
        ["run"] + files
            + [
                "--prompt", prompt, "-o", "out.mp4", "--backend", "local", "--poll-interval", "0.2", "--format", "json",
                "--report", "report.json",
            ]
    }

    @Test func `files in, verified MP4 out, originals untouched, no token anywhere`() throws {
        let command = try Command()
        let files = try inputs(command)
        let before = try files.map { try Data(contentsOf: URL(filePath: $0)) }
        let outcome = try command.run(arguments(command, files))
        try #require(outcome.status == 0, "\(outcome.errors)")
        #expect(try files.map { try Data(contentsOf: URL(filePath: $0)) } == before)
        #expect(outcome.errors.contains("Connecting…\nReady!\n"))

        let report = try outcome.json
        #expect(report["schema"] == "reelgate.report/1")
        #expect(report["files"]?.elements?.map { $0["role"]?.text } == ["input", "input", "input", "output"])
        #expect(report["files"]?.elements?.allSatisfy { $0["verdict"] == "pass" } == true)
        #expect(report["run"]?["uploads"]?.elements?.count == 3)
        #expect(report["run"]?["summary"]?.text?.hasPrefix("Timeline (") == true)
        #expect(try Data(contentsOf: command.folder.file("report.json")) == Data(outcome.output.utf8))

        let streams = try probe(command.folder.path("out.mp4"))
        let video = try #require(streams["streams"]?.elements?.first { $0["codec_type"] == "video" })
        let audio = try #require(streams["streams"]?.elements?.first { $0["codec_type"] == "audio" })
        #expect(video["codec_name"] == "h264")
        #expect(video["width"] == 720)
        #expect(video["height"] == 1280)
        #expect(audio["codec_name"] == "aac")
        let bytes = try Data(contentsOf: command.folder.file("out.mp4"))
        let index = try #require(bytes.range(of: Data("moov".utf8)))
        #expect(index.lowerBound < (try #require(bytes.range(of: Data("mdat".utf8)))).lowerBound)
        let frame = 1.0 / 30
        let (pictures, sound) = (try #require(video["duration"]?.double), try #require(audio["duration"]?.double))
        #expect(abs(pictures - 6) <= frame)
        #expect(abs(sound - pictures) <= frame)

        #expect(try command("jobs", "--format", "json").json["jobs"]?.elements?.isEmpty == true)
        try expectNoToken(command)
    }

    private func expectNoToken(_ command: Command) throws {
        let store = command.folder.path("state/tokens")
        let secrets = try FileManager.default.subpathsOfDirectory(atPath: store)
            .filter { $0.hasSuffix("token.json") }
            .compactMap { try JSON(parsing: Array(Data(contentsOf: URL(filePath: store + "/" + $0))))["token"]?.text }
        try #require(!secrets.isEmpty)
        for secret in secrets {
            for (path, bytes) in try command.everythingWritten() where !path.hasPrefix("state/local-backend") {
                #expect(bytes.range(of: Data(secret.utf8)) == nil, "the token is in \(path)")
            }
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: command.folder.path("state"))
        #expect(attributes[.posixPermissions] as? Int == 0o700)
    }

    @Test(.timeLimit(.minutes(3)))
    func `killed while rendering, resumed: one render, no second upload, no second message`() throws {
        let command = try Command()
        let files = try inputs(command)
        let started = try command.start(arguments(command, files))
        // The process itself says when it is rendering.
        while started.process.isRunning, try command.accepted()["render"] == nil { usleep(20_000) }
        let told = try started.outcome().errors
        try #require(started.process.isRunning, "\(told)")
        kill(started.process.processIdentifier, SIGKILL)
        started.process.waitUntilExit()
        #expect(!FileManager.default.fileExists(atPath: command.folder.path("out.mp4")))

        let jobs = try command("jobs", "--format", "json").json["jobs"]?.elements ?? []
        #expect(jobs.count == 1)
        #expect(jobs.first?["status"] == "unfinished")
        // What was sent is there, whatever becomes of the file.
        try FileManager.default.removeItem(atPath: files[0])
        let resumed = try command("resume")
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try probe(command.folder.path("out.mp4"))["streams"]?.elements?.count == 2)
        #expect(try command.accepted() == ["upload": 3, "message": 1, "render": 1])
        #expect(try command("jobs", "--format", "json").json["jobs"]?.elements?.isEmpty == true)
    }

    @Test(.timeLimit(.minutes(3)))
    func `interrupted, it ends in good order with 75, and resume goes on`() throws {
        let command = try Command()
        let started = try command.start(arguments(command, try inputs(command)))
        while started.process.isRunning, try command.accepted()["render"] == nil { usleep(20_000) }
        kill(started.process.processIdentifier, SIGINT)
        started.process.waitUntilExit()
        let outcome = try started.outcome()
        #expect(outcome.status == 75)
        #expect(outcome.errors.contains("reelgate resume"))
        #expect(outcome.output.isEmpty)
        #expect(try command("resume").status == 0)
        #expect(try command.accepted() == ["upload": 3, "message": 1, "render": 1])
    }

    @Test(.timeLimit(.minutes(3)))
    func `interrupted while fitting, the run is taken up again`() throws {
        let command = try Command()
        let long = try Inputs(folder: command.folder).make(
            "long.ts",
            [
                "-f", "lavfi", "-i", "testsrc2=s=1280x720:r=30:d=6,noise=alls=30:allf=t", "-c:v", "mpeg2video",
                "-q:v", "5",
            ])
        let started = try command.start(arguments(command, [long]))
        // The worker writes the copy into a folder of the run's own.
        let runs = command.folder.path("state/runs")
        while started.process.isRunning,
            !((try? FileManager.default.subpathsOfDirectory(atPath: runs)) ?? []).contains(where: {
                $0.hasSuffix(".mp4")
            })
        { usleep(20_000) }
        kill(started.process.processIdentifier, SIGINT)
        started.process.waitUntilExit()
        #expect(try started.outcome().status == 75)
        #expect(try command("jobs", "--format", "json").json["jobs"]?.elements?.count == 1)
        #expect(try command("resume").status == 0)
        #expect(try command.accepted() == ["upload": 1, "message": 1, "render": 1])
    }

    @Test func `an input that cannot be made to pass stops the run before anything is sent`() throws {
        let command = try Command()
        try Data("#EXTM3U\n".utf8).write(to: command.folder.file("list.mp4"))
        let good = try Inputs(folder: command.folder).still("a.jpg")
        let outcome = try command.run(arguments(command, [good, "list.mp4"]))
        #expect(outcome.status == 2)
        #expect(!FileManager.default.fileExists(atPath: command.folder.path("out.mp4")))
        #expect(try command.accepted() == [:])
    }

    @Test func `the same steps one at a time go on with the last session`() throws {
        let command = try Command()
        let still = try Inputs(folder: command.folder).still("a.jpg")
        #expect(try command("upload", still, "--backend", "local").status == 0)
        #expect(try command("credits", "--backend", "local", "--format", "json").json["available"]?.integer == 100)
        let status = try command("status", "--backend", "local", "--format", "json").json
        #expect(status["session"]?.text?.isEmpty == false)
        #expect(status["video_infos"]?.elements?.count == 1)
    }
}
