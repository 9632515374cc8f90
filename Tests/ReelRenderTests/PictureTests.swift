import Foundation
import ReelModel
import ReelTestSupport
import Testing

struct `What is seen` {
    let studio: Studio

    init() throws { studio = try Studio() }

    @Test func `where no scene is, it is black`() throws {
        let white = try studio.image("w.png", size: "180x320")
        let path = try studio.render(board(scenes: [.still(0, 500, 1000)]), assets: [white])
        let luma = try studio.means(path)
        #expect(luma.count == 20)
        for (frame, mean) in luma.enumerated() {
            #expect((5..<15).contains(frame) ? mean > 230 : mean < 18, "frame \(frame)")
        }
    }

    @Test func `a picture of another shape lies on a dark copy of itself`() throws {
        let white = try studio.image("w.png", size: "320x240")
        let path = try studio.render(board(scenes: [.still()]), assets: [white])
        let middle = try studio.means(path, part: "100:60:40:130")
        let above = try studio.means(path, part: "100:60:40:10")
        #expect(middle.allSatisfy { $0 > 230 })
        #expect(above.allSatisfy { (60..<150).contains($0) })
    }

    @Test func `colours stay what they were`() throws {
        // Pure red, stored by BT.601 in full range in the JPEG, is luma 63 and chroma 102, 240 by BT.709.
        let red = try studio.image("r.jpg", size: "180x320", color: "red")
        let path = try studio.render(board(scenes: [.still()]), assets: [red])
        for (plane, value) in [(0, 63.0), (1, 102), (2, 240)] {
            #expect(try studio.means(path, plane: plane).allSatisfy { abs($0 - value) < 4 }, "plane \(plane)")
        }
    }

    @Test func `a photograph that was taken on its side stands upright`() throws {
        guard ExternalTool("exiftool").isInstalled else { try Test.cancel("exiftool is not installed") }
        // Stored lying: its left side is white. Orientation 6 is turned clockwise for display: then the top is white.
        let path = try studio.image(
            "o.jpg", size: "320x180", color: "black", filter: "drawbox=0:0:160:180:white:fill")
        try ExternalTool("exiftool").run(["-q", "-overwrite_original", "-n", "-Orientation=6", path])
        let film = try studio.render(board(scenes: [.still()]), assets: [path])
        #expect(try studio.means(film, part: "160:120:10:10").allSatisfy { $0 > 225 })
        #expect(try studio.means(film, part: "160:120:10:190").allSatisfy { $0 < 25 })
    }

    @Test func `a clip that was filmed on its side stands upright`() throws {
        let stored = try studio.make(
            "s.mp4",
            ["-f", "lavfi", "-i", "color=black:s=320x180:r=10:d=1", "-vf", "drawbox=0:0:160:180:white:fill"])
        // The tag counts counter-clockwise: 270 is a quarter turn clockwise.
        let turned = try studio.make("t.mp4", ["-i", stored, "-c", "copy", "-metadata:s:v:0", "rotate=270"])
        let told = try studio.probe(turned, "v:0", "width,height")
        #expect(told == ["320", "180"])
        let film = try studio.render(board(scenes: [.clip()]), assets: [turned])
        let (top, bottom) = (
            try studio.means(film, part: "160:120:10:10"), try studio.means(film, part: "160:120:10:190")
        )
        #expect(zip(top, bottom).allSatisfy { abs($0 - $1) > 150 })
    }

    @Test func `what is transparent is dark`() throws {
        let clear = try studio.make(
            "c.png", ["-f", "lavfi", "-i", "color=white@0.0:s=180x320,format=rgba", "-frames:v", "1"])
        let film = try studio.render(board(scenes: [.still()]), assets: [clear])
        #expect(try studio.means(film).allSatisfy { $0 < 60 })
    }

    @Test func `a clip shows its pictures at their times, and holds its last`() throws {
        // Luma rises with time: 20 grey levels a second, from 40.
        let clip = try studio.make(
            "ramp.mp4",
            [
                "-f", "lavfi", "-i", "color=black:s=180x320:r=30:d=2,format=gray,geq=lum='40+20*T',format=yuv420p",
                "-c:v", "libx264", "-qp", "10", "-color_range", "tv",
            ])
        let film = try studio.render(board(duration: 3000, scenes: [.clip(0, from: 500, 0, 3000)]), assets: [clip])
        let luma = try studio.means(film)
        let start = try #require(luma.first)
        for (frame, mean) in luma.enumerated() {
            let time = min(Double(frame) / 10, 1.5)
            #expect(
                abs(mean - start - 20 * 219 / 255 * time) < 4 || abs(mean - start - 20 * time) < 4, "frame \(frame)")
        }
        #expect(Set(luma.suffix(12)).count == 1)
        // From a point behind the end, the last picture is held from the start.
        let held = try studio.means(
            studio.render(board(scenes: [.clip(0, from: 60_000)]), assets: [clip], to: "held.mp4"))
        #expect(held.allSatisfy { abs($0 - (luma.last ?? 0)) < 3 })
    }

    @Test func `equal rates neither skip nor repeat a picture`() throws {
        // Matroska rounds times to milliseconds. Each picture is lighter than the one before it.
        let clip = try studio.make(
            "step.mkv",
            [
                "-f", "lavfi", "-i", "color=black:s=64x64:r=30:d=1,format=gray,geq=lum='40+5*N',format=yuv420p",
                "-c:v", "libx264", "-qp", "5",
            ])
        let film = try studio.render(
            board(size: "64x64", rate: 30, duration: 1000, scenes: [.clip(0, 0, 1000)]), assets: [clip])
        let luma = try studio.means(film)
        #expect(luma.count == 30)
        #expect(zip(luma, luma.dropFirst()).allSatisfy { $1 - $0 > 1 })
    }

    @Test(arguments: ["gif", "webp", "bmp", "tiff", "png", "jpg"])
    func `stills of every type are shown`(type: String) throws {
        let white = try studio.image("w.\(type)", size: "180x320")
        let film = try studio.render(board(duration: 300, scenes: [.still(0, 0, 300)]), assets: [white])
        #expect(try studio.means(film).allSatisfy { $0 > 225 })
    }

    @Test(arguments: ["2x2", "2000x3", "3x2000", "31x17"])
    func `pictures of extreme shapes are shown`(size: String) throws {
        let odd = try studio.image("o.png", size: size)
        let film = try studio.render(
            board(duration: 400, scenes: [.still(0, 0, 200), .clip(0, 200, 200)]), assets: [odd])
        #expect(try studio.means(film).count == 4)
    }
}

struct `Words on the picture` {
    let studio: Studio

    init() throws { studio = try Studio() }

    /// The lower third, where titles stand.
    private let box = "180:80:0:180"

    @Test func `a title is seen in its span and not outside, and fades`() throws {
        let film = try studio.render(
            board(rate: 20, duration: 3000, titles: [.init(text: "Summer", start: 1000, duration: 1000)]))
        let luma = try studio.means(film, part: box)
        for (frame, mean) in luma.enumerated() {
            if (28..<32).contains(frame) { #expect(mean > 18.5, "frame \(frame)") }
            if !(20..<40).contains(frame) { #expect(mean < 17.5, "frame \(frame)") }
        }
        #expect(luma[21] < luma[30] && luma[38] < luma[30])
    }

    @Test(arguments: [
        "it's 100% \"ours\": a\\b, [c]; {d} %{pts}", "line one\nline two", "'", "\\", ":", "%", "你好", "a=b@c#d",
        "expansion=none:x=0", "\\n", "';drawtext=text=x", "Ünïcödé – €",
    ])
    func `any words are drawn as they are`(text: String) throws {
        let film = try studio.render(
            board(rate: 5, duration: 1000, titles: [.init(text: text, start: 0, duration: 1000)]))
        #expect(try studio.means(film, part: box)[2] > 16.05)
    }

    @Test(arguments: ["", "  ", "🎉", "\u{7}"])
    func `words of which nothing can be drawn draw nothing`(text: String) throws {
        let film = try studio.render(
            board(
                rate: 5, duration: 1000, scenes: [.init(start: 0, duration: 1000, picture: .card(text))],
                titles: [.init(text: text, start: 0, duration: 1000)]))
        #expect(try studio.means(film).count == 5)
    }

    @Test func `a card bears its words in the middle`() throws {
        func middle(of words: String) throws -> [Double] {
            let film = try studio.render(
                board(scenes: [.init(start: 0, duration: 2000, picture: .card(words))]))
            return try studio.means(film, part: "160:80:10:120")
        }
        let (bearing, empty) = (try middle(of: "Chapter one"), try middle(of: " "))
        #expect(bearing.count == empty.count)
        #expect(zip(bearing, empty).allSatisfy { $0 > $1 + 2 })
    }
}
