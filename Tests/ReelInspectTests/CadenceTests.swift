import Foundation
import ReelModel
import ReelRules
import ReelTestSupport
import Testing

@testable import ReelInspect

/// Pictures that are shown for several frames: which pattern they come in, and what is made of it.
struct `A steady pattern of repeats is told` {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    // MARK: Patterns

    @Test func `of each shape, for how many frames a picture is shown`() {
        func pattern(_ pictures: Int, _ frames: Int) -> [Int]? {
            CadenceShape.all.first { $0.pictures == pictures && $0.frames == frames }?.pattern
        }
        #expect(pattern(1, 2) == [2])
        #expect(pattern(1, 3) == [3])
        #expect(pattern(4, 5) == [1, 1, 1, 2])
        #expect(pattern(5, 6) == [1, 1, 1, 1, 2])
        #expect(pattern(2, 5) == [2, 3])
        #expect(pattern(3, 5) == [1, 2, 2])
        #expect(pattern(5, 12) == [2, 2, 3, 2, 3])
        #expect(pattern(24, 25) == [Int](repeating: 1, count: 23) + [2])
        for shape in CadenceShape.all {
            let pattern = shape.pattern
            #expect(pattern.count == shape.pictures && pattern.reduce(0, +) == shape.frames)
            #expect(pattern.max() == shape.longest)
        }
        #expect(Set(CadenceShape.all.map { Double($0.pictures) / Double($0.frames) }).count == CadenceShape.all.count)
    }

    /// What is told of frames that have the repeats of one shape.
    private static func kinds(_ shape: CadenceShape, _ phase: Int, _ count: Int) -> [RepeatRecord.Kind] {
        (0..<count).map { $0 == 0 ? .untold : shape.isNew($0, phase) ? .new : .again }
    }

    @Test(arguments: CadenceShape.all)
    func `each shape is told from the others, wherever it begins`(_ shape: CadenceShape) {
        for phase in 0..<shape.frames {
            let fits = CadenceFit.all(in: Self.kinds(shape, phase, 300))
            #expect(
                fits.map(\.shape) == [shape] && fits.map(\.phase) == [phase] && fits.map(\.frames) == [0..<300],
                "\(fits)")
        }
    }

    @Test(arguments: CadenceShape.all.filter { $0.frames <= 12 })
    func `a clip among others has its place`(_ shape: CadenceShape) throws {
        let new = [RepeatRecord.Kind](repeating: .new, count: 200)
        let fits = CadenceFit.all(in: new + Self.kinds(shape, 1, 150) + new)
        let fit = try #require(fits.first)
        #expect(fits.count == 1 && fit.shape == shape)
        #expect(
            abs(fit.frames.lowerBound - 200) <= shape.frames && abs(fit.frames.upperBound - 350) <= shape.frames,
            "\(fit)")
    }

    @Test func `two clips, one after the other, are two`() throws {
        let half = try #require(CadenceShape.all.first { $0.pictures == 1 && $0.frames == 2 })
        let film = try #require(CadenceShape.all.first { $0.pictures == 4 && $0.frames == 5 })
        let fits = CadenceFit.all(in: Self.kinds(half, 0, 200) + Self.kinds(film, 0, 200))
        #expect(fits.map(\.shape) == [half, film])
        #expect(fits.allSatisfy { $0.frames.count >= 190 }, "\(fits)")
    }

    @Test func `a picture that falls between two frames may be in either`() throws {
        // 24 a second with times in milliseconds, and 12 in 25.
        for (pictures, frames, rate, delivered) in [(4, 5, 24.0, 30.0), (2, 5, 24, 60), (2, 3, 20, 30)] {
            let starts = (0..<300).map {
                Int((Double(Int((Double($0) * 1000 / rate).rounded())) / 1000 * delivered).rounded())
            }
            let news = Set(starts)
            let kinds = (0..<300).map { $0 == 0 ? .untold : news.contains($0) ? .new : RepeatRecord.Kind.again }
            let fits = CadenceFit.all(in: kinds)
            #expect(fits.map(\.shape.pictures) == [pictures] && fits.map(\.shape.frames) == [frames], "\(fits)")
            #expect(fits.first?.frames == 0..<300)
        }
    }

    @Test func `four rare repeats at one distance are a pattern, and three are none`() throws {
        // As a real clip has them that was made for 24 a second; nothing moves for a second of it.
        var kinds = [RepeatRecord.Kind](repeating: .new, count: 132)
        for frame in 66..<96 { kinds[frame] = .untold }
        for frame in [7, 32, 57, 107] { kinds[frame] = .again }
        #expect(CadenceFit.all(in: kinds).map(\.shape.frames) == [25])
        #expect(CadenceFit.all(in: kinds).first?.frames == 0..<132)
        kinds[107] = .new
        #expect(CadenceFit.all(in: kinds).isEmpty)
        (kinds[107], kinds[57], kinds[49]) = (.again, .new, .again)
        #expect(CadenceFit.all(in: kinds).isEmpty)
    }

    @Test func `a pause in which nothing moves does not end it`() throws {
        let shape = try #require(CadenceShape.all.first { $0.pictures == 4 && $0.frames == 5 })
        var kinds = Self.kinds(shape, 0, 400)
        for frame in 100..<260 { kinds[frame] = .untold }
        #expect(CadenceFit.all(in: kinds).map(\.frames) == [0..<400])
    }

    @Test func `what repeats without a pattern has none`() {
        var state: UInt64 = 7
        func draw(_ below: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % below
        }
        // One in so many, and drawings that are held for one to four frames.
        for share: UInt64 in [2, 3, 4, 5, 6, 8, 12, 25] {
            let kinds = (0..<3000).map { _ in draw(share) == 0 ? RepeatRecord.Kind.again : .new }
            #expect(CadenceFit.all(in: kinds).isEmpty, "one in \(share)")
        }
        var drawn: [RepeatRecord.Kind] = []
        while drawn.count < 3000 { drawn += [.new] + [RepeatRecord.Kind](repeating: .again, count: Int(draw(4))) }
        #expect(CadenceFit.all(in: drawn).isEmpty)
        #expect(CadenceFit.all(in: []).isEmpty)
        #expect(CadenceFit.all(in: [.untold, .again, .again, .again, .again, .again]).isEmpty)
    }

    // MARK: Films

    /// A camera that moves over a scene with a little grain, at that rate, 320x180 for six seconds.
    private func film(_ filter: String, rate: Int, _ codec: [String] = []) throws -> String {
        let scene = folder.path("scene.png")
        if !FileManager.default.fileExists(atPath: scene) {
            _ = try folder.make(
                "scene.png",
                ["-f", "lavfi", "-i", "mandelbrot=s=960x540:start_scale=0.3", "-frames:v", "1", "-vf", "hue=h=40"])
        }
        return try folder.make(
            "film.mp4",
            [
                "-framerate", "\(rate)", "-i", scene, "-vf",
                "loop=-1:1,setpts=N,trim=end_frame=\(6 * rate),crop=320:180:x='60+60*t':y='150+15*sin(3*t)',noise=alls=3:allf=t:all_seed=7,\(filter)",
                "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-color_range", "tv",
            ] + codec)
    }

    private static let ids: Set<String> = ["stutter", "repeated-pictures", "rate-of-repeats", "frozen-inside"]

    private func judged(_ path: String, frameRate: Double? = nil) throws -> (cadence: Cadence, findings: [Finding]) {
        let facts = try inspect(path, .frames, [.cadence, .still])
        let findings = Engine.judge(
            facts, profiles: [try ProfileCatalog.profile("nemo-export")],
            expectation: frameRate.map { Expectation(frameRate: $0) }
        ).findings
        return (
            try #require(facts.measured?.picture).cadence, findings.filter { Self.ids.contains($0.rule) }
        )
    }

    /// Frames that ffmpeg's `mpdecimate` takes to be different.
    private func different(_ path: String) throws -> Int {
        let told = try ExternalTool.ffmpeg.run([
            "-i", path, "-an", "-vf", "mpdecimate=hi=768:lo=320:frac=0.33", "-fps_mode", "passthrough", "-f",
            "framecrc", "-",
        ])
        return told.output.split(separator: "\n").filter { !$0.hasPrefix("#") }.count
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let from: Int
        let to: Int
        let pattern: [Int]
        var codec: [String] = []
        var testDescription: String { "\(from) in \(to) \(codec.joined(separator: " "))" }
    }

    static let cases = [
        Case(from: 24, to: 48, pattern: [2]), Case(from: 30, to: 60, pattern: [2], codec: ["-crf", "16", "-bf", "0"]),
        Case(from: 20, to: 60, pattern: [3]), Case(from: 15, to: 60, pattern: [4]),
        Case(from: 24, to: 30, pattern: [1, 1, 1, 2]),
        Case(from: 24, to: 30, pattern: [1, 1, 1, 2], codec: ["-crf", "16", "-g", "9"]),
        Case(from: 25, to: 30, pattern: [1, 1, 1, 1, 2], codec: ["-crf", "28"]),
        Case(from: 24, to: 60, pattern: [2, 3]),
        Case(from: 24, to: 25, pattern: [Int](repeating: 1, count: 23) + [2]),
        Case(from: 15, to: 25, pattern: [1, 2, 2]),
    ]

    @Test(arguments: cases)
    func `its pattern, its rate and its share, in one finding`(_ this: Case) throws {
        let path = try film("fps=\(this.to)", rate: this.from, this.codec)
        let (cadence, findings) = try judged(path)
        #expect(cadence.steady.map(\.pattern) == [this.pattern], "\(cadence)")
        let steady = try #require(cadence.steady.first)
        #expect(abs(steady.pictureRate - Double(this.from)) <= 0.02 && abs(steady.frameRate - Double(this.to)) <= 0.03)
        #expect(try #require(cadence.steadyShare) >= 0.95 && cadence.irregular == 0, "\(cadence)")
        #expect(steady.span.start == 0 && abs(steady.span.end - 6) <= 0.05)
        #expect(findings.map(\.rule) == ["repeated-pictures"] && findings.map(\.severity) == [.note])
        let words = "shown at \(this.to) frames a second, but only \(this.from) pictures a second are different"
        #expect(findings.first?.message.contains(words) == true, "\(findings.map(\.message))")
        #expect(abs(Double(try different(path)) / 6 - steady.pictureRate) <= 0.05 * steady.pictureRate)
    }

    @Test func `an ordered rate that is made of repeats is a risk, and told once`() throws {
        let path = try film("fps=60", rate: 30)
        let ordered = try judged(path, frameRate: 60).findings
        #expect(ordered.map(\.rule) == ["rate-of-repeats"] && ordered.map(\.severity) == [.risk])
        #expect(try judged(path, frameRate: 30).findings.map(\.rule) == ["repeated-pictures"])
        #expect(try judged(try film("null", rate: 30), frameRate: 30).findings.isEmpty)
    }

    @Test func `a clip of fewer pictures between others has its span`() throws {
        // Of 180 frames, 60 to 119 show every picture twice.
        let path = try film(
            "split=3[a][b][c];[a]trim=end_frame=60[a];[b]trim=start_frame=60:end_frame=120,setpts=PTS-STARTPTS,"
                + "fps=15,fps=30[b];[c]trim=start_frame=120,setpts=PTS-STARTPTS[c];[a][b][c]concat=n=3:v=1", rate: 30)
        let (cadence, findings) = try judged(path)
        let steady = try #require(cadence.steady.first)
        #expect(cadence.steady.count == 1 && steady.pattern == [2] && abs(steady.pictureRate - 15) <= 0.01)
        #expect(abs(steady.span.start - 2) <= 0.07 && abs(steady.span.end - 4) <= 0.07, "\(steady)")
        #expect(abs(try #require(cadence.steadyShare) - 1.0 / 3) <= 0.03)
        #expect(findings.map(\.rule) == ["repeated-pictures"] && findings.first?.span == steady.span)
    }

    @Test func `where nothing moves it is not known, and nothing is found`() throws {
        let path = try film("select='eq(n,0)',loop=-1:1,setpts=N/60/TB,trim=duration=4", rate: 60)
        let (cadence, findings) = try judged(path, frameRate: 60)
        #expect(cadence.steady.isEmpty && cadence.steadyShare == nil && findings.isEmpty, "\(cadence)")
    }

    @Test(arguments: ["null", "fade=in:0:20,fade=out:st=5.4:d=0.6", "noise=alls=20:allf=t", "gblur=sigma=1.5"])
    func `a film of as many pictures as frames has none`(_ filter: String) throws {
        let (cadence, findings) = try judged(try film(filter, rate: 30))
        #expect(cadence.steady.isEmpty && cadence.steadyShare == 0 && findings.isEmpty, "\(cadence)")
    }

    // MARK: Single repeats

    @Test func `a frame that is shown again among pictures that repeat steadily is told apart`() throws {
        // Every picture twice, and one of them four times.
        let path = try film("fps=60,loop=loop=2:size=1:start=120,setpts=N/60/TB", rate: 30)
        let (cadence, findings) = try judged(path)
        #expect(cadence.irregular == 1 && abs((cadence.irregularTimes.first ?? 0) - 2) <= 0.07, "\(cadence)")
        #expect(Set(findings.map(\.rule)) == ["stutter", "repeated-pictures"])
    }

    @Test func `a slow shade that a key frame refreshes does not stutter`() throws {
        let shade = try folder.make(
            "shade.mkv",
            [
                "-f", "lavfi", "-i",
                "color=s=256x144:r=25:d=6,format=yuv420p,"
                    + "geq=lum='100+32*sin(X/W*2.2+Y/H*1.5+T/3)+random(0)':cb=124:cr=134", "-t", "6", "-c:v", "ffv1",
            ])
        for codec in [["-crf", "26"], ["-crf", "28"], ["-crf", "26", "-g", "25"], ["-crf", "32"]] {
            let path = try folder.make(
                "shade.mp4",
                ["-i", shade, "-c:v", "libx264", "-preset", "veryfast", "-g", "50", "-bf", "2"] + codec)
            let (cadence, findings) = try judged(path)
            #expect(findings.isEmpty && cadence.irregular == 0, "\(codec) \(cadence)")
        }
    }

    /// A slow shade with grain, of which coding leaves the shade alone at a high factor.
    private func grain(_ size: String, _ filter: String, _ codec: [String]) throws -> String {
        try folder.make(
            "grain.mp4",
            [
                "-f", "lavfi", "-i",
                "gradients=s=\(size):r=25:speed=0.02:seed=5:c0=0x203048:c1=0xa08050,format=yuv420p,"
                    + "noise=alls=14:allf=t,\(filter)",
                "-t", "6", "-c:v", "libx264", "-preset", "veryfast",
            ] + codec)
    }

    @Test(arguments: [
        ["-crf", "28", "-g", "49", "-bf", "2"], ["-crf", "24", "-g", "49"], ["-crf", "26", "-g", "25"],
    ])
    func `a slow shade that a key frame brings forward does not stutter`(_ codec: [String]) throws {
        let (cadence, findings) = try judged(try grain("512x288", "scale=256:144", codec))
        #expect(findings.isEmpty && cadence.irregular == 0, "\(cadence)")
    }

    @Test func `under grain, of which a repeat shows the same again, its pattern is told`() throws {
        for (filter, pattern) in [
            ("fps=50", [2]), ("fps=30", [1, 1, 1, 1, 2]), ("settb=1/600,setpts=N/20/TB,fps=60", [3]),
        ] {
            let (cadence, findings) = try judged(try grain("256x144", filter, ["-crf", "20", "-bf", "2"]))
            #expect(cadence.steady.map(\.pattern) == [pattern] && cadence.irregular == 0, "\(cadence)")
            #expect(findings.map(\.rule) == ["repeated-pictures"])
        }
        for factor in ["16", "20", "26", "30"] {
            let (cadence, findings) = try judged(try grain("256x144", "null", ["-crf", factor]))
            #expect(cadence.steady.isEmpty && findings.isEmpty, "\(cadence)")
        }
    }

    @Test(arguments: [12, 16, 20]) func `a repeat at a distance that no rate has is no cadence`(_ distance: Int) throws
    {
        // The grain is repeated too, and hides how far the picture then goes.
        let order = (0..<distance).map { $0 == 3 ? 2 : $0 }.map(String.init).joined(separator: " ")
        let (cadence, findings) = try judged(
            try grain("256x144", "shuffleframes=\(order)", ["-crf", "12"]))
        #expect(cadence.steady.isEmpty && cadence.irregular >= 5, "\(cadence)")
        #expect(findings.map(\.rule) == ["stutter"])
    }

    @Test func `a repeat that a key frame ends is one where things move`() throws {
        let path = try film(
            "select='not(eq(n,96))',loop=loop=1:size=1:start=95,setpts=N/30/TB", rate: 30,
            ["-force_key_frames", "expr:eq(n,97)"])
        let (cadence, findings) = try judged(path)
        #expect(findings.map(\.rule) == ["stutter"])
        #expect(abs((cadence.irregularTimes.first ?? 0) - 3.2) <= 0.034, "\(cadence)")
    }

    @Test(arguments: [6, 4.6]) func `a frame that is lost in every second is no film in video`(_ seconds: Double) throws
    {
        // One of 25 is shown for the next one, too: as far apart as the repeats of 24 in 25, and the picture then jumps.
        let order = (0..<25).map { $0 == 6 ? 5 : $0 }.map(String.init).joined(separator: " ")
        let path = try film("shuffleframes=\(order),trim=end=\(seconds)", rate: 25)
        let (cadence, findings) = try judged(path)
        #expect(cadence.steady.isEmpty && cadence.irregular >= 4, "\(cadence)")
        #expect(findings.map(\.rule) == ["stutter"])
    }
}
