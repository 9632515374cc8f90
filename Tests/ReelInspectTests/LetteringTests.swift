import Foundation
import ReelMedia
import ReelModel
import ReelRules
import ReelTestSupport
import Testing

@testable import ReelInspect

/// Titles that are drawn by ffmpeg, or not, and what is told of a title that was ordered.
struct LetteringTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    enum Outcome: String { case seen, unseen, unclear }

    struct Film: Sendable, CustomTestStringConvertible {
        let name: String
        /// ffmpeg's source, of 256x144 and 25 frames a second, and what is drawn upon it.
        let picture: String
        var drawn = "null"
        /// Of the title that is ordered.
        var start = 2.0
        var end = 4.5
        let outcome: Outcome
        var testDescription: String { name }
    }

    private static let still = "testsrc2=s=256x144:r=25:d=0.04,loop=-1:1,setpts=N/25/TB"
    private static let moving = "testsrc2=s=256x144:r=25"
    private static let zoom =
        "testsrc2=s=512x288:r=25:d=0.04,zoompan=z='1+0.0006*on':d=150:s=256x144:fps=25:x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2'"
    private static let fractal = "mandelbrot=s=256x144:r=25:start_scale=1:end_scale=0.05:end_pts=175"
    // Colours that are not given differ in each film, and noise takes samples for bytes: of floats it makes rubbish.
    private static let grain =
        "gradients=s=256x144:r=25:speed=0.02:seed=5:c0=0x203048:c1=0xa08050,format=yuv420p,noise=alls=14:allf=t:all_seed=3"
    private static let dark = "testsrc2=s=256x144:r=25,eq=brightness=-0.32:contrast=0.35,noise=alls=6:allf=t:all_seed=3"
    private static let slides = "\(still),rotate='0.9*floor(t/3)'"

    private static func text(
        _ words: String = "Urban Dreams", _ start: Double = 2, _ end: Double = 4.5, _ more: String = ""
    ) -> String {
        "drawtext=font=DejaVuSans:text='\(words)':fontsize=13:fontcolor=white:borderw=1:bordercolor=black@0.45:"
            + "x=(w-tw)/2:y=h*0.78:enable='between(t,\(start),\(end - 0.001))'\(more)"
    }

    private static let fade = ":alpha='clip(min((t-2)/0.4,(4.5-t)/0.4),0,1)'"
    private static let logo = text("LOGO TV", -1, 99).replacing("y=h*0.78", with: "y=8")

    static let films = [
        Film(name: "over a still", picture: still, drawn: text(), outcome: .seen),
        Film(name: "over a moving picture", picture: moving, drawn: text(), outcome: .seen),
        Film(name: "over a zoom", picture: zoom, drawn: text(), outcome: .seen),
        Film(name: "over a picture that changes as a whole", picture: fractal, drawn: text(), outcome: .seen),
        Film(name: "over grain", picture: grain, drawn: text(), outcome: .seen),
        Film(name: "in a dark scene", picture: dark, drawn: text(), outcome: .seen),
        Film(name: "over one colour", picture: "color=0x304050:s=256x144:r=25", drawn: text(), outcome: .seen),
        Film(name: "that fades in and out", picture: moving, drawn: text("Urban Dreams", 2, 4.5, fade), outcome: .seen),
        Film(
            name: "in a box", picture: still,
            drawn: text("Urban Dreams", 2, 4.5, ":box=1:boxcolor=black@0.6:boxborderw=5"),
            outcome: .seen),
        Film(
            name: "from the first frame on", picture: zoom, drawn: text("Urban Dreams", 0, 3), start: 0, end: 3,
            outcome: .seen),
        Film(
            name: "to the last frame", picture: zoom, drawn: text("Urban Dreams", 4, 6), start: 4, end: 6,
            outcome: .seen),
        Film(name: "beside a logo", picture: moving, drawn: "\(text()),\(logo)", outcome: .seen),
        Film(
            name: "over two slides", picture: slides, drawn: text("Urban Dreams", 1.5, 5), start: 1.5, end: 5,
            outcome: .seen),
        // The usual one of the local backend: another slide comes within a second of its end.
        Film(
            name: "that ends before its slide", picture: slides, drawn: text("Urban Dreams", 0, 2.3), start: 0,
            end: 2.3,
            outcome: .seen),
        Film(name: "none, before the slide ends", picture: slides, start: 0, end: 2.3, outcome: .unseen),
        Film(name: "none over a still", picture: still, outcome: .unseen),
        Film(name: "none over a moving picture", picture: moving, outcome: .unseen),
        Film(name: "none over a zoom", picture: zoom, outcome: .unseen),
        Film(name: "none over grain", picture: grain, outcome: .unseen),
        Film(name: "none from the first frame on", picture: zoom, start: 0, end: 3, outcome: .unseen),
        Film(name: "a logo all along", picture: moving, drawn: logo, outcome: .unseen),
        Film(name: "a second late", picture: moving, drawn: text("Urban Dreams", 3.6, 5.8), outcome: .unseen),
        Film(name: "after its time", picture: moving, drawn: text("Urban Dreams", 4.8, 5.9), outcome: .unseen),
        Film(name: "in the place of another title", picture: moving, drawn: text("Before", 0, 1.8), outcome: .unseen),
        // What belongs to the slide comes and goes with it.
        Film(
            name: "as long as its slide", picture: slides, drawn: text("Urban Dreams", 3, 6), start: 3, end: 6,
            outcome: .unclear),
        Film(name: "none, over a slide as long", picture: slides, start: 3, end: 6, outcome: .unclear),
        // A wrong pass once.
        Film(
            name: "none, and the camera stands for as long",
            picture: "testsrc2=s=512x288:r=25:d=0.04,loop=-1:1,setpts=N/25/TB,"
                + "crop=256:144:x='100+30*(max(t-4.6,0)-max(1.9-t,0))':y=60",
            outcome: .unclear),
        Film(
            name: "as long as the film", picture: moving, drawn: text("Urban Dreams", 0, 6), start: 0, end: 6,
            outcome: .unclear),
        Film(
            name: "too short to tell", picture: moving, drawn: text("Hi there", 2, 2.4), start: 2, end: 2.4,
            outcome: .unclear),
    ]

    @Test(arguments: films)
    func `a title that is ordered`(_ film: Film) throws {
        let path = try make(film.picture, film.drawn)
        let (findings, open) = try judged(path, [TimeRange(start: film.start, end: film.end)])
        let outcome: Outcome = findings.isEmpty ? (open.isEmpty ? .seen : .unclear) : .unseen
        #expect(outcome == film.outcome, "\(open.map(\.why))")
        #expect(
            findings.allSatisfy { $0.span == TimeRange(start: film.start, end: film.end) && $0.severity == .reject })
    }

    @Test(arguments: ["yuv420p10le", "yuvj420p", "yuyv422"])
    func `in every kind of picture`(_ format: String) throws {
        let codec = format == "yuyv422" ? ["-c:v", "rawvideo"] : ["-c:v", "libx264", "-preset", "ultrafast"]
        let spans = [TimeRange(start: 2, end: 4.5)]
        let drawn = try make(Self.moving, Self.text(), ["-pix_fmt", format] + codec, "a.mkv")
        let (findings, open) = try judged(drawn, spans)
        #expect(findings.isEmpty && open.isEmpty, "\(open.map(\.why))")
        let empty = try make(Self.moving, "null", ["-pix_fmt", format] + codec, "b.mkv")
        #expect(try judged(empty, spans).findings.count == 1)
    }

    @Test func `where it stands is told, and each title by itself`() throws {
        let path = try make(Self.moving, "\(Self.text("Lower", 1, 3)),\(Self.text("Second one", 3.5, 5.5))")
        let spans = [TimeRange(start: 3.5, end: 5.5), TimeRange(start: 1, end: 3), TimeRange(start: 8, end: 9)]
        let found = try #require(try facts(path, spans).measured?.picture?.lettering)
        #expect(found.map(\.span) == spans)
        for title in found.prefix(2) {
            let place = try #require(title.strokes.value?.place)
            #expect(abs(place.top - 0.78) < 0.03 && place.bottom < 0.92, "\(place)")
            #expect(abs((place.left + place.right) / 2 - 0.5) < 0.02, "\(place)")
        }
        #expect(found[2].strokes.reason == "the film has no picture then")
    }

    @Test func `where no title is ordered, none is looked for`() throws {
        let path = try make(Self.moving, Self.text())
        #expect(try inspect(path, .frames).measured?.picture?.lettering == [])
    }

    // MARK: Making and judging

    private func make(
        _ picture: String, _ drawn: String,
        _ codec: [String] = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "22", "-pix_fmt", "yuv420p"],
        _ name: String = "film.mp4"
    ) throws -> String {
        try folder.make(name, ["-f", "lavfi", "-i", picture, "-vf", drawn, "-t", "6"] + codec)
    }

    private func facts(_ path: String, _ titles: [TimeRange]) throws -> Facts {
        let descriptor = open(path, O_RDONLY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        return try Inspector.facts(
            of: descriptor, name: path, scope: Scope(depth: .frames, analyses: [.lettering, .jumps], titles: titles),
            cancellation: Cancellation())
    }

    private func judged(
        _ path: String, _ titles: [TimeRange]
    ) throws -> (findings: [Finding], open: [NotEvaluated]) {
        let order = Expectation(titles: titles.map { OrderedSegment(name: "Urban Dreams", span: $0) })
        let result = Engine.judge(
            try facts(path, titles), profiles: [], expectation: order, selection: RuleSelection(only: ["title-unseen"]))
        return (result.findings, result.notEvaluated)
    }
}
