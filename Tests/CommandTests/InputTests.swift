import Foundation
import ReelModel
import ReelTestSupport
import Testing

/// What is given as a file and may be none, or have an odd name.
@Suite(.timeLimit(.minutes(2)))
struct InputTests {
    private func files(_ outcome: Command.Outcome) throws -> [JSON] { try outcome.json["files"]?.elements ?? [] }

    @Test func `a pipe that nobody writes to is told, alone and in a folder`() throws {
        let command = try Command()
        try FileManager.default.createDirectory(at: command.folder.file("inputs"), withIntermediateDirectories: true)
        #expect(mkfifo(command.folder.path("inputs/pipe.mp4"), 0o600) == 0)
        try Data(contentsOf: Places.fixtures.appending(path: "passes-rgb.png"))
            .write(to: command.folder.file("inputs/good.png"))
        for arguments in [["check", "--profile", "nemo-upload"], ["probe"], ["verify", "--duration", "1"]] {
            let outcome = try command.run(arguments + ["inputs/pipe.mp4", "--format", "json"])
            #expect(outcome.status == 2)
            #expect(try files(outcome).first?["failure"]?["problem"]?.text?.contains("not a regular file") == true)
        }
        let outcome = try command("check", "inputs", "--profile", "nemo-upload", "--format", "json")
        #expect(outcome.status == 2)
        #expect(try files(outcome).map { $0["verdict"] } == ["pass", "unreadable"])
    }

    /// Line feeds end a line of a list. What else Unicode counts as the end of a line may stand in a name.
    @Test func `names with odd characters are found, in a list too`() throws {
        let command = try Command()
        let image = try Data(contentsOf: Places.fixtures.appending(path: "passes-rgb.png"))
        let names = [
            "line\u{2028}separator.png", "next\u{85}line.png", "page\u{C}feed.png", "carriage\rreturn.png", "-dash.png",
            "🎬 動画.png", "quote'\".png", " space .png",
        ]
        for name in names { try image.write(to: command.folder.file(name)) }
        try image.write(to: command.folder.file("line\nfeed.png"))
        let list = names.joined(separator: "\n") + "\r\n"
        let outcome = try command.run(["check", "-", "--profile", "nemo-upload", "--format", "json"], input: list)
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(try files(outcome).map { $0["path"]?.text } == names)
        #expect(try command("check", "line\nfeed.png", "--profile", "nemo-upload").status == 0)
        #expect(try command("check", "./-dash.png", "--profile", "nemo-upload").status == 0)
    }

    @Test(.enabled(if: getuid() != 0, "root may list any folder"))
    func `a folder that cannot be listed keeps its place, and the others are judged`() throws {
        let command = try Command()
        for name in ["shut", "open"] {
            try FileManager.default.createDirectory(at: command.folder.file(name), withIntermediateDirectories: true)
            try Data(contentsOf: Places.fixtures.appending(path: "passes-rgb.png"))
                .write(to: command.folder.file(name + "/a.png"))
        }
        chmod(command.folder.path("shut"), 0)
        defer { chmod(command.folder.path("shut"), 0o700) }
        let outcome = try command("check", "shut", "open", "--profile", "nemo-upload", "--format", "json")
        #expect(outcome.status == 2)
        #expect(try files(outcome).map { $0["verdict"] } == ["unreadable", "pass"])
    }

    /// A deeper look at a good file finds nothing that its headers do not show, or says that it could not look.
    @Test(arguments: Depth.allCases)
    func `what is good passes at every depth`(depth: Depth) throws {
        let folder = Places.fixtures.path(percentEncoded: false)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("passes-") }
            .sorted()
        let command = try Command()
        let outcome = try command.run(
            ["check"] + names.map { folder + "/" + $0 }
                + ["--profile", "nemo-upload", "--depth", depth.rawValue, "--format", "json"])
        let files = try files(outcome)
        #expect(files.count == names.count)
        for (name, file) in zip(names, files) where file["verdict"] != "pass" {
            // FFmpeg 5.1 decodes no animated WebP.
            #expect(name == "passes-animated.webp" && depth != .header, "\(name): \(file["findings"]?.text ?? "")")
            #expect(file["verdict"] == "unreadable")
            #expect(file["notEvaluated"]?.elements?.map { $0["rule"] } == ["undecodable-codec"])
        }
    }
}
