import Foundation
import ReelModel
import ReelTestSupport
import Testing

/// Options that once were taken and not heeded: a file passed for want of being asked.
struct OptionTests {
    @Test func `a limit that is set holds without a profile being named`() throws {
        let command = try Command()
        let clip = try Inputs(folder: command.folder).clip("a.mp4")
        let outcome = try command("verify", clip, "--set", "max_bytes=5", "--only", "file-too-large")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("file-too-large"))
    }

    @Test(arguments: [
        ["upload"], ["run", "--prompt", "Trim it", "--output", "a.mp4"], ["export", "--output", "a.mp4"], ["chat"],
    ])
    func `who goes through the backend is not offered limits for one call`(subcommand: [String]) throws {
        let command = try Command()
        let outcome = try command.run(subcommand + ["--backend", "local", "--set", "max_bytes=5"])
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("--set"))
    }

    @Test func `an unknown destination opens no run`() throws {
        let command = try Command()
        let clip = try Inputs(folder: command.folder).clip("a.mp4")
        let outcome = try command("upload", clip, "--backend", "local", "--profile", "nemo-upload,youtube")
        #expect(outcome.status == 64)
        #expect(try command("jobs", "--format", "json").json["runs"]?.elements?.isEmpty != false)
        #expect(try command("jobs").output.contains("a.mp4") == false)
    }

    @Test(arguments: [["--only", ""], ["--only", "truncated", "--skip", "truncated"]])
    func `no rule left to ask is no pass`(selection: [String]) throws {
        let command = try Command()
        let clip = try Inputs(folder: command.folder).clip("a.mp4")
        #expect(try command.run(["verify", clip] + selection).status == 64)
    }

    @Test func `two destinations of one name are not one`() throws {
        let command = try Command()
        let clip = try Inputs(folder: command.folder).clip("a.mp4")
        let own = try profile(command, "tiny.yaml", "name: nemo-upload\nextends: nemo-upload\n\(Self.bytes(1000))")
        #expect(try command("check", clip, "--profile", "nemo-upload,\(own)").status == 64)
        #expect(try command("check", clip, "--profile", "\(own),\(own)").status == 1)
    }

    @Test func `nothing to keep is told by the plan already`() throws {
        let command = try Command()
        let clip = try Inputs(folder: command.folder).clip("a.mp4")
        let outcome = try command("fit", clip, "--profile", "nemo-upload", "--keep", "100-200", "--plan")
        #expect(outcome.status == 2)
        #expect(outcome.output.contains("nothing is left of it"))
    }

    @Test func `the loudness of a part is not taken for that of the whole`() throws {
        let command = try Command()
        let clip = try Inputs(folder: command.folder).clip("a.mp4")
        let outcome = try command(
            "fit", clip, "--profile", "nemo-upload", "--loudness=-20", "--keep", "0-1", "-o", "b.mp4")
        #expect(outcome.status == 64)
        #expect(outcome.output.contains("Cut it first"))
        #expect(!FileManager.default.fileExists(atPath: command.folder.path("b.mp4")))
    }

    private static func bytes(_ most: Int) -> String {
        """
        limits:
          max_bytes: {value: \(most), strength: hard, effect: reject, code: "4002", source: contract}

        """
    }

    private func profile(_ command: Command, _ name: String, _ yaml: String) throws -> String {
        try Data(yaml.utf8).write(to: command.folder.file(name))
        return command.folder.path(name)
    }
}
