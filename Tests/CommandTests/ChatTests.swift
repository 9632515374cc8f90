import Foundation
import ReelModel
import ReelTestSupport
import Testing

/// Talks with the local backend, through the built command.
@Suite(.serialized)
struct ChatTests {
    private func command(_ more: [String: String] = [:]) throws -> Command {
        try Command(
            more.merging(["NEMO_API_URL": "local", "REELGATE_POLL_INTERVAL": "0.2"]) { mine, _ in mine })
    }

    @Test func `a talk sends a file, edits, tells what changed, answers questions and exports`() throws {
        let command = try command()
        let picture = try Inputs(folder: command.folder).still("my picture.jpg", "200x100")
        let talk = [
            "status", "export", "'\(picture)'", "make a 2 second clip", "make it better",
            #"add the title "Urban Dreams""#, "show me the timeline please", "积分", "export to out.mp4", "quit",
            "never said",
        ]
        let outcome = try command("chat", input: talk.joined(separator: "\n") + "\n")
        // "export" before there was anything to export.
        #expect(outcome.status == 2)
        #expect(outcome.errors.hasPrefix("Connecting…\nReady!\n"))
        #expect(outcome.errors.components(separatedBy: "Specific prompts").count == 2)
        #expect(outcome.errors.contains("Video added: my picture.jpg (0-2s)\n"))
        #expect(outcome.errors.contains(#"→ "Urban Dreams" (0-2s)"#))
        #expect(outcome.errors.contains("Next: "))
        #expect(outcome.output.contains("Local backend"))
        #expect(outcome.output.contains("\nTimeline (3 tracks): 1. Video: my picture.jpg (0-2s)"))
        #expect(outcome.output.contains("\nCredits: 70 available"))
        #expect(outcome.output.contains("out.mp4: H.264"))
        #expect(try command.accepted() == ["upload": 1, "message": 3, "render": 1])
        #expect(!outcome.output.contains("never said") && !outcome.errors.contains("Run 2"))
        let streams = try ExternalTool.ffprobe.run([
            "-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0", command.folder.path("out.mp4"),
        ]).output
        #expect(Set(streams.split(separator: "\n")) == ["h264", "aac"])
    }

    @Test func `one message goes on with the last session, or with a new one`() throws {
        let command = try command()
        #expect(try command("chat", "--message", "make a 1 second clip of the sea").status == 0)
        let second = try command("chat", "--message", #"add the title "Two""#)
        #expect(second.status == 0, "\(second.errors)")
        #expect(second.errors.contains(#""Two""#))
        #expect(second.output.hasPrefix("Local backend"))
        let other = try command("chat", "--new", "--message", "status")
        #expect(other.errors.contains("There is no session yet"))
        let gone = try command("chat", "--session", "no-such-session", "--message", "make a clip of the sea")
        #expect(gone.status == 2)
        #expect(gone.errors.contains("1002"))
    }

    @Test func `where the agent says to click Export, the export is run`() throws {
        let command = try command()
        let outcome = try command("chat", "--message", "make a 1 second clip of the sea, window-talk")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(!outcome.output.contains("Click"))
        #expect(outcome.output.contains("reelgate.mp4: H.264"))
        #expect(try command.accepted() == ["message": 1, "render": 1])
    }

    @Test func `a batch is carried out once, whatever is called how often`() throws {
        let command = try command()
        let inputs = Inputs(folder: command.folder)
        _ = try inputs.still("a.jpg", "200x100")
        let lines = [
            #"{"id":"one","files":["a.jpg"],"prompt":"make a 1 second clip","output":"one.mp4"}"#,
            "nonsense",
            #"{"id":"two","prompt":"make a 1 second clip of the sea","output":"two.mp4","project":"p"}"#,
            #"{"id":"three","prompt":"add the title \"Hi\"","output":"three.mp4","project":"p"}"#,
            #"{"id":"four","files":["nowhere.jpg"],"prompt":"make a clip","output":"four.mp4"}"#,
        ]
        try lines.joined(separator: "\n").write(
            to: command.folder.file("jobs.jsonl"), atomically: true, encoding: .utf8)
        let first = try command("batch", "jobs.jsonl", "--jobs", "2")
        #expect(first.status == 64)
        func results(_ outcome: Command.Outcome) throws -> [Int64: JSON] {
            var results: [Int64: JSON] = [:]
            for line in outcome.output.split(separator: "\n") {
                let json = try JSON(parsing: String(line))
                #expect(json["schema"] == "reelgate.batch/1")
                let number = try #require(json["line"]?.integer)
                #expect(results.updateValue(json, forKey: number) == nil)
            }
            return results
        }
        let told = try results(first)
        #expect(told.mapValues { $0["status"]?.text } == [1: "pass", 2: "invalid", 3: "pass", 4: "pass", 5: "fail"])
        let sessions = [3, 4].map { told[$0]?["report"]?["run"]?["session"]?.text }
        #expect(sessions[0] != nil && sessions[0] == sessions[1])
        let accepted = ["upload": 1, "message": 3, "render": 3]
        #expect(try command.accepted() == accepted)
        for name in ["one", "two", "three"] {
            #expect(FileManager.default.fileExists(atPath: command.folder.path("\(name).mp4")))
        }
        let second = try command("batch", "jobs.jsonl", "--jobs", "2")
        #expect(try results(second).mapValues { $0["status"]?.text } == told.mapValues { $0["status"]?.text })
        #expect(try results(second)[1]?["earlier"] == true)
        #expect(try command.accepted() == accepted)
    }

    @Test(.timeLimit(.minutes(3)))
    func `a batch that is killed goes on, and repeats nothing`() throws {
        let command = try command()
        let lines = (1...3).map { #"{"prompt":"make a \#($0) second clip of the sea","output":"\#($0).mp4"}"# }
        try lines.joined(separator: "\n").write(
            to: command.folder.file("jobs.jsonl"), atomically: true, encoding: .utf8)
        let started = try command.start(["batch", "jobs.jsonl", "--jobs", "2"])
        while started.process.isRunning, try command.accepted()["render"] == nil { usleep(20_000) }
        kill(started.process.processIdentifier, SIGKILL)
        started.process.waitUntilExit()
        let again = try command("batch", "jobs.jsonl", "--jobs", "2")
        #expect(again.status == 0, "\(again.errors)")
        #expect(try command.accepted() == ["message": 3, "render": 3])
        for number in 1...3 { #expect(FileManager.default.fileExists(atPath: command.folder.path("\(number).mp4"))) }
    }

    @Test func `what is forgotten is in the journal no more`() throws {
        let command = try command()
        #expect(try command("chat", "--message", "make a 1 second clip of the sea").status == 0)
        let jobs = try command("jobs", "--all", "--format", "json").json["jobs"]?.elements ?? []
        let id = try #require(jobs.first?["id"]?.text)
        #expect(try command("forget", id).status == 0)
        #expect(try command("jobs", "--all", "--format", "json").json["jobs"]?.elements?.isEmpty == true)
        #expect(try command("forget", id).status == 64)
        #expect(try command("forget").status == 64)
    }

    @Test func `the skill that it belongs to signs every request`() throws {
        let command = try command()
        let skill = command.folder.path("SKILL.md")
        try "---\nname: my-skill\nversion: \"7.5\"\n---\n# Skill\n".write(
            toFile: skill, atomically: true, encoding: .utf8)
        let seen = try HeaderCatcher.headers(of: "credits", skill: skill, source: nil, in: command.folder)
        #expect(seen["x-skill-source"] == "my-skill")
        #expect(seen["x-skill-version"] == "7.5")
        #expect(seen["x-skill-platform"] == "unknown")
        let named = try HeaderCatcher.headers(of: "credits", skill: skill, source: "clawhub", in: command.folder)
        #expect(named["x-skill-platform"] == "clawhub")
        try "no front matter".write(toFile: skill, atomically: true, encoding: .utf8)
        let broken = try Command(["REELGATE_SKILL_FILE": skill])("credits", "--backend", "local")
        #expect(broken.status == 64)
        #expect(broken.errors.contains("front matter"))
    }
}

/// A loopback server that notes the headers of the first request to it.
private enum HeaderCatcher {
    static func headers(
        of subcommand: String, skill: String, source: String?, in folder: TemporaryFolder
    ) throws -> [String: String] {
        let server = try PythonServer(
            """
            import http.server, json
            class Handler(http.server.BaseHTTPRequestHandler):
                def answer(self):
                    with open('headers.json', 'w') as file:
                        json.dump({k.lower(): v for k, v in self.headers.items()}, file)
                    body = b'{"code":0,"data":{"token":"nmv_usr_x","available":1}}'
                    self.send_response(200)
                    self.send_header('Content-Type', 'application/json')
                    self.send_header('Content-Length', str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                do_GET = do_POST = answer
                def log_message(self, *args): pass
            server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
            print(server.server_port, flush=True)
            server.serve_forever()
            """, in: folder.url)
        var environment = ["REELGATE_SKILL_FILE": skill]
        if let source { environment["SKILL_SOURCE"] = source }
        let outcome = try Command(environment)(subcommand, "--backend", "http://127.0.0.1:\(server.port)")
        try #require(outcome.status == 0, "\(outcome.errors)")
        let seen = try JSON(parsing: String(contentsOf: folder.file("headers.json"), encoding: .utf8))
        return try #require(seen.members).reduce(into: [:]) { $0[$1.key] = $1.value.text }
    }
}
