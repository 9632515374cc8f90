import Foundation
import ReelModel
import ReelTestSupport
import Testing

/// What holds for every subcommand: help, exit codes, streams.
struct ConductTests {
    @Test func `help lists what exists, and nothing else`() throws {
        let help = try Command()("--help").output
        let listed = help.split(separator: "\n").drop { $0 != "SUBCOMMANDS:" }.dropFirst()
            .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.hasPrefix("  See") }
            .compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(
            listed == [
                "probe", "check", "fit", "verify", "run", "upload", "credits", "status", "export", "chat",
                "batch", "jobs", "resume", "forget",
                "serve", "rules", "explain", "profiles",
            ])
    }

    @Test(arguments: [
        ["frobnicate"], ["check"], ["check", "x.mp4"], ["check", "x.mp4", "--profile", "nowhere"],
        ["check", "x.mp4", "--profile", "./missing.yaml"], ["probe", "x", "--depth", "deep"],
        ["probe", "x", "--format", "parchment"], ["probe", "x", "--report", "x.parchment"],
        ["verify", "x", "--size", "big"], ["verify", "x", "--duration", "-1"], ["verify", "x", "--draft", "none.json"],
        ["fit", "x", "--profile", "nemo-upload"], ["explain", "no-such-rule"], ["profiles", "nowhere"],
        ["run", "x.jpg", "--prompt", " ", "-o", "y.mp4"],
        ["run", "x.jpg", "--prompt", "p", "-o", "no/such/folder/y.mp4"],
        ["resume", "no-such-run"], ["export", "-o", "y.mp4", "--backend", "local"],
        ["run", "x.jpg", "--prompt", "p", "-o", "y.mp4", "--poll-interval", "0"],
        ["status", "--backend", "ftp://127.0.0.1"],
    ])
    func `wrong usage exits 64 and says why`(arguments: [String]) throws {
        let outcome = try Command().run(arguments)
        #expect(outcome.status == 64)
        #expect(outcome.output.isEmpty)
        #expect(!outcome.errors.isEmpty)
    }

    @Test func `a file that is not there exits 2 and keeps its place in the report`() throws {
        let outcome = try Command()("check", "missing.mp4", "--profile", "nemo-upload", "--format", "json")
        #expect(outcome.status == 2)
        let file = try outcome.json["files"]?[0]
        #expect(file?["verdict"] == "unreadable")
        #expect(file?["path"] == "missing.mp4")
    }

    @Test(arguments: ["credits", "upload"])
    func `a backend that nobody answers for exits 69`(step: String) throws {
        let command = try Command()
        let input = try Inputs(folder: command.folder).still("a.jpg")
        let files = step == "upload" ? [input] : []
        let outcome = try command.run([step] + files + ["--backend", "http://127.0.0.1:9"])
        #expect(outcome.status == 69)
    }

    @Test func `a token that is refused exits 77 and is not shown`() throws {
        let secret = "nmv_usr_thisonewasneverissued"
        let command = try Command(["NEMO_TOKEN": secret])
        let server = try command.start(["serve", "--port", "0"])
        defer { kill(server.process.processIdentifier, SIGKILL) }
        var address = ""
        while server.process.isRunning, address.isEmpty {
            address = try server.outcome().output.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let outcome = try command("credits", "--backend", address)
        #expect(outcome.status == 77)
        #expect(!(outcome.output + outcome.errors).contains(secret))
    }

    @Test func `plain http is spoken to this machine only`() throws {
        #expect(try Command()("credits", "--backend", "http://192.0.2.1").status != 0)
    }

    @Test func `configuration with an unknown key is refused by name`() throws {
        let command = try Command()
        try FileManager.default.createDirectory(
            at: command.folder.file("config/reelgate"), withIntermediateDirectories: true)
        try Data("backnd: local\n".utf8).write(to: command.folder.file("config/reelgate/config.yaml"))
        let outcome = try command("jobs")
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("backnd"))
    }

    @Test func `a reader that goes away is not an error`() throws {
        let program = Places.executable(named: "reelgate").path(percentEncoded: false)
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/bash")
        shell.arguments = ["-c", "set -o pipefail; '\(program)' rules --format json | head -c 1 >/dev/null"]
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 0)
    }

    @Test func `rules, explain and profiles answer in JSON`() throws {
        let command = try Command()
        let rules = try command("rules", "--format", "json").json["rules"]?.elements ?? []
        #expect(!rules.isEmpty)
        for id in rules.compactMap({ $0["id"]?.text }) {
            let page = try command("explain", id, "--format", "json").json
            #expect(page["id"]?.text == id)
            #expect(page["examples"]?.elements?.isEmpty == false)
        }
        #expect(try command("profiles", "nemo-upload", "--format", "json").json["limits"]?["max_bytes"] != nil)
    }

    @Test func `a list of files may come on standard input`() throws {
        let command = try Command()
        let inputs = Inputs(folder: command.folder)
        let paths = [try inputs.still("a.png"), try inputs.still("b.jpg")]
        let outcome = try command.run(
            ["check", "-", "--profile", "nemo-upload", "--format", "json"], input: paths.joined(separator: "\n"))
        #expect(outcome.status == 0)
        #expect(try outcome.json["files"]?.elements?.map { $0["path"]?.text } == paths)
    }

    @Test func `a folder is taken with all below it, and a summary follows`() throws {
        let command = try Command()
        let inputs = Inputs(folder: command.folder)
        try FileManager.default.createDirectory(
            at: command.folder.file("media/deep"), withIntermediateDirectories: true)
        _ = try inputs.still("media/b.png")
        _ = try inputs.still("media/deep/a.tiff")
        let outcome = try command("check", "media", "--profile", "nemo-upload", "--format", "jsonl")
        #expect(outcome.status == 1)
        let lines = try outcome.output.split(separator: "\n").map { try JSON(parsing: String($0)) }
        #expect(lines.map { $0["type"]?.text } == ["file", "file", "summary"])
        #expect(lines.compactMap { $0["path"]?.text } == ["media/b.png", "media/deep/a.tiff"])
    }
}
