import Foundation
import ReelMedia
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelInspect

/// Lettering that is drawn by ffmpeg, or not, and what is found of it without being told.
struct CaptionTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    struct Film: Sendable, CustomTestStringConvertible {
        let name: String
        /// ffmpeg's source, of 25 frames a second, and what is drawn upon it.
        let picture: String
        var drawn = "null"
        /// Where lettering is found, and when.
        var captions: [(span: TimeRange, top: Double)] = []
        var testDescription: String { name }
    }

    private static let still = "testsrc2=s=216x384:r=25:d=0.04,loop=-1:1,setpts=N/25/TB"
    private static let moving = "testsrc2=s=216x384:r=25"
    private static let zoom =
        "testsrc2=s=432x768:r=25:d=0.04,zoompan=z='1+0.0006*on':d=250:s=216x384:fps=25:x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2'"
    private static let fractal = "mandelbrot=s=216x384:r=25:start_scale=1:end_scale=0.05:end_pts=250"
    private static let grain = "testsrc2=s=216x384:r=25,eq=brightness=-0.1:contrast=0.6,noise=alls=14:allf=t:all_seed=3"
    private static let slides =
        "testsrc2=s=864x768:r=25:d=0.04,loop=-1:1,setpts=N/25/TB,crop=216:384:x='mod(220*floor(t/3),648)':y='mod(120*floor(t/3),384)'"

    private static func text(
        _ start: Double, _ end: Double, y: Double = 0.8, _ words: String = "Urban Dreams", _ more: String = ""
    ) -> String {
        "drawtext=font=DejaVuSans:text='\(words)':fontsize=19:fontcolor=white:borderw=1:bordercolor=black@0.45:"
            + "x=(w-tw)/2:y=h*\(y):enable='between(t,\(start),\(end - 0.001))'\(more)"
    }

    private static func found(_ start: Double, _ end: Double, at top: Double = 0.8) -> (span: TimeRange, top: Double) {
        (TimeRange(start: start, end: end), top)
    }

    static let films = [
        Film(name: "over a still", picture: still, drawn: text(2, 5), captions: [found(2, 5)]),
        Film(name: "over a moving picture", picture: moving, drawn: text(2, 5), captions: [found(2, 5)]),
        Film(name: "over a zoom", picture: zoom, drawn: text(2, 5), captions: [found(2, 5)]),
        Film(
            name: "over a picture that changes as a whole", picture: fractal, drawn: text(2, 5), captions: [found(2, 5)]
        ),
        Film(name: "over grain", picture: grain, drawn: text(2, 5), captions: [found(2, 5)]),
        Film(name: "from the first frame on", picture: moving, drawn: text(0, 4), captions: [found(0, 4)]),
        Film(name: "to the last frame", picture: moving, drawn: text(4, 99), captions: [found(4, 8)]),
        Film(
            name: "that fades in and out", picture: moving,
            drawn: text(2, 5, "Urban Dreams", ":alpha='clip(min((t-2)/0.4,(5-t)/0.4),0,1)'"), captions: [found(2, 5)]),
        Film(
            name: "two after one another", picture: moving,
            drawn: "\(text(1, 3, "First")),\(text(3.2, 6, "The other"))",
            captions: [found(1, 6)]),
        Film(
            name: "two at a time", picture: moving, drawn: "\(text(2, 5, y: 0.05)),\(text(2, 5))",
            captions: [found(2, 5, at: 0.05), found(2, 5)]),
        Film(name: "over slides", picture: slides, drawn: text(1.5, 7), captions: [found(1.5, 7)]),
        Film(
            name: "over shots of less than a second", picture: slides.replacing("t/3", with: "t/0.8"),
            drawn: text(2.1, 5),
            captions: [found(2.1, 5)]),
        Film(name: "a mark over slides, all along", picture: slides, drawn: text(-1, 99), captions: [found(0, 8)]),
        Film(name: "none over a still", picture: still),
        Film(name: "none over a moving picture", picture: moving),
        Film(name: "none over a zoom", picture: zoom),
        Film(name: "none over a fractal", picture: fractal),
        Film(name: "none over grain", picture: grain),
        Film(name: "none over slides", picture: slides),
        Film(name: "none over shots of less than a second", picture: slides.replacing("t/3", with: "t/0.8")),
        Film(
            name: "none, and the camera stands for a while",
            picture: "testsrc2=s=432x768:r=25:d=0.04,loop=-1:1,setpts=N/25/TB,"
                + "crop=216:384:x='90+30*(max(t-5,0)-max(2-t,0))':y=60"),
        // What the page says: with nothing beside it, it is a part of the picture.
        Film(name: "all along, over one shot", picture: moving, drawn: text(-1, 99)),
    ]

    @Test(arguments: films)
    func `what is found`(_ film: Film) throws {
        let path = try folder.make(
            "film.mp4",
            [
                "-f", "lavfi", "-i", film.picture, "-vf", film.drawn, "-t", "8", "-c:v", "libx264", "-preset",
                "veryfast",
                "-crf", "22", "-pix_fmt", "yuv420p",
            ])
        let captions = try #require(try inspect(path, .frames, [.captions]).measured?.picture?.captions.value)
        try #require(captions.count == film.captions.count, "\(captions)")
        for (caption, wanted) in zip(captions.sorted { $0.place.top < $1.place.top }, film.captions) {
            #expect(agree([caption.span], [wanted.span], within: 1), "\(caption)")
            #expect(abs(caption.place.top - wanted.top) < 0.03, "\(caption)")
            #expect(caption.place.bottom < wanted.top + 0.1, "\(caption)")
            #expect(abs((caption.place.left + caption.place.right) / 2 - 0.5) < 0.03, "\(caption)")
        }
    }

    @Test func `what is too small, or too short, is not told`() throws {
        let small = try folder.make(
            "small.mp4",
            ["-f", "lavfi", "-i", "testsrc2=s=144x256:r=25:d=4", "-c:v", "libx264", "-preset", "ultrafast"])
        #expect(
            try inspect(small, .frames, [.captions]).measured?.picture?.captions.reason
                == "the picture is too small to have letters")
        let short = try folder.make(
            "short.mp4", ["-f", "lavfi", "-i", "\(Self.moving):d=1", "-c:v", "libx264", "-preset", "ultrafast"])
        #expect(
            try inspect(short, .frames, [.captions]).measured?.picture?.captions.reason
                == "no shot is long enough to tell lettering from the picture")
    }
}
