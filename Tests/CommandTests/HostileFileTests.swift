import Foundation
import ReelModel
import ReelTestSupport
import Testing

/// Files that are made to have something else opened: other files, or somebody's address.
@Suite(.timeLimit(.minutes(10)))
struct HostileFileTests {
    /// What stands in them: a file that nobody may open, and the address of somebody whom nobody may call.
    private struct Lure {
        let canary: String
        let port: UInt16
        var address: String { "http://127.0.0.1:\(port)/x" }
        var file: String { "file://\(canary)" }
    }

    private static let kinds = [
        "playlist.mp4", "playlist.m4a", "address.jpg", "concat.mp4", "drawing.png", "drawing.jpg", "archive.mp4",
        "program.mp4", "page.jpg", "page.mp4", "manifest.mp4", "list.wav", "description.mp4",
    ]

    private func content(_ kind: String, _ lure: Lure) -> Data {
        let text =
            switch kind.prefix(while: { $0 != "." }) {
            case "playlist":
                "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n\(lure.address)\n#EXTINF:1,\n\(lure.file)\n"
                    + "#EXTINF:1,\n\(lure.canary)\n#EXT-X-ENDLIST\n"
            case "address": "\(lure.address)\n"
            case "concat": "ffconcat version 1.0\nfile '\(lure.canary)'\nfile '\(lure.address)'\n"
            case "drawing":
                "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY x SYSTEM \"\(lure.file)\">]>"
                    + "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
                    + "width=\"9\" height=\"9\"><image xlink:href=\"\(lure.address)\"/><text>&x;</text></svg>"
            case "archive": "PK\u{3}\u{4}\u{14}\0\0\0\0\0" + String(repeating: "\0", count: 64) + lure.canary
            case "program": "#!/bin/sh\ncat '\(lure.canary)'\n"
            case "page": "<!doctype html><html><img src=\"\(lure.address)\"><iframe src=\"\(lure.file)\"></html>"
            case "manifest":
                "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\">"
                    + "<BaseURL>\(lure.address)</BaseURL><Period><AdaptationSet mimeType=\"video/mp4\">"
                    + "<Representation id=\"1\"><BaseURL>\(lure.file)</BaseURL></Representation></AdaptationSet>"
                    + "</Period></MPD>"
            case "list": "[playlist]\nFile1=\(lure.address)\nFile2=\(lure.canary)\nNumberOfEntries=2\n"
            case _: "v=0\nc=IN IP4 127.0.0.1\nt=0 0\nm=video \(lure.port) RTP/AVP 96\na=rtpmap:96 H264/90000\n"
            }
        return Data(text.utf8)
    }

    private func commands(_ path: String) -> [[String]] {
        Depth.allCases.map { ["check", path, "--profile", "nemo-upload", "--format", "json", "--depth", $0.rawValue] }
            + [
                ["probe", path, "--depth", "frames"], ["verify", path, "--duration", "2"],
                ["fit", path, "--profile", "nemo-upload", "-o", "fitted/"],
            ]
    }

    @Test(arguments: kinds)
    func `a file that names others is refused, and no other is touched`(kind: String) throws {
        let command = try Command()
        let outside = try TemporaryFolder()
        let canary = try Canary(file: outside.path("secret.mp4"))
        let lure = Lure(canary: outside.path("secret.mp4"), port: canary.port)
        try content(kind, lure).write(to: command.folder.file(kind))
        for arguments in commands(kind) {
            let outcome = try command.run(arguments)
            #expect(!canary.wasTouched, "\(arguments)")
            guard arguments[0] != "probe" else { continue }
            #expect(outcome.status == 1 || outcome.status == 2, "\(arguments): \(outcome.output)")
            guard arguments[0] == "check" else { continue }
            #expect(outcome.status == 1)
            let findings = try outcome.json["files"]?[0]?["findings"]?.elements ?? []
            #expect(findings.compactMap { $0["code"]?.text } == ["4001"], "\(arguments): \(outcome.output)")
        }
    }

    @Test(
        .enabled(if: Trace.isInstalled, "needs strace, and the right to use it"),
        arguments: ["playlist.mp4", "concat.mp4", "drawing.jpg", "manifest.mp4"])
    func `the system saw nothing else opened, and nobody called`(kind: String) throws {
        let command = try Command()
        let outside = try TemporaryFolder()
        let canary = try Canary(file: outside.path("secret.mp4"))
        try content(kind, Lure(canary: outside.path("secret.mp4"), port: canary.port))
            .write(to: command.folder.file(kind))
        for arguments in commands(kind) {
            let log = outside.path("trace")
            let tool = [
                "strace", "-f", "-qq", "-s", "4096", "-e", "trace=open,openat,openat2,creat,connect,socket,bind,sendto",
                "-o", log,
            ]
            let started = try command.start(arguments, under: tool)
            started.process.waitUntilExit()
            let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
            #expect(lines.contains { $0.contains("\"\(kind)\"") }, "\(arguments): the file itself was opened")
            #expect(lines.filter { $0.contains("AF_INET") || $0.contains("secret") } == [])
            // Nor anything else where the user's files are.
            let mine = lines.filter { line in
                line.contains(command.folder.url.lastPathComponent) && !line.contains("/state")
                    && !line.contains("/config") && !line.contains("fitted")
            }
            #expect(mine == [], "\(arguments)")
        }
    }

    @Test func `a film that points outside is read as far as it goes, and what it points to is not`() throws {
        let command = try Command()
        let outside = try TemporaryFolder()
        let canary = try Canary(file: outside.path("secret.mp4"))
        let whole = try Inputs(folder: command.folder).clip("whole.mp4")
        var bytes = try Data(contentsOf: URL(filePath: whole))
        // ISO/IEC 14496-12, 8.7.2: a data entry whose flag "in the same file" is not set, and which has a location.
        let own = Data([0, 0, 0, 12]) + Data("url ".utf8) + Data([0, 0, 0, 1])
        var found = 0
        while let place = bytes.range(of: own) {
            bytes[place.upperBound - 1] = 0
            found += 1
        }
        #expect(found > 0)
        try bytes.write(to: command.folder.file("pointing.mp4"))
        for arguments in commands("pointing.mp4") {
            _ = try command.run(arguments)
            #expect(!canary.wasTouched)
        }
    }
}

/// Whether strace is there, and may trace.
private enum Trace {
    static let isInstalled: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["strace", "-qq", "-e", "trace=none", "-o", "/dev/null", "true"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()
}
