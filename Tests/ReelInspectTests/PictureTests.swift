import Foundation
import ReelInspect
import ReelModel
import ReelRules
import ReelTestSupport
import Testing

/// Films with one defect each, and films without, against nemo-export; and freezes against ffmpeg's own detector.
struct `The picture is judged as it is` {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A camera that moves over a scene, with a little grain: 320x180.
    private func moving(rate: Int = 30, seconds: Double = 6) throws -> [String] {
        let scene = folder.path("scene.png")
        if !FileManager.default.fileExists(atPath: scene) {
            _ = try folder.make(
                "scene.png",
                ["-f", "lavfi", "-i", "mandelbrot=s=960x540:start_scale=0.3", "-frames:v", "1", "-vf", "hue=h=40"])
        }
        return [
            "-loop", "1", "-r", "\(rate)", "-t", "\(seconds)", "-i", scene, "-vf",
            "crop=320:180:x='200+60*t':y='150+15*sin(3*t)',noise=alls=3:allf=t:all_seed=7,",
        ]
    }

    private static let codec = [
        "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-color_range", "tv", "-movflags",
        "+faststart",
    ]

    private func film(_ filter: String, _ codec: [String] = codec, rate: Int = 30) throws -> String {
        var input = try moving(rate: rate)
        input[input.count - 1] += filter
        return try folder.make("film.mp4", input + codec)
    }

    /// What the rules on pictures find that keeps a film from passing, strictly.
    private func judged(_ path: String) throws -> [Finding] {
        let facts = try inspect(path, .frames)
        let rules = Set(Catalog.pages.filter { $0.group == .picture }.map(\.id))
        return Engine.judge(facts, profiles: [try ProfileCatalog.profile("nemo-export")]).findings.filter {
            rules.contains($0.rule) && $0.severity >= .risk
        }
    }

    struct Defect: Sendable, CustomTestStringConvertible {
        let rule: String
        let filter: String
        let span: ClosedRange<Double>?
        var testDescription: String { rule }
    }

    static let defects = [
        Defect(rule: "black-inside", filter: "drawbox=c=black:t=fill:enable='between(n,60,89)'", span: 2...3),
        Defect(rule: "single-color-inside", filter: "drawbox=c=blue:t=fill:enable='between(n,60,89)'", span: 2...3),
        Defect(rule: "frozen-inside", filter: "loop=loop=45:size=1:start=60,setpts=N/30/TB", span: 2...3.5333),
        // Nine frames after a cut, whose jump is no speed.
        Defect(
            rule: "frozen-inside",
            filter: "hflip=enable='gte(n,60)',negate=enable='gte(n,60)',loop=loop=45:size=1:start=69,setpts=N/30/TB",
            span: 2.3...3.8333),
        Defect(
            rule: "garbage-frames",
            filter: "geq=lum='lum(X,Y)*(1-between(N,60,64)*gt(Y,140))':cb='cb(X,Y)*(1-between(N,60,64)*gt(Y,70))'"
                + ":cr='cr(X,Y)*(1-between(N,60,64)*gt(Y,70))'",
            span: 2...2.1667),
        Defect(
            rule: "garbage-frames",
            filter: "geq=lum='if(between(N,60,68),128+(lum(X,Y)-128)/50,lum(X,Y))'"
                + ":cb='if(between(N,60,68),128,cb(X,Y))':cr='if(between(N,60,68),128,cr(X,Y))'",
            span: 2...2.3),
        // All dark, and yet not black.
        Defect(
            rule: "garbage-frames",
            filter: "geq=lum='lum(X,Y)*(1-between(N,60,80))':cb='cb(X,Y)*(1-between(N,60,80))'"
                + ":cr='cr(X,Y)*(1-between(N,60,80))'",
            span: 2...2.7),
        Defect(
            rule: "dangerous-flashing", filter: "eq=brightness='0.3*mod(floor(n/3),2)':eval=frame", span: nil),
        Defect(rule: "bars-around", filter: "scale=320:128,pad=320:180:0:26", span: nil),
        // Narrower than a cell.
        Defect(rule: "bars-around", filter: "scale=320:168,pad=320:180:0:6", span: nil),
        // A frame of what goes on changes most of a picture of small contrast.
        Defect(
            rule: "stray-frames",
            filter: "eq=contrast=0.1,noise=alls=4:allf=t:all_seed=3,negate=enable='eq(n,90)',"
                + "eq=brightness='0.2*eq(n,90)':eval=frame", span: 3...3.0333),
        // Grain, in which no two pictures are alike.
        Defect(
            rule: "stray-frames",
            filter: "gblur=sigma=60,noise=alls=14:allf=t:all_seed=9,negate=enable='between(n,90,91)'", span: 3...3.0667),
        // What is left of another clip, right at the cut to the next.
        Defect(
            rule: "stray-frames",
            filter:
                "hflip=enable='gte(n,91)',negate=enable='gte(n,91)',drawbox=h=ih/2:c=white:t=fill:enable='eq(n,90)',"
                + "drawbox=y=ih/2:h=ih/2:c=black:t=fill:enable='eq(n,90)'", span: 3...3.0333),
        Defect(rule: "empty-edge", filter: "drawbox=c=black:t=fill:enable='lt(n,2)'", span: 0...0.0667),
        Defect(rule: "stray-frames", filter: "negate=enable='eq(n,90)',hflip=enable='eq(n,90)'", span: 3...3.0333),
        Defect(
            rule: "stutter", filter: "select='not(eq(n,95))',loop=loop=1:size=1:start=94,setpts=N/30/TB",
            span: 3.1667...3.1667),
        // One frame of sixteen is lost and the one before shown twice: as even as a cadence, and none.
        Defect(
            rule: "stutter", filter: "shuffleframes=0 1 2 2 4 5 6 7 8 9 10 11 12 13 14 15", span: nil),
        Defect(rule: "combed", filter: "interlace=lowpass=0,setfield=prog,setpts=N/15/TB", span: nil),
        Defect(rule: "flicker", filter: "eq=brightness='0.03*mod(n,2)':eval=frame", span: nil),
    ]

    @Test(arguments: defects)
    func `a defect is found where it is`(_ defect: Defect) throws {
        let found = try judged(try film(defect.filter))
        #expect(found.map(\.rule) == [defect.rule], "\(found.map(\.message))")
        guard let span = defect.span, let told = found.first?.span else { return }
        // Within one frame.
        #expect(abs(told.start - span.lowerBound) <= 0.034 && abs(told.end - span.upperBound) <= 0.034, "\(told)")
    }

    @Test func `blocks show in what was coded coarsely`() throws {
        let coarse = try film("scale=960:540", ["-c:v", "mpeg4", "-q:v", "31", "-pix_fmt", "yuv420p"])
        let blocks = try #require(try inspect(coarse, .frames).measured?.picture?.blocks.value)
        #expect(blocks.map(\.strength).max() ?? 0 >= 1.5)
    }

    @Test func `blur is noted, and refuses nothing`() throws {
        let path = try film("scale=960:540,gblur=sigma=5")
        #expect(try inspect(path, .frames).measured?.picture?.blur.value?.isEmpty == false)
        #expect(try judged(path).isEmpty)
    }

    @Test(arguments: [
        "null", "fade=in:0:20,fade=out:st=5.4:d=0.6", "eq=brightness=-0.35:contrast=0.5", "noise=alls=20:allf=t",
        "fps=24,fps=30", "drawbox=c=black:t=fill:enable='between(n,60,69)'", "hue=s=0", "gblur=sigma=1.5",
        "eq=brightness='0.3*between(mod(n,60),0,2)':eval=frame",
    ])
    func `a clean film passes`(_ filter: String) throws {
        let found = try judged(try film(filter))
        #expect(found.isEmpty, "\(found.map { "\($0.rule): \($0.message)" })")
    }

    @Test(arguments: [
        "gradients=s=320x180:d=6:speed=0.01:r=30:seed=5:c0=0x203048:c1=0xa08050",
        "testsrc2=s=320x180:r=30:d=6", "mandelbrot=s=320x180:r=30",
        "color=c=0x203040:s=320x180:r=30:d=6,drawtext=font=DejaVuSans:text=Title:fontsize=40:fontcolor=white:x=90:y=70",
        // Slides that dissolve into one another.
        "color=c=navy:s=320x180:r=30:d=6,drawbox=40:40:100:60:orange:fill,drawbox=170:90:90:70:white:fill[a];"
            + "color=c=maroon:s=320x180:r=30:d=6,drawbox=80:30:60:120:green:fill[b];[a][b]blend=all_expr="
            + "'A*(1-clip((T-2.5)/0.7,0,1))+B*clip((T-2.5)/0.7,0,1)'",
        // A slow pan over a slide.
        "testsrc=s=640x360:r=30:d=6,crop=320:180:x='40+4*t':y=60",
        // Typing.
        "color=c=white:s=320x180:r=30:d=6,drawbox=x=20:y=20:w='10+12*floor(t*5)':h=14:c=black:t=fill",
    ])
    func `what is made passes too`(_ source: String) throws {
        let path = try folder.make("made.mp4", ["-f", "lavfi", "-i", source, "-t", "6"] + Self.codec)
        let found = try judged(path)
        #expect(found.isEmpty, "\(found.map { "\($0.rule): \($0.message)" })")
    }

    @Test func `a freeze that is stored as one long frame is a freeze`() throws {
        // Where pictures are coded out of order, their packets do not say for how long each is shown.
        for order in ["0", "2"] {
            let path = try film("select='not(between(n,61,105))'", Self.codec + ["-fps_mode", "vfr", "-bf", order])
            let found = try judged(path).filter { $0.rule == "frozen-inside" }
            let span = try #require(found.first?.span)
            #expect(found.count == 1)
            #expect(abs(span.start - 2) <= 0.034 && abs(span.end - 3.5333) <= 0.034, "\(span)")
        }
    }

    @Test func `a small picture is combed too`() throws {
        let found = try judged(try film("crop=256:144,interlace=lowpass=0,setfield=prog,setpts=N/15/TB"))
        #expect(found.map(\.rule) == ["combed"])
        #expect(try judged(try film("crop=256:144")).isEmpty)
    }

    @Test func `fields are told where they move slowly, and have no sharp edges`() throws {
        func zoom(_ filter: String) throws -> [Finding] {
            try judged(
                try folder.make(
                    "zoom.mp4",
                    [
                        "-f", "lavfi", "-i", "mandelbrot=s=512x288:r=25:start_scale=1:end_scale=0.05:end_pts=175", "-t",
                        "6", "-vf", "scale=256:144,\(filter)setfield=prog",
                    ] + Self.codec))
        }
        #expect(try zoom("interlace=lowpass=linear,").map(\.rule) == ["combed"])
        #expect(try zoom("").isEmpty)
        #expect(try zoom("fps=12.5,").isEmpty)
    }

    @Test(arguments: [
        ("gray:s=160x120", "60:allf=t", "30"), ("0x203040:s=180x320", "60:allf=t", "30"),
        ("gray:s=192x108", "60:allf=t+a", "23"),
        // Whose rows have nothing to do with one another.
        ("gray:s=192x108", "24:allf=t+p", "23"), ("gray:s=160x120", "60:allf=t+p", "23"),
        ("gray:s=854x480", "60:allf=t+p", "23"),
    ])
    func `grain on a plain picture is not combed`(_ color: String, _ noise: String, _ factor: String) throws {
        let film = try folder.make(
            "grain.mp4",
            ["-f", "lavfi", "-i", "color=c=\(color):r=30,noise=alls=\(noise)", "-t", "3", "-crf", factor] + Self.codec)
        let combing = try #require(try inspect(film, .frames).measured?.picture?.combing.value)
        #expect(combing.moving >= 80)
        #expect(Double(combing.combed) <= 0.1 * Double(combing.moving), "\(combing)")
    }

    @Test func `fields are told in grain`() throws {
        let film = try film("noise=alls=24:allf=t,interlace=lowpass=0,setfield=prog,setpts=N/15/TB")
        let combing = try #require(try inspect(film, .frames).measured?.picture?.combing.value)
        #expect(Double(combing.combed) >= 0.5 * Double(combing.moving), "\(combing)")
    }

    @Test(arguments: [
        "testsrc2=s=256x144:r=25", "testsrc2=s=640x360:r=25",
        "mandelbrot=s=256x144:start_scale=0.3:end_scale=0.1:end_pts=150:r=25",
    ])
    func `a key frame in a film that got stuck is no motion where coding is coarse`(_ source: String) throws {
        let path = try folder.make(
            "coarse.mp4",
            [
                "-f", "lavfi", "-i", source, "-vf", "loop=loop=28:size=1:start=88,setpts=N/25/TB", "-t", "6", "-g",
                "50",
                "-crf", "28",
            ] + Self.codec)
        let found = try judged(path).filter { $0.rule == "frozen-inside" }
        #expect(found.count == 1 && abs((found.first?.span?.duration ?? 0) - 1.16) <= 0.041, "\(found.map(\.span))")
    }

    @Test func `what moves in a corner at a key frame moves`() throws {
        let path = try folder.make(
            "count.mp4",
            [
                "-f", "lavfi", "-i", "testsrc2=s=640x360:r=25", "-vf",
                "loop=loop=28:size=1:start=88,setpts=N/25/TB,drawbox=600:20:24:32:black:fill,"
                    + "drawbox=606:24:10:22:white:fill:enable='gte(n,100)'", "-t", "6", "-g", "50", "-crf", "20",
            ] + Self.codec)
        #expect(try judged(path).filter { $0.rule == "frozen-inside" }.isEmpty)
    }

    @Test func `a freeze is one across the key frames in it`() throws {
        let path = try film("loop=loop=60:size=1:start=50,setpts=N/30/TB", Self.codec + ["-g", "24", "-crf", "20"])
        let found = try judged(path)
        #expect(found.map(\.rule) == ["frozen-inside"])
        let span = try #require(found.first?.span)
        #expect(abs(span.start - 1.6667) <= 0.034 && abs(span.end - 3.7) <= 0.034, "\(span)")
    }

    @Test func `of two distances in turn, neither is out of step`() throws {
        let film = try film("fps=24,fps=60", rate: 24)
        let cadence = try #require(try inspect(film, .frames).measured?.picture).cadence
        #expect(cadence.period == 2 || cadence.period == 3)
        #expect(cadence.irregular == 0, "\(cadence)")
    }

    @Test func `film in video has its period, and no repeat is out of step`() throws {
        let cadence = try #require(try inspect(try film("fps=24,fps=30"), .frames).measured?.picture).cadence
        #expect(cadence.period == 5 && cadence.irregular == 0, "\(cadence)")
    }

    @Test func `grey is a refusal where it is short, and a risk where it may be meant`() throws {
        func grey(_ first: Int, _ last: Int) throws -> [Finding] {
            try judged(
                try film(
                    "geq=lum='if(between(N,\(first),\(last)),128+(lum(X,Y)-128)/50,lum(X,Y))'"
                        + ":cb='if(between(N,\(first),\(last)),128,cb(X,Y))'"
                        + ":cr='if(between(N,\(first),\(last)),128,cr(X,Y))'"))
        }
        for (frames, severity) in [((60, 68), Severity.reject), ((40, 150), .risk), ((0, 20), .risk)] {
            let found = try grey(frames.0, frames.1).filter { $0.rule == "garbage-frames" }
            #expect(found.map(\.severity) == [severity], "\(frames)")
        }
        #expect(try judged(try film("drawbox=c=gray:t=fill:enable='lt(n,30)'")).isEmpty)
    }

    @Test func `grey over a picture that is partly grey itself is grey`() throws {
        let grey = "drawbox=w=iw*0.4:c=0x808080:t=fill,drawbox=c=0x808080:t=fill:enable='between(n,60,68)'"
        let found = try judged(try film(grey)).filter { $0.rule == "garbage-frames" }
        #expect(found.map(\.severity) == [.reject])
        let span = try #require(found.first?.span)
        #expect(abs(span.start - 2) <= 0.034 && abs(span.end - 2.3) <= 0.034, "\(span)")
        #expect(try judged(try film("drawbox=w=iw*0.4:c=0x808080:t=fill")).isEmpty)
    }

    @Test func `how quickly another scene moved says nothing of whether a picture got stuck`() throws {
        // The film shakes for a second, moves slowly for the next, and gets stuck.
        let film = try film(
            "crop=300:160:x='10+10*sin(3*n)*lt(n,30)':y='10+10*cos(5*n)*lt(n,30)',scale=320:180,"
                + "loop=loop=45:size=1:start=60,setpts=N/30/TB")
        let found = try judged(film).filter { $0.rule == "frozen-inside" }
        let span = try #require(found.first?.span)
        #expect(abs(span.start - 2) <= 0.034 && abs(span.end - 3.5333) <= 0.034, "\(span)")
    }

    @Test(arguments: [
        // A flash of white between two scenes.
        "hflip=enable='gte(n,91)',negate=enable='gte(n,91)',drawbox=c=white:t=fill:enable='eq(n,90)'",
        // Shots of two frames each.
        "drawbox=h=ih/2:c=white:t=fill:enable='eq(mod(floor(n/2),3),1)',"
            + "drawbox=y=ih/2:h=ih/2:c=black:t=fill:enable='eq(mod(floor(n/2),3),1)',"
            + "drawbox=w=iw/2:c=white:t=fill:enable='eq(mod(floor(n/2),3),2)',"
            + "drawbox=x=iw/2:w=iw/2:c=black:t=fill:enable='eq(mod(floor(n/2),3),2)'",
        "hflip=enable='gte(n,90)',negate=enable='gte(n,90)'",
    ])
    func `quick cuts leave no stray frames`(_ filter: String) throws {
        let picture = try #require(try inspect(try film(filter), .frames).measured?.picture)
        #expect(picture.strays.isEmpty && picture.cutCount > 0, "\(picture.strays)")
    }

    @Test func `pictures that are too small are left out, and the others are told`() throws {
        var parts = Data()
        for filter in ["crop=120:96", "scale=854:480,gblur=sigma=5"] {
            let path = try film(filter, Self.codec + ["-bf", "0", "-f", "mpegts"])
            parts += try Data(contentsOf: URL(fileURLWithPath: path))
        }
        let path = folder.path("joined.ts")
        try parts.write(to: URL(fileURLWithPath: path))
        let picture = try #require(try inspect(path, .frames).measured?.picture)
        #expect(picture.blur.value?.isEmpty == false && picture.blocks.value != nil && picture.combing.value != nil)
        let small = picture.tooSmall
        #expect(
            small.blur > 0 && small.blur < picture.frames && small.blocks == small.blur && small.combing == small.blur)
    }

    @Test func `what a picture is too small for, or has too many sizes for, is not known`() throws {
        let narrow = try #require(try inspect(try film("crop=120:96"), .frames).measured?.picture)
        #expect(narrow.blur.reason == "the picture is narrower than a piece of a row to look at")
        #expect(narrow.blocks.value == nil && narrow.combing.value == nil)
        #expect(narrow.bars == .known(PictureBars(top: 0, bottom: 0, left: 0, right: 0)))
        var parts = Data()
        for (size, start) in [("320:180", "0"), ("256:144", "6")] {
            let path = try film(
                "scale=\(size)", Self.codec + ["-bf", "0", "-output_ts_offset", start, "-f", "mpegts"])
            parts += try Data(contentsOf: URL(fileURLWithPath: path))
        }
        let path = folder.path("joined.ts")
        try parts.write(to: URL(fileURLWithPath: path))
        let picture = try #require(try inspect(path, .frames).measured?.picture)
        #expect(picture.bars == .unknown("the size of the picture changes"))
        // What moves on in another size does not stand still.
        #expect(picture.still.isEmpty)
    }

    @Test(arguments: ["yuv420p", "yuv420p10le", "yuv444p", "gray"])
    func `still spans agree with freezedetect`(format: String) throws {
        let freeze =
            "loop=loop=30:size=1:start=40,loop=loop=20:size=1:start=110,setpts=N/30/TB,format=\(format)"
        var codec = Self.codec
        codec[5] = format
        let path = try film(freeze, codec)
        let told = try detected(
            path, ["-an", "-vf", "freezedetect=n=0.001:d=0.5"], start: "freeze_start", end: "freeze_end", duration: 10)
        let found = try #require(try inspect(path, .frames).measured?.picture).still.map(\.span)
        #expect(told.count == 2)
        #expect(agree(found, told, within: 0.0341), "\(found) \(told)")
    }
}
