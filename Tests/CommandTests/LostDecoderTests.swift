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
        folder = try TemporaryFolder()
        command = try Command(["REELGATE_MEDIA": try worker(in: folder, "--misbehave")])
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

/// What the command makes, it makes inside the cage.
@Suite(.timeLimit(.minutes(5)))
struct CagedWorkTests {
    @Test(arguments: canMisbehave ? [nil, "--without-landlock"] : [nil])
    func `films in two passes, sound, animations and pictures are fitted`(option: String?) throws {
        let folder = try TemporaryFolder()
        let command = try Command(option.map { ["REELGATE_MEDIA": try worker(in: folder, $0)] } ?? [:])
        let inputs = Inputs(folder: command.folder)
        let noisy = "testsrc2=s=640x360:r=25:d=3,noise=alls=20:allf=t"
        for (input, budget) in [
            (try inputs.make("film.ts", ["-f", "lavfi", "-i", noisy, "-c:v", "mpeg2video", "-b:v", "8M"]), 300_000),
            (try inputs.make("loop.gif", ["-f", "lavfi", "-i", "testsrc2=s=320x240:r=5:d=2"]), 20_000),
            (try inputs.still("still.tiff", "1280x720"), 40_000),
            (try inputs.make("tone.flac", ["-f", "lavfi", "-i", "sine=d=3"]), 60_000),
        ] {
            let outcome = try command(
                "fit", input, "--profile", "nemo-upload", "--max-bytes", "\(budget)", "-o", "fitted/", "--format",
                "json")
            #expect(outcome.status == 0, "\(input): \(outcome.output) \(outcome.errors)")
            #expect(try outcome.json["files"]?[0]?["fit"]?["bytes"]?.integer.map { $0 <= budget } == true)
        }
    }
}

/// A program that starts the worker with one more argument.
private func worker(in folder: TemporaryFolder, _ argument: String) throws -> String {
    let program = Places.executable(named: "reelgate-media").path(percentEncoded: false)
    let script = folder.path("worker")
    try Data("#!/bin/sh\nexec '\(program)' \(argument) \"$@\"\n".utf8).write(to: URL(filePath: script))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
    return script
}

/// Whether the worker that was built with the tests misbehaves on command.
#if DEBUG
    private let canMisbehave = true
#else
    private let canMisbehave = false
#endif
