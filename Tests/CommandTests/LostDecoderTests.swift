import Foundation
import ReelModel
import ReelTestSupport
import Testing

/// What a file costs that gets the better of its decoder: one finding, and no other file.
@Suite(.enabled(if: canMisbehave, "only the debug build of the worker misbehaves"), .timeLimit(.minutes(5)))
struct LostDecoderTests {
    private let command: Command
    private let film: [String]

    init() throws {
        let folder = try TemporaryFolder()
        let worker = Places.executable(named: "reelgate-media").path(percentEncoded: false)
        let script = folder.path("worker")
        try Data("#!/bin/sh\nexec '\(worker)' --misbehave \"$@\"\n".utf8).write(to: URL(filePath: script))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
        self.folder = folder
        command = try Command(["REELGATE_MEDIA": script])
        film = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart"]
    }

    private let folder: TemporaryFolder

    @Test(arguments: [("crash", "decoder-crashed"), ("exec", "decoder-crashed"), ("babble", "decoder-crashed")])
    func `the file fails with what its headers said, and the next one is judged`(way: String, rule: String) throws {
        if way == "exec" {
            #if !os(Linux)
                try Test.cancel("only Linux has the filter")
            #endif
        }
        let inputs = Inputs(folder: command.folder)
        let good = try inputs.clip("good.mp4", film)
        let bad = "misbehave:\(way).mp4"
        try FileManager.default.copyItem(atPath: good, toPath: command.folder.path(bad))
        let outcome = try command(
            "check", bad, "good.mp4", bad, "good.mp4", "--profile", "nemo-upload", "--depth", "frames", "--format",
            "json")
        #expect(outcome.status == 1, "\(outcome.errors)")
        let files = try #require(try outcome.json["files"]?.elements)
        #expect(files.map { $0["verdict"]?.text } == ["fail", "pass", "fail", "pass"])
        for file in files where file["verdict"] == "fail" {
            #expect(file["findings"]?.elements?.compactMap { $0["rule"]?.text } == [rule])
            #expect(file["facts"]?["inspectionFailure"]?["depth"] == "frames")
            #expect(file["facts"]?["container"] == "mp4")
            #expect(file["facts"]?["video"]?[0]?["width"]?.integer == 320)
        }
    }

    @Test func `probe tells what is known, and that it is not all`() throws {
        let good = try Inputs(folder: command.folder).clip("good.mp4", film)
        try FileManager.default.copyItem(atPath: good, toPath: command.folder.path("misbehave:crash.mp4"))
        let outcome = try command("probe", "misbehave:crash.mp4", "--depth", "frames", "--format", "json")
        #expect(outcome.status == 2)
        let file = try outcome.json["files"]?[0]
        #expect(file?["facts"]?["video"]?[0]?["width"]?.integer == 320)
        #expect(file?["failure"]?["kind"] == "workerDied")
    }

    @Test func `a fit that loses its worker is not done, and leaves nothing`() throws {
        let clip = try Inputs(folder: command.folder).clip("good.ts")
        try FileManager.default.moveItem(atPath: clip, toPath: command.folder.path("misbehave:crash.ts"))
        let outcome = try command("fit", "misbehave:crash.ts", "--profile", "nemo-upload", "-o", "fitted/")
        #expect(outcome.status != 0)
        let left = try? FileManager.default.contentsOfDirectory(atPath: command.folder.path("fitted"))
        #expect(left ?? [] == [])
    }
}

/// Whether the worker that was built with the tests misbehaves on command.
#if DEBUG
    private let canMisbehave = true
#else
    private let canMisbehave = false
#endif
