import Foundation
import ReelModel
import ReelTestSupport
import Testing

/// Gate 1, fit and gate 2 on their own, through the built command.
struct GateTests {
    private func rules(_ report: JSON, _ index: Int = 0) -> [String] {
        (report["files"]?[index]?["findings"]?.elements ?? []).compactMap { $0["rule"]?.text }
    }

    @Test func `a sample is told as one, fails by what it shows and passes nothing`() throws {
        let command = try Command()
        for (name, black) in [("clean.mp4", "0"), ("black.mp4", "between(t,1,2)")] {
            let path = command.folder.path(name)
            try ExternalTool.ffmpeg.run([
                "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x120:r=10:d=60", "-vf",
                "drawbox=c=black:t=fill:enable='\(black)'", "-c:v", "libx264", "-preset", "ultrafast", "-g", "10",
                "-movflags", "+faststart", path,
            ])
            let outcome = try command("verify", path, "--sample", "--format", "json")
            let file = try #require(try outcome.json["files"]?[0])
            #expect(outcome.status == (black == "0" ? 2 : 1))
            #expect(file["verdict"]?.text == (black == "0" ? "unreadable" : "fail"))
            #expect(file["facts"]?["depth"]?.text == "header")
            #expect(file["facts"]?["measured"]?["sample"]?["spans"]?.elements?.count == 8)
            #expect(rules(try outcome.json).contains("black-inside") == (black != "0"))
        }
    }

    @Test func `a refusal has its code, rule, measured and allowed value`() throws {
        let command = try Command()
        let big = command.folder.path("big.mp4")
        try FileManager.default.copyItem(atPath: try Inputs(folder: command.folder).clip("small.mp4"), toPath: big)
        // A free box makes it too large without a byte on the disk.
        let handle = try #require(FileHandle(forUpdatingAtPath: big))
        let end = try handle.seekToEnd()
        try handle.write(contentsOf: Data([0x0B, 0xEB, 0xC2, 0x00]) + Data("free".utf8))
        try handle.truncate(atOffset: end + 200_000_000)
        try handle.close()
        let outcome = try command("check", big, "--profile", "nemo-upload", "--format", "json")
        #expect(outcome.status == 1)
        let finding = try #require(try outcome.json["files"]?[0]?["findings"]?[0])
        #expect(finding["rule"] == "file-too-large")
        #expect(finding["code"] == "4002")
        #expect(finding["measured"]?.integer == Int64(end) + 200_000_000)
        #expect(finding["allowed"]?["max"]?.integer.map { $0 <= 200_000_000 } == true)
        #expect(finding["unit"] == "bytes")
    }

    @Test(arguments: [
        ("playlist.mp4", "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"),
        ("page.jpg", "<!doctype html><html></html>"), ("script.mov", "#!/bin/sh\nexit 0\n"),
        ("concat.mp4", "ffconcat version 1.0\nfile /etc/passwd\n"),
    ])
    func `what is no media is 4001 whatever its name`(name: String, content: String) throws {
        let command = try Command()
        try Data(content.utf8).write(to: command.folder.file(name))
        let outcome = try command("check", name, "--profile", "nemo-upload", "--format", "json")
        #expect(outcome.status == 1)
        let findings = try outcome.json["files"]?[0]?["findings"]?.elements ?? []
        #expect(findings.map { $0["code"]?.text } == ["4001"])
    }

    @Test func `fit makes a copy that passes and leaves the original alone`() throws {
        let command = try Command()
        let inputs = Inputs(folder: command.folder)
        for (input, expected) in [
            (try inputs.clip("a.ts", ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"]), "a.mp4"),
            (try inputs.still("b.tiff"), "b.jpg"),
            (try inputs.make("c.flac", ["-f", "lavfi", "-i", "sine=d=1"]), "c.m4a"),
        ] {
            let before = try Data(contentsOf: URL(filePath: input))
            let outcome = try command(
                "fit", input, "--profile", "nemo-upload", "-o", "fitted/", "--format", "json")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try Data(contentsOf: URL(filePath: input)) == before)
            let made = try #require(try outcome.json["files"]?[0]?["fit"]?["output"]?.text)
            #expect(made.hasSuffix(expected) || made.hasSuffix("b.png"))
            #expect(try command("check", made, "--profile", "nemo-upload").status == 0)
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: command.folder.path("fitted"))
        #expect(left.allSatisfy { !$0.hasPrefix(".") })
    }

    @Test func `fit plans without doing, and never writes over its input`() throws {
        let command = try Command()
        let input = try Inputs(folder: command.folder).clip("a.ts")
        let planned = try command("fit", input, "--profile", "nemo-upload", "--plan", "--format", "json")
        #expect(planned.status == 1)
        #expect(try planned.json["files"]?[0]?["fit"]?["plan"]?.elements?.isEmpty == false)
        let still = try Inputs(folder: command.folder).still("s.png")
        let same = try command("fit", still, "--profile", "nemo-upload", "-o", still)
        #expect(same.status == 64)
    }

    @Test func `the copy of a phone's MOV is the MP4 that was asked for`() throws {
        let command = try Command()
        let input = try Inputs(folder: command.folder).clip(
            "phone.mov", ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"])
        let outcome = try command("fit", input, "--profile", "nemo-upload", "-o", "out.mp4")
        #expect(outcome.status == 0)
        let brand = try ExternalTool.ffprobe.run([
            "-v", "error", "-show_entries", "format_tags=major_brand", "-of", "csv=p=0", command.folder.path("out.mp4"),
        ]).output
        #expect(brand.hasPrefix("iso") || brand.hasPrefix("mp4"), "\(brand)")
    }

    @Test func `a budget that cannot be met is answered without an encode`() throws {
        let command = try Command()
        let input = try Inputs(folder: command.folder).clip("a.mp4")
        let outcome = try command(
            "fit", input, "--profile", "nemo-upload", "--max-bytes", "900", "-o", "b.mp4", "--format", "json")
        #expect(outcome.status == 2)
        #expect(!FileManager.default.fileExists(atPath: command.folder.path("b.mp4")))
    }

    @Test func `verify holds a file against what was ordered`() throws {
        let command = try Command()
        let input = try Inputs(folder: command.folder).clip(
            "a.mp4", ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart"])
        #expect(try command("verify", input, "--size", "320x240", "--duration", "2", "--codec", "h264").status == 0)
        for (options, rule) in [
            (["--size", "240x320"], "size-mismatch"), (["--duration", "3"], "duration-mismatch"),
            (["--codec", "hevc"], "video-codec"),
        ] {
            let outcome = try command.run(["verify", input, "--format", "json"] + options)
            #expect(outcome.status == 1)
            #expect(rules(try outcome.json).contains(rule))
        }
    }

    @Test func `verify holds a film against the titles of its draft`() throws {
        let command = try Command()
        try Data(#"{"t":[{"tt":7,"sg":[{"s":0,"d":3000,"tx":"Urban Dreams"}]}]}"#.utf8)
            .write(to: command.folder.file("draft.json"))
        for (name, words, status) in [("drawn", "Urban Dreams", 0), ("bare", "", 1)] {
            let film = try Inputs(folder: command.folder).make(
                "\(name).mp4",
                [
                    "-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=5", "-vf",
                    "drawtext=font=DejaVuSans:text='\(words)':fontsize=18:fontcolor=white:borderw=1:x=80:y=190:"
                        + "enable='lt(t,3)'",
                    "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-movflags", "+faststart",
                ])
            let outcome = try command(
                "verify", film, "--draft", command.folder.path("draft.json"), "--only", "title-unseen", "--strict",
                "--format", "json")
            #expect(outcome.status == status, "\(outcome.output)")
            #expect(rules(try outcome.json) == (status == 0 ? [] : ["title-unseen"]))
        }
    }

    @Test func `a film that is cut, holed or short of sound fails gate 2`() throws {
        let command = try Command()
        let inputs = Inputs(folder: command.folder)
        let whole = try inputs.make(
            "whole.mp4",
            [
                "-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=8,noise=alls=20:allf=t", "-f", "lavfi", "-i",
                "sine=f=440:r=48000:d=8", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-c:a",
                "aac", "-movflags", "+faststart",
            ])
        #expect(try command("verify", whole, "--duration", "8").status == 0)
        let bytes = try Data(contentsOf: URL(filePath: whole))
        try bytes.prefix(bytes.count * 6 / 10).write(to: command.folder.file("cut.mp4"))
        var holed = bytes
        let hole = (bytes.count / 2)..<(bytes.count / 2 + bytes.count / 10)
        holed.replaceSubrange(hole, with: Data(count: hole.count))
        try holed.write(to: command.folder.file("holed.mp4"))
        _ = try inputs.make(
            "short.mp4",
            [
                "-i", whole, "-t", "5", "-i", whole, "-map", "1:v", "-map", "0:a", "-c", "copy", "-movflags",
                "+faststart",
            ])
        let packets = ["--profile", "nemo-upload", "--depth", "packets", "--format", "json"]
        let sound = try command.run(["check", whole] + packets)
        #expect(sound.status == 0, "\(sound.output)")
        #expect(try sound.json["files"]?[0]?["notEvaluated"]?.elements?.isEmpty == true)
        for (name, rule) in [
            ("cut.mp4", "truncated"), ("holed.mp4", "zeroed-range"), ("short.mp4", "video-ends-early"),
        ] {
            let outcome = try command("verify", name, "--duration", "8", "--format", "json")
            #expect(outcome.status == 1, "\(name): \(outcome.output)")
            // Without decoding, too.
            let checked = try command.run(["check", name] + packets)
            #expect(checked.status == 1)
            #expect(rules(try checked.json).contains(rule), "\(name): \(checked.output)")
        }
    }

    @Test func `every rule that is listed has a page, for people and for programs`() throws {
        let command = try Command()
        let listed = try command("rules", "--format", "json").json["rules"]?.elements ?? []
        #expect(listed.count > 30)
        let text = try command("rules").output
        for page in listed { #expect(text.contains(try #require(page["id"]?.text))) }
        let page = try command("explain", "file-too-large", "--format", "json")
        #expect(page.status == 0)
        #expect(try page.json["schema"] == "reelgate.rule/1")
        let examples = try page.json["examples"]?.elements ?? []
        #expect(examples.contains { $0["findings"]?[0]?["code"] == "4002" })
        #expect(try command("explain", "file-too-large").output.contains("reject 4002: "))
    }

    @Test(arguments: [
        ("file-to-large", "file-too-large"), ("truncate", "truncated"), ("too-large", "file-too-large"),
        ("EXTENSION-MISMATCH", "extension-mismatch"),
    ])
    func `a rule that there is not brings up the one that was meant`(asked: String, meant: String) throws {
        let outcome = try Command()("explain", asked)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("Did you mean \(meant)?"), "\(outcome.errors)")
    }
}
