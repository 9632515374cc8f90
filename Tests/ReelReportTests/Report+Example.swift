import ReelModel

extension Report {
    /// A report with something of everything, for tests: a film that fails, a picture that passes with a note and was
    /// fitted, a file that nobody could read, and what came back.
    static let everything: Report = {
        var film = Facts(depth: .frames, bytes: 231_400_000, fileExtension: "mov", type: .known(.mov))
        film.duration = .known(61.2)
        film.bitRate = .known(30_248_366)
        film.fastStart = .known(false)
        film.editLists = .known(.trivial)
        film.missingBytes = .known(0)
        var video = VideoFacts(index: 0, codec: .known("h264"))
        video.profile = .known("High")
        video.level = .known("4.0")
        video.width = .known(1920)
        video.height = .known(1080)
        video.rotation = .known(90)
        video.sampleAspectRatio = .known(Rational(1))
        video.frameRate = .known(Rational(30000, 1001) ?? Rational(30))
        var audio = AudioFacts(index: 1, codec: .known("aac"))
        audio.profile = .known("LC")
        audio.sampleRate = .known(48_000)
        audio.channels = .known(2)
        film.video = .known([video])
        film.audio = .known([audio])
        film.others = .known([OtherStreamFacts(index: 2, kind: "timecode", codec: .unknown("it has none"))])
        film.measured = Measured(
            streams: [
                MeasuredStream(
                    index: 0, packets: 1834, frames: 1833, samples: 0, span: TimeRange(start: 0, end: 61.161),
                    sizes: [Size(width: 1920, height: 1080)]),
                MeasuredStream(index: 1, packets: 9, frames: 0, samples: 0, span: nil, sizes: []),
            ],
            faults: [DecodeFault(stream: 0, time: 4.2, message: "error while decoding MB 3 7")], faultCount: 1,
            black: [TimeRange(start: 3, end: 4.2)], silence: [])
        let tooLarge = Finding(
            rule: "file-too-large", severity: .reject, profile: "nemo-upload", code: "4002",
            message: "The file has 231,400,000 bytes; NemoVideo upload takes 200,000,000", measured: 231_400_000,
            allowed: ["max": 200_000_000], unit: "bytes", fix: "Compress it or trim it: reelgate fit.",
            source: "the contract", asOf: "2026-11-23")
        let fault = Finding(
            rule: "decode-error", severity: .reject, message: "1 fault while decoding stream 0", measured: 1,
            allowed: ["max": 0], unit: "faults", stream: 0, span: TimeRange(start: 4.2, end: 4.2),
            fix: "Render it again.")

        var picture = Facts(depth: .header, bytes: 812, fileExtension: "gif", type: .known(.gif))
        var image = ImageFacts()
        image.width = .known(64)
        image.height = .known(48)
        image.frames = .known(3)
        picture.image = image
        let note = Finding(
            rule: "smoother-type", severity: .note, profile: "nemo-upload", message: "It is taken", measured: "gif",
            allowed: ["anyOf": ["jpg", "png"]], fix: "Send another.")
        let plan = Plan(
            steps: [.convertImage(ImageTarget(maxSize: Size(width: 64, height: 48), orientation: 1))], output: .png,
            maxBytes: 199_997_952, predictedBytes: .known(900))
        let fit = FitReport(
            output: "b.png", plan: plan, bytes: 900,
            outcome: FitOutcome(bytes: 900, encodes: 1, saturated: true, losses: ["2 frames dropped"]))

        return Report(
            tool: Tool(version: "1.2.3", libraries: ["libavformat": "59.27.100", "libavcodec": "59.37.100"]),
            files: [
                FileReport(
                    path: "a.mov", verdict: .fail, profiles: ["nemo-upload"], facts: film, findings: [tooLarge, fault]),
                FileReport(
                    path: "b\u{1B}[2J.gif", verdict: .pass, profiles: ["nemo-upload"], facts: picture, findings: [note],
                    fit: fit),
                FileReport(
                    path: "c.mp4", verdict: .unreadable, facts: nil,
                    failure: Failure(
                        .unreadable, subject: "c.mp4", problem: "it cannot be opened", remedy: "Check its permissions",
                        cause: "Permission denied")),
                FileReport(
                    path: "out.mp4", role: .output, verdict: .unreadable, facts: picture,
                    notEvaluated: [NotEvaluated(rule: "decode-error", why: "the frames were not decoded")]),
            ],
            run: RunReport(
                id: "r1", session: "s1", render: "render_1", uploads: ["a.mov"], output: "out.mp4",
                summary: "Timeline (1 tracks): 1. Video: a (0-10s)"))
    }()
}
