import Foundation
import ReelModel
import ReelTestSupport
import Testing

/// Files before they are published, through the built command.
struct PublishTests {
    private func film(_ command: Command, _ name: String, _ rate: String = "30", more: [String] = []) throws -> String {
        try Inputs(folder: command.folder).make(
            name,
            [
                "-f", "lavfi", "-i", "testsrc2=s=720x1280:r=\(rate):d=4", "-f", "lavfi", "-i", "sine=r=48000:d=4",
                "-c:v",
                "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-ac", "2", "-movflags",
                "+faststart",
            ] + more)
    }

    @Test func `several destinations are told as a table, with the answer that will come`() throws {
        let command = try Command()
        let clip = try film(command, "a.mp4", "3001/50", more: ["-video_track_timescale", "30010"])
        let outcome = try command("check", clip, "--profile", "tiktok,youtube-shorts")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("\ntiktok-video    refused\n"))
        #expect(outcome.output.contains("\nyoutube-shorts  ✓\n"))
        #expect(outcome.output.contains("TikTok will answer frame_rate_check_failed"))
        let json = try command("check", clip, "--profile", "tiktok,youtube-shorts", "--format", "json").json
        #expect(json["files"]?[0]?["destinations"] == ["tiktok-video": "refused", "youtube-shorts": "passes"])
        // As it is, it would be taken at twice the rate.
        #expect(try command("check", clip, "--profile", "tiktok", "--set", "max_fps=120").status == 0)
        #expect(try command("check", clip, "--profile", "tiktok", "--set", "max_fpss=120").status == 64)
    }

    @Test func `what an account may is taken from the platform's answer`() throws {
        let command = try Command()
        let clip = try film(command, "a.mp4")
        try Data(#"{"data": {"max_video_post_duration_sec": 3}}"#.utf8).write(to: command.folder.file("creator.json"))
        let outcome = try command(
            "check", clip, "--profile", "tiktok", "--limits", command.folder.path("creator.json"), "--format", "json")
        #expect(outcome.status == 1)
        #expect(try outcome.json["files"]?[0]?["findings"]?[0]?["rule"] == "duration-too-long")
        #expect(try outcome.json["files"]?[0]?["findings"]?[0]?["code"] == "duration_check_failed")
    }

    @Test func `one copy is made that all take, and one for each where they exclude each other`() throws {
        let command = try Command()
        let clip = try film(command, "a.mp4", "3001/50", more: ["-video_track_timescale", "30010"])
        let outcome = try command(
            "fit", clip, "--profile", "tiktok,instagram,threads", "-o", command.folder.path("one.mp4"), "--format",
            "json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let again = try command(
            "check", command.folder.path("one.mp4"), "--profile", "tiktok,instagram,threads", "--strict")
        #expect(again.status == 0, "\(again.output)")
        let short = try command(
            "fit", clip, "--profile", "tiktok,instagram-feed-image", "-o", command.folder.path("two.mp4"))
        #expect(short.errors.contains("cannot be met at once (media"))
        #expect(FileManager.default.fileExists(atPath: command.folder.path("two-tiktok-video.mp4")))
    }

    /// Opus begins by its decoder's delay before the picture; the copy had an edit list for these seven milliseconds.
    @Test func `sound that begins just before the picture makes no edit list`() throws {
        let command = try Command()
        let clip = try Inputs(folder: command.folder).make(
            "a.webm",
            [
                "-f", "lavfi", "-i", "testsrc2=s=360x640:r=30:d=4", "-f", "lavfi", "-i", "sine=r=48000:d=4", "-c:v",
                "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus", "-ac", "2",
            ])
        let copy = command.folder.path("b.mp4")
        let made = try command("fit", clip, "--profile", "instagram-reels", "-o", copy)
        #expect(made.status == 0, "\(made.output)")
        let judged = try command("check", copy, "--profile", "instagram-reels", "--strict")
        #expect(judged.status == 0, "\(judged.output)")
        let starts = try ExternalTool.ffprobe.run([
            "-v", "error", "-show_entries", "stream=start_pts", "-of", "csv=p=0", copy,
        ]).output
        #expect(starts.split(separator: "\n") == ["0", "0"])
    }

    @Test(arguments: ["blur", "crop", "pad"])
    func `a film is brought to another shape`(_ fill: String) throws {
        let command = try Command()
        let clip = try film(command, "a.mp4")
        let made = command.folder.path("b.mp4")
        let outcome = try command(
            "fit", clip, "--profile", "linkedin-video", "--aspect", "1:1", "--fill", fill, "-o", made)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let size = try ExternalTool.ffprobe.run([
            "-v", "error", "-select_streams", "v", "-show_entries", "stream=width,height,sample_aspect_ratio", "-of",
            "csv=p=0", made,
        ]).output
        #expect(size == (fill == "crop" ? "720,720,1:1\n" : "1280,1280,1:1\n"))
    }

    @Test func `sound is brought to a loudness, as ffmpeg measures it`() throws {
        let command = try Command()
        let clip = try film(command, "a.mp4")
        let made = command.folder.path("b.mp4")
        let outcome = try command("fit", clip, "--profile", "tiktok", "--loudness", "-16", "-o", made)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let said = try ExternalTool.ffmpeg.run([
            "-hide_banner", "-nostats", "-i", made, "-af", "ebur128", "-f", "null", "-",
        ]).errors
        let line = try #require(said.split(separator: "\n").last { $0.contains("I:") && $0.contains("LUFS") })
        let level = try #require(line.split(separator: " ").compactMap { Double($0) }.last)
        #expect(abs(level + 16) < 0.3, "\(line)")
    }

    @Test func `a code, a destination and the difference of two have pages`() throws {
        let command = try Command()
        #expect(try command("explain", "2207052").output.contains("No property of the file"))
        #expect(try command("explain", "tiktok").output.contains("max_fps"))
        #expect(try command("explain", "frame-rate-too-high").output.contains("60.02"))
        #expect(try command("explain", "no-such-thing").status == 64)
        #expect(try command("profiles", "--diff", "x-video", "x-video-premium").output.contains("max_duration"))
        #expect(try JSON(parsing: command("profiles", "--schema").output)["title"] == "reelgate.profile/1")
    }

    @Test func `the README's table is what the profiles say`() throws {
        let table = try Command()("profiles", "--table").output
        let readme = try String(contentsOf: Places.root.appending(path: "README.md"), encoding: .utf8)
        #expect(table.split(separator: "\n").count == 53)
        #expect(readme.contains(table), "put the output of `reelgate profiles --table` there")
    }

    @Test func `files of one post are judged together`() throws {
        let command = try Command()
        let inputs = Inputs(folder: command.folder)
        let first = try inputs.make("a.jpg", ["-f", "lavfi", "-i", "testsrc2=s=1080x1080:d=1", "-frames:v", "1"])
        let second = try inputs.make("b.jpg", ["-f", "lavfi", "-i", "testsrc2=s=1080x1350:d=1", "-frames:v", "1"])
        let alone = try command("check", first, second, "--profile", "instagram-carousel", "--format", "json").json
        let post = try command(
            "check", first, second, "--profile", "instagram-carousel", "--together", "--format", "json"
        ).json
        func rules(_ json: JSON) -> [String] {
            (json["files"]?[1]?["findings"]?.elements ?? []).compactMap { $0["rule"]?.text }
        }
        #expect(!rules(alone).contains("post-uneven"))
        #expect(rules(post).contains("post-uneven"))
        let single = try command("check", first, "--profile", "instagram-carousel", "--together", "--format", "json")
        #expect(single.status == 1)
        #expect(try single.json["files"]?[0]?["findings"]?[0]?["code"] == "2207028")
        // What cannot be read is posted all the same: there are two, and whether they go together is not known.
        let torn = try command(
            "check", "nowhere.jpg", first, "--profile", "instagram-carousel", "--together", "--format", "json")
        #expect(torn.status == 2)
        #expect(!rules(try torn.json).contains("post-count"))
        let open = (try torn.json["files"]?[1]?["notEvaluated"]?.elements ?? []).compactMap { $0["rule"]?.text }
        #expect(open.contains("post-uneven"))
    }

    @Test(arguments: ["30000/1001", "24000/1001"])
    func `a copy lasts no longer than a destination or a caller allows`(_ rate: String) throws {
        let command = try Command()
        let clip = try film(command, "a.mp4", rate)
        // 2.3 s of sound at 48 kHz, told as a difference of two fractions, are a little more.
        let limits = [
            (["--max-duration", "3"], 3.0), (["--set", "max_duration=2.5"], 2.5), (["--max-duration", "2.3"], 2.3),
        ]
        for (more, most) in limits {
            let outcome = try command.run(
                ["fit", clip, "--profile", "snapchat-public-profile-video", "-o", "b.mp4", "--set", "min_duration="]
                    + more)
            #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
            let told = try ExternalTool.ffprobe.run([
                "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", command.folder.path("b.mp4"),
            ]).output
            let seconds = try #require(Double(told.prefix { $0 != "\n" }))
            #expect(seconds <= most && seconds > most - 0.05)
        }
    }

    @Test func `one copy for several is judged by each of them`() throws {
        let command = try Command()
        let clip = try Inputs(folder: command.folder).make(
            "a.mp4",
            ["-f", "lavfi", "-i", "testsrc2=s=2560x1440:r=30:d=1", "-c:v", "libx264", "-preset", "ultrafast"])
        // One advises a size that the other refuses, and only doubts the bound that it would break.
        let head = "use: publish\nsummary: s\nsources: {s: {title: t, as_of: \"2026-11-01\"}}\nlimits:\n"
        let doubtful =
            "name: aa\ntitle: A\n" + head
            + "  max_width: {value: 1280, strength: hard, effect: unverified, source: s}\n"
            + "  preferred_sizes: {value: [\"2560x1440\"], strength: recommended, source: s}\n"
        let firm = "name: bb\ntitle: B\n" + head + "  max_width: {value: 1920, strength: hard, source: s}\n"
        try Data(doubtful.utf8).write(to: command.folder.file("a.yaml"))
        try Data(firm.utf8).write(to: command.folder.file("b.yaml"))
        for order in ["./a.yaml,./b.yaml", "./b.yaml,./a.yaml"] {
            let outcome = try command("fit", clip, "--profile", order, "-o", "b.mp4")
            #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
            #expect(try command("check", "b.mp4", "--profile", "./b.yaml").status == 0)
        }
    }
}
