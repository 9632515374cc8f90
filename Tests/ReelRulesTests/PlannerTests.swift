import ReelModel
import Testing

@testable import ReelRules

struct PlannerTests {
    private static let upload = Profile.exampleUpload
    private static let delivery = Profile.exampleDelivery

    /// A row of the table: what the file is like, and the steps in short.
    struct Row: CustomTestStringConvertible, Sendable {
        let title: String
        let facts: Facts
        var profile = PlannerTests.upload
        var options = PlanOptions()
        let steps: String
        let output: FileType
        var testDescription: String { title }

        init(
            _ title: String, _ facts: Facts, _ steps: String, _ output: FileType, profile: Profile? = nil,
            options: PlanOptions = PlanOptions()
        ) {
            self.title = title
            self.facts = facts
            self.steps = steps
            self.output = output
            self.profile = profile ?? PlannerTests.upload
            self.options = options
        }
    }

    private static var discreet: PlanOptions {
        var options = PlanOptions()
        options.dropsPrivate = true
        return options
    }

    private static func placed(_ type: FileType, _ kind: MetadataEntry.Kind = .place) -> Facts {
        .example(type) { $0.metadata = .known([MetadataEntry(kind, key: "key", value: "value")]) }
    }

    private static func asking(_ type: FileType) -> PlanOptions {
        var options = PlanOptions()
        options.container = type
        return options
    }

    static let rows: [Row] = [
        Row("an MP4 that passes", .example(.mp4), "", .mp4),
        Row("a JPEG that passes, turned by EXIF", .example(.jpg) { $0.image?.orientation = .known(6) }, "", .jpg),
        Row("a WebM that passes", .example(.webm) { $0.editVideo { $0.codec = .known("vp9") } }, "", .webm),
        Row(
            "a MOV that passes, asked for as MP4", .example(.mov), "copy 0,1", .mp4,
            options: asking(.mp4)),
        Row("an MP4 asked for as what it is", .example(.mp4), "", .mp4, options: asking(.mp4)),
        Row(
            "a WebM that no copy makes an MP4", .example(.webm) { $0.editVideo { $0.codec = .known("vp8") } }, "",
            .webm,
            options: asking(.mp4)),
        Row("an MP4 asked for as a type that is not written", .example(.mp4), "", .mp4, options: asking(.mkv)),
        Row("an MKV named .mp4", .example(.mkv) { $0.fileExtension = "mp4" }, "rename", .mkv),
        Row("a JPEG named .jfif", .example(.jpg) { $0.fileExtension = "jfif" }, "rename", .jpg),
        Row("an AVI whose streams nobody read", unread(.avi), "", .avi),
        Row("a transport stream", .example(.ts), "copy 0,1", .mp4),
        Row("an M4V", .example(.m4v), "copy 0,1", .mp4),
        Row("an FLV with HEVC", .example(.flv) { $0.editVideo { $0.codec = .known("hevc") } }, "copy 0,1", .mp4),
        Row(
            "a transport stream with MP2 sound", .example(.ts) { $0.editAudio { $0.codec = .known("mp2") } },
            "copy 0, sound 1", .mp4),
        Row(
            "an FLV with VP6", .example(.flv) { $0.editVideo { $0.codec = .known("vp6") } },
            "picture 0 1080x1920, copy 1", .mp4),
        Row(
            "an MPG without sound",
            .example(.mpg) {
                $0.editVideo { $0.codec = .known("mpeg2video") }
                $0.audio = .known([])
            }, "picture 0 1080x1920", .mp4),
        Row("a large MKV", large(.mkv, 300_000_000, seconds: 60), "picture 0 1080x1920, copy 1", .mp4),
        Row("a large MKV of two hours", large(.mkv, 900_000_000, seconds: 7200), "picture 0 1080x1920, sound 1", .mp4),
        Row(
            "the same, for its pixels", large(.mkv, 900_000_000, seconds: 7200), "picture 0 360x640, sound 1", .mp4,
            options: PlanOptions(prefer: .resolution)),
        Row(
            "a large transport stream cut to ten seconds", large(.ts, 300_000_000, seconds: 60), "cut 10, copy 0,1",
            .mp4,
            options: PlanOptions(maxDuration: 10)),
        Row(
            "a film to be under 1 MB", .example(.mp4), "picture 0 1080x1920, sound 1", .mp4,
            options: PlanOptions(maxBytes: 1_000_000)),
        Row("FLAC", .example(.flac) { $0.editAudio { $0.codec = .known("flac") } }, "sound 0", .m4a),
        Row("Opus in Ogg", sound(in: .ogg, codec: "opus"), "sound 1", .m4a),
        Row("AAC in 3GPP", sound(in: .threeGP, codec: "aac"), "copy 1", .m4a),
        Row("a large WAV", large(.wav, 600_000_000, seconds: 3000), "sound 0", .m4a),
        Row("AVIF", .example(.avif) { $0.image?.orientation = .known(6) }, "image 2000x3000 as 6", .jpg),
        Row("a large BMP", .example(.bmp), "image 3000x2000", .jpg),
        Row("a small BMP", .example(.bmp) { $0.image?.width = .known(800) }, "image 800x2000", .png),
        Row(
            "the same, of fewer bytes than it takes without a loss",
            .example(.bmp) { $0.image?.width = .known(800) }, "image 800x2000", .jpg,
            options: PlanOptions(maxBytes: 800_000)),
        Row(
            "a PNG that is too large",
            .example(.png) {
                $0.bytes = 900_000
                $0.image?.width = .known(800)
            }, "image 800x2000", .jpg, options: PlanOptions(maxBytes: 800_000)),
        Row("TIFF with alpha", .example(.tiff) { $0.image?.alpha = .known(true) }, "image 3000x2000", .png),
        Row("a photograph that is too large", .example(.jpg) { $0.bytes = 250_000_000 }, "image 3000x2000", .jpg),
        Row(
            "a photograph to be under 100 kB", .example(.jpg), "image 612x408", .jpg,
            options: PlanOptions(maxBytes: 100_000)),
        Row("a film that says where it was made", placed(.mp4), "copy 0,1", .mp4, options: discreet),
        Row("the same, where nobody asked", placed(.mp4), "", .mp4),
        Row("a film that says nothing", .example(.mp4) { $0.metadata = .known([]) }, "", .mp4, options: discreet),
        Row(
            "a film of which that is not known", .example(.mp4) { $0.metadata = .unknown("not read") }, "copy 0,1",
            .mp4,
            options: discreet),
        Row("sound that says by whom", sound(in: .m4a, codec: "aac", .person), "copy 0", .m4a, options: discreet),
        Row(
            "a photograph that says where it was made",
            .example(.jpg) {
                $0.image?.orientation = .known(6)
                $0.metadata = .known([MetadataEntry(.place, key: "GPSLatitude", value: "48.2")])
            }, "strip 6", .jpg, options: discreet),
        Row("a photograph that only has a time", placed(.jpg, .time), "", .jpg, options: discreet),
        Row(
            "a MOV with subtitles of text and of pictures, asked for as MP4",
            .example(.mov) {
                $0.others = .known([
                    OtherStreamFacts(index: 2, kind: "subtitle", codec: .known("dvd_subtitle")),
                    OtherStreamFacts(index: 3, kind: "subtitle", codec: .known("mov_text")),
                    OtherStreamFacts(index: 4, kind: "data", codec: .unknown("nobody knows it")),
                ])
            }, "copy 0,1, text 3", .mp4, options: asking(.mp4)),
        Row("a large GIF animation", animation(.gif), "picture 0 3000x2000", .mp4),
        Row(
            "one that is nearly small enough",
            animation(.gif) { $0.bytes = 250_000_000 }, "animation 3000x2000", .gif),
        Row(
            "one where no films go", animation(.gif), "animation 3000x2000", .gif,
            profile: upload { $0.medium = .gif }),
        Row(
            "one where films go by type, but animations are wanted", animation(.gif), "animation 1920x1280", .gif,
            profile: upload {
                $0.medium = .gif
                $0.maxLongSide = Limit(1920, strength: .hard, source: "s")
            }),
        Row("a delivery that passes", .example(.mp4), "", .mp4, profile: delivery),
        Row("index last", .example(.mp4) { $0.fastStart = .known(false) }, "copy 0,1", .mp4, profile: delivery),
        Row("a MOV for a delivery", .example(.mov), "copy 0,1", .mp4, profile: delivery),
        Row(
            "HEVC for a delivery", .example(.mp4) { $0.editVideo { $0.codec = .known("hevc") } },
            "picture 0 1080x1920, copy 1", .mp4, profile: delivery),
        Row(
            "4K for a delivery",
            .example(.mp4) {
                $0.editVideo {
                    $0.width = .known(2160)
                    $0.height = .known(3840)
                }
            }, "picture 0 1080x1920, copy 1", .mp4, profile: delivery),
        Row(
            "too long for a delivery", large(.mp4, 40_000_000, seconds: 61), "cut 60, copy 0,1", .mp4,
            profile: delivery),
        Row(
            "the middle of it", large(.mp4, 40_000_000, seconds: 61), "cut 0.5-60.5, copy 0,1", .mp4, profile: delivery,
            options: PlanOptions(keep: .middle)),
        Row(
            "the end of it", large(.mp4, 40_000_000, seconds: 61), "cut 1-61, copy 0,1", .mp4, profile: delivery,
            options: PlanOptions(keep: .end)),
        Row(
            "a part that is asked for", large(.mp4, 40_000_000, seconds: 61), "cut 2.5-8, copy 0,1", .mp4,
            options: PlanOptions(keep: .span(TimeRange(start: 2.5, end: 8)))),
        Row(
            "more of it than there is", large(.mp4, 40_000_000, seconds: 61), "cut 50-61, copy 0,1", .mp4,
            options: PlanOptions(keep: .span(TimeRange(start: 50, end: 90)))),
    ]

    @Test(arguments: rows)
    func `the cheapest plan`(_ row: Row) throws {
        let planned = Planner.plan(row.facts, profile: row.profile, options: row.options)
        guard case .plan(let plan) = planned else {
            Issue.record("\(planned)")
            return
        }
        #expect(plan.steps.map(Self.short).joined(separator: ", ") == row.steps)
        #expect(plan.output == row.output)
        #expect(row.profile.types?.value.contains(plan.output.id) == true)
        if let most = plan.maxBytes, let predicted = plan.predictedBytes.value { #expect(predicted <= most) }
        // A file is kept exactly where the rules let it pass.
        if row.options == PlanOptions() {
            let judged = Engine.judge(row.facts, profiles: [row.profile]).findings
            #expect(plan.steps.isEmpty == judged.allSatisfy { $0.severity < .risk })
        }
    }

    @Test(
        arguments: [
            ("two hours in 1 MB", large(.mkv, 900_000_000, seconds: 7200), PlanOptions(maxBytes: 1_000_000), true),
            (
                "ten hours of sound in 1 MB", large(.wav, 600_000_000, seconds: 36_000),
                PlanOptions(maxBytes: 1_000_000), true
            ),
            ("a picture in 100 bytes", .example(.bmp), PlanOptions(maxBytes: 100), true),
            ("an archive", .example(.zip), PlanOptions(), false),
            ("an empty file", .example(.mp4) { $0.bytes = 0 }, PlanOptions(), false),
            ("half a film", .example(.ts) { $0.missingBytes = .known(9) }, PlanOptions(), false),
            ("a protected film", .example(.m4v) { $0.encrypted = .known(true) }, PlanOptions(), false),
            ("streams that nobody read", unread(.wmv), PlanOptions(), false),
            (
                "no stream",
                .example(.ts) { (f: inout Facts) in
                    f.video = .known([]); f.audio = .known([])
                }, PlanOptions(), false
            ),
            ("a WebP animation that is too large", animation(.webp), PlanOptions(), false),
        ] as [(String, Facts, PlanOptions, Bool)])
    func `what cannot be done is said at once`(_ title: String, _ facts: Facts, _ options: PlanOptions, _ bytes: Bool) {
        guard case .impossible(let least, let why) = Planner.plan(facts, profile: Self.upload, options: options) else {
            Issue.record("\(title) was planned")
            return
        }
        #expect(!why.isEmpty)
        #expect((least != nil) == bytes)
        if let least, let most = options.maxBytes {
            #expect(least > most)
            // What is said to be needed suffices.
            let again = Planner.plan(facts, profile: Self.upload, options: PlanOptions(maxBytes: least))
            if case .impossible(_, let why) = again { Issue.record("\(title): \(least) bytes do not do: \(why)") }
        }
    }

    @Test func `more bytes never buy fewer pixels`() {
        var last = 0
        for megabytes in 1...200 {
            let options = PlanOptions(maxBytes: Int64(megabytes) * 1_000_000)
            let facts = Self.large(.ts, 400_000_000, seconds: 300)
            guard case .plan(let plan) = Planner.plan(facts, profile: Self.upload, options: options) else { continue }
            for case .encodeVideo(let target) in plan.steps {
                #expect(target.size.width >= last)
                #expect(target.size.width % 2 == 0 && target.size.height % 2 == 0)
                last = target.size.width
            }
        }
        #expect(last == 1080)
    }

    @Test func `no two steps hold the same stream`() {
        for row in Self.rows {
            guard case .plan(let plan) = Planner.plan(row.facts, profile: row.profile, options: row.options) else {
                continue
            }
            let streams = plan.steps.flatMap(Self.streams)
            #expect(Set(streams).count == streams.count)
        }
    }

    // MARK: Facts

    private static func large(_ type: FileType, _ bytes: Int64, seconds: Double) -> Facts {
        .example(type) {
            $0.bytes = bytes
            $0.duration = .known(seconds)
            $0.editVideo { $0.duration = .known(seconds) }
            $0.editAudio {
                $0.duration = .known(seconds)
                if type == .wav {
                    $0.codec = .known("pcm_s16le")
                    $0.bitRate = .known(1_600_000)
                }
            }
        }
    }

    private static func sound(in type: FileType, codec: String, _ kind: MetadataEntry.Kind? = nil) -> Facts {
        .example(type) {
            $0.metadata = .known(kind.map { [MetadataEntry($0, key: "key", value: "value")] } ?? [])
            $0.video = .known([])
            $0.editAudio { $0.codec = .known(codec) }
        }
    }

    private static func unread(_ type: FileType) -> Facts {
        .example(type) {
            $0.video = .unknown(Facts.notRead)
            $0.audio = .unknown(Facts.notRead)
        }
    }

    private static func animation(_ type: FileType, _ edit: (inout Facts) -> Void = { _ in }) -> Facts {
        .example(type) {
            $0.bytes = 300_000_000
            $0.image?.frames = .known(100)
            $0.image?.duration = .known(10)
            edit(&$0)
        }
    }

    private static func upload(_ edit: (inout Profile) -> Void) -> Profile {
        var profile = upload
        edit(&profile)
        return profile
    }

    // MARK: Steps in short

    private static func short(_ step: Plan.Step) -> String {
        switch step {
        case .rename: "rename"
        case .remux(let streams): "copy " + streams.map(String.init).joined(separator: ",")
        case .trim(let span):
            "cut " + (span.start > 0 ? Figure.decimal(span.start, places: 3) + "-" : "")
                + Figure.decimal(span.end, places: 3)
        case .encodeAudio(let target): "sound \(target.stream)"
        case .encodeVideo(let target): "picture \(target.stream) \(target.size)"
        case .keepText(let streams): "text " + streams.map(String.init).joined(separator: ",")
        case .convertImage(let target):
            "image \(target.maxSize)" + (target.orientation == 1 ? "" : " as \(target.orientation)")
        case .convertAnimation(let target): "animation \(target.maxSize)"
        case .stripImage(let orientation): "strip \(orientation)"
        }
    }

    private static func streams(_ step: Plan.Step) -> [Int] {
        switch step {
        case .rename, .trim, .convertImage, .convertAnimation, .stripImage: []
        case .remux(let streams): streams
        case .encodeAudio(let target): [target.stream]
        case .encodeVideo(let target): [target.stream]
        case .keepText(let streams): streams
        }
    }
}
