import Foundation
import ReelModel
import ReelTestSupport
import Testing

/// How `fit` behaves where the world does not: no space, no right to write, a signal, private notes.
@Suite(.timeLimit(.minutes(3)))
struct FitConductTests {
    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    /// What a shell says that has a file system of its own mounted at `disk`, with the command as its first argument.
    private func onDisk(
        _ command: Command, _ options: String, _ script: String
    ) throws -> Command.Outcome {
        let unshare = ExternalTool("unshare")
        guard unshare.isInstalled, (try? unshare.run(["-Urm", "mount", "-t", "tmpfs", "none", "/mnt"])) != nil else {
            try Test.cancel("no file system of one's own can be mounted here")
        }
        try FileManager.default.createDirectory(atPath: command.folder.path("disk"), withIntermediateDirectories: true)
        let started = try command.start(
            [],
            under: [
                "unshare", "-Urm", "sh", "-c", "mount -t tmpfs -o size=\(options) none disk && \(script)",
            ])
        started.process.waitUntilExit()
        return try started.outcome()
    }

    @Test(arguments: ["copied", "coded anew"])
    func `where the disk is full it is said, and nothing is left`(_ way: String) throws {
        let command = try Command()
        let inputs = Inputs(folder: command.folder)
        let coding = way == "copied" ? "libx264" : "mpeg2video"
        _ = try inputs.make(
            "a.ts",
            [
                "-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=2,noise=alls=60:allf=t", "-c:v", coding, "-b:v", "20M",
                "-pix_fmt", "yuv420p",
            ])
        let outcome = try onDisk(
            command, "200k", #""$0" fit a.ts --profile nemo-upload -o disk/b.mp4; echo "$?"; ls -A disk"#)
        #expect(outcome.output.split(separator: "\n").last == "2", "\(outcome.output) \(outcome.errors)")
        #expect((outcome.output + outcome.errors).localizedCaseInsensitiveContains("no space left"), "\(outcome)")
    }

    @Test func `where nothing may be written it is said at once`() throws {
        let command = try Command()
        _ = try Inputs(folder: command.folder).clip("a.ts")
        let outcome = try onDisk(
            command, "1m", #"mount -o remount,ro disk; "$0" fit a.ts --profile nemo-upload -o disk/b.mp4; echo "$?""#)
        #expect(outcome.output.split(separator: "\n").last == "2", "\(outcome.output) \(outcome.errors)")
        #expect((outcome.output + outcome.errors).localizedCaseInsensitiveContains("read only"), "\(outcome)")
    }

    @Test func `a link to the source is the source`() throws {
        let command = try Command()
        let input = try Inputs(folder: command.folder).clip("a.ts")
        let before = try Data(contentsOf: URL(filePath: input))
        try FileManager.default.createSymbolicLink(atPath: command.folder.path("soft.mp4"), withDestinationPath: input)
        try FileManager.default.linkItem(atPath: input, toPath: command.folder.path("hard.mp4"))
        for target in ["soft.mp4", "hard.mp4"] {
            let outcome = try command("fit", input, "--profile", "nemo-upload", "-o", target)
            #expect(outcome.status == 64, "\(outcome.errors)")
            #expect((outcome.output + outcome.errors).contains("the output is the input itself"))
        }
        #expect(try Data(contentsOf: URL(filePath: input)) == before)
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `a signal ends it in good order, and nothing is left`(_ number: CInt) throws {
        let command = try Command()
        let input = try Inputs(folder: command.folder).make(
            "long.ts",
            [
                "-f", "lavfi", "-i", "testsrc2=s=1280x720:r=30:d=6,noise=alls=30:allf=t", "-c:v", "mpeg2video",
                "-q:v", "5",
            ])
        let target = command.folder.path("made")
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        let started = try command.start(["fit", input, "--profile", "nemo-upload", "-o", "made/b.mp4"])
        while started.process.isRunning, try names(target).isEmpty { usleep(20_000) }
        kill(started.process.processIdentifier, number)
        started.process.waitUntilExit()
        #expect(try started.outcome().status == 75)
        #expect(try names(target) == [])
    }

    @Test func `a copy is made that says nothing of where, by whom and with what`() throws {
        let command = try Command()
        let inputs = Inputs(folder: command.folder)
        let film = try inputs.clip(
            "a.mp4",
            [
                "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "-metadata", "location=+48.2082+016.3738/",
                "-metadata", "artist=Somebody", "-movflags", "+faststart",
            ])
        let still = try inputs.still("a.jpg")
        let exiftool = ExternalTool("exiftool")
        try exiftool.run(["-q", "-overwrite_original", "-EXIF:Make=Telephone", "-EXIF:Artist=Somebody", still])
        for (input, output) in [(film, "b.mp4"), (still, "b.jpg")] {
            let plain = try command(
                "fit", input, "--profile", "nemo-upload", "--plan", "-o", output, "--format", "json")
            #expect(try plain.json["files"]?[0]?["fit"]?["plan"]?.elements?.isEmpty == true)
            let outcome = try command(
                "fit", input, "--profile", "nemo-upload", "--drop-private", "-o", output, "--format", "json")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let losses = try outcome.json["files"]?[0]?["fit"]?["quality"]?["losses"]?.elements ?? []
            #expect(losses.contains { $0.text?.contains("left out") == true }, "\(outcome.output)")
            let told = try exiftool.run(["-a", "-ee", command.folder.path(output)]).output
            #expect(!told.contains("Somebody") && !told.contains("Telephone") && !told.contains("48.2"), "\(told)")
            func pictures(_ path: String) throws -> String {
                try ExternalTool.ffmpeg.run(
                    ["-v", "error", "-i", path, "-map", "0", "-c", "copy", "-f", "streamhash", "-"]
                ).output
            }
            if output == "b.mp4" { #expect(try pictures(film) == pictures(command.folder.path(output))) }
        }
    }
}
