import Foundation
import ReelMedia
import ReelModel
import ReelTestSupport
import Synchronization
import Testing

struct `A film, judged by others` {
    let studio: Studio

    init() throws { studio = try Studio() }

    private let music = [Storyboard.Music(name: "Lo-fi", start: 0, duration: 2000, volume: 1)]

    @Test func `it is what was ordered`() throws {
        let path = try studio.render(
            board(scenes: [.still()], music: music), assets: [studio.image("a.png", filter: "noise=alls=40")])
        #expect(
            try studio.probe(
                path, "v:0",
                "codec_name,profile,width,height,sample_aspect_ratio,pix_fmt,color_range,color_space,color_transfer,"
                    + "color_primaries,r_frame_rate,avg_frame_rate,start_time,duration,nb_read_frames")
                == [
                    "h264", "High", "180", "320", "1:1", "yuv420p", "tv", "bt709", "bt709", "bt709", "10/1", "10/1",
                    "0.000000", "2.000000", "20",
                ])
        #expect(
            try studio.probe(path, "a:0", "codec_name,profile,sample_rate,channels,start_time,duration")
                == ["aac", "LC", "48000", "2", "0.000000", "2.000000"])
    }

    @Test(arguments: [(30_000, 1_001, 1_777, 53), (25, 1, 1_000, 25), (24, 1, 2_040, 49), (1, 1, 3_000, 3)])
    func `it has exactly as many frames as it lasts, and as much sound`(
        numerator: Int64, denominator: Int64, duration: Int64, frames: Int
    ) throws {
        var storyboard = try board(size: "64x64", duration: duration, music: music)
        storyboard.frameRate = try #require(Rational(numerator, denominator))
        let path = try studio.render(storyboard)
        let told = try studio.probe(path, "v:0", "r_frame_rate,duration,nb_read_frames")
        #expect(told[0] == "\(numerator)/\(denominator)")
        #expect(told[2] == "\(frames)")
        let seconds = Double(frames) * Double(denominator) / Double(numerator)
        #expect(abs(try #require(Double(told[1])) - seconds) < 0.001)
        let sound = try #require(try studio.probe(path, "a:0", "duration").first.flatMap(Double.init))
        #expect(abs(sound - seconds) < 1024.0 / 48_000)
    }

    @Test func `its index comes first`() throws {
        let bytes = try Data(contentsOf: URL(filePath: studio.render(board(music: music))))
        let index = try #require(bytes.range(of: Data("moov".utf8)))
        let media = try #require(bytes.range(of: Data("mdat".utf8)))
        #expect(index.lowerBound < media.lowerBound)
    }

    @Test func `the same order gives the same bytes`() throws {
        let storyboard = try board(
            scenes: [.still(0, 0, 800), .clip(1, 800, 1200)], titles: [.init(text: "Hello", start: 0, duration: 2000)],
            music: music)
        let assets = [
            try studio.image("a.jpg", filter: "noise=alls=40"),
            try studio.make(
                "b.mp4", ["-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=1", "-f", "lavfi", "-i", "sine=d=1"]),
        ]
        let first = try Data(contentsOf: URL(filePath: studio.render(storyboard, assets: assets, to: "1.mp4")))
        let second = try Data(contentsOf: URL(filePath: studio.render(storyboard, assets: assets, to: "2.mp4")))
        #expect(first == second)
    }

    @Test func `a film without sound has no sound track`() throws {
        let silent = try studio.make("s.mp4", ["-f", "lavfi", "-i", "testsrc2=s=64x64:r=10:d=1"])
        let path = try studio.render(board(scenes: [.clip()]), assets: [silent])
        #expect(try studio.probe(path, "a", "codec_name").isEmpty)
    }

    @Test func `progress never goes back, and ends at the end`() throws {
        let told = Mutex<[Double]>([])
        try studio.render(board(music: music)) { part in told.withLock { $0.append(part) } }
        let parts = told.withLock { $0 }
        #expect(parts == parts.sorted())
        #expect(parts.first == 0)
        #expect(parts.last == 1)
    }

    @Test func `it stops when it is asked to`() throws {
        let cancellation = Cancellation()
        let told = Mutex(0)
        let failure = #expect(throws: Failure.self) {
            try studio.render(board(duration: 60_000), cancellation: cancellation) { part in
                told.withLock { $0 += 1 }
                if part > 0.01 { cancellation.cancel() }
            }
        }
        #expect(failure?.kind == .interrupted)
        #expect(told.withLock { $0 } < 20)
    }

    @Test func `an asset that cannot be read is named`() throws {
        let broken = studio.folder.path("broken.jpg")
        try Data("no picture at all".utf8).write(to: URL(filePath: broken))
        let failure = #expect(throws: Failure.self) {
            try studio.render(board(scenes: [.still()]), assets: [broken])
        }
        #expect(failure?.kind == .unreadable)
        #expect(failure?.subject == "broken.jpg")
        let tone = try studio.make("tone.wav", ["-f", "lavfi", "-i", "sine=d=1"])
        let soundOnly = #expect(throws: Failure.self) {
            try studio.render(board(scenes: [.still()]), assets: [tone])
        }
        #expect(soundOnly?.subject == "tone.wav")
        #expect(soundOnly?.problem == "it holds no picture")
        let image = try studio.image("a.png")
        let mute = #expect(throws: Failure.self) {
            try studio.render(
                board(music: [.init(name: "a", asset: 0, start: 0, duration: 2000, volume: 1)]), assets: [image])
        }
        #expect(mute?.subject == "a.png")
    }

    @Test(arguments: ["179x320", "8x8"])
    func `canvases that cannot be coded are refused`(size: String) throws {
        let failure = #expect(throws: Failure.self) { try studio.render(board(size: size)) }
        #expect(failure?.kind == .usage)
    }

    @Test func `orders that make no sense are refused`() throws {
        var noTime = try board()
        noTime.duration = 0
        var backwards = try board(scenes: [.still()])
        backwards.scenes[0].duration = -1
        var nowhere = try board(scenes: [.still(7)])
        nowhere.titles = [.init(text: "a", start: .min, duration: .max)]
        for storyboard in [noTime, backwards, nowhere, try board(scenes: [.still(7)])] {
            let failure = #expect(throws: Failure.self) { try studio.render(storyboard) }
            #expect(failure?.kind == .usage)
        }
    }
}

struct `What is heard` {
    let studio: Studio

    init() throws { studio = try Studio() }

    private func music(_ volume: Double, asset: Int? = nil) -> [Storyboard.Music] {
        [.init(name: "Lo-fi", asset: asset, start: 0, duration: 3000, volume: volume)]
    }

    @Test func `music is audible, and silent at no volume`() throws {
        let audible = try studio.volume(
            studio.render(board(size: "64x64", duration: 3000, music: music(1)), to: "a.mp4"))
        #expect(audible.mean > -40 && audible.max < 0)
        let silent = try studio.render(board(size: "64x64", duration: 3000, music: music(0)), to: "b.mp4")
        #expect(try studio.volume(silent).max < -80)
        #expect(try studio.probe(silent, "a:0", "codec_name") == ["aac"])
    }

    @Test func `a clip's own sound is heard in its scene only`() throws {
        let clip = try studio.make(
            "c.mkv",
            [
                "-f", "lavfi", "-i", "testsrc2=s=64x64:r=10:d=3", "-f", "lavfi", "-i",
                "sine=440:sample_rate=44100:d=3,volume=4", "-c:a", "libopus",
            ])
        let path = try studio.render(
            board(size: "64x64", duration: 3000, scenes: [.clip(0, from: 500, 1000, 1000)]), assets: [clip])
        func part(_ start: Double, _ name: String) throws -> Double {
            try studio.volume(
                studio.make(name, ["-ss", "\(start)", "-t", "0.8", "-i", path, "-vn", "-c:a", "pcm_s16le"])
            ).mean
        }
        #expect(try part(0, "1.wav") < -80)
        #expect(try part(1.1, "2.wav") > -25)
        #expect(try part(2.15, "3.wav") < -80)
    }

    @Test func `uploaded music is played, and what is loud together is not cut off`() throws {
        let loud = try studio.make("m.mp3", ["-f", "lavfi", "-i", "sine=300:sample_rate=22050:d=3,volume=7"])
        var storyboard = try board(size: "64x64", duration: 3000, music: music(1, asset: 0))
        storyboard.music.append(.init(name: "again", asset: 0, start: 0, duration: 3000, volume: 1))
        let volume = try studio.volume(studio.render(storyboard, assets: [loud]))
        #expect(volume.mean > -10)
        #expect(volume.max < -0.3)
    }

    @Test func `sound keeps its place`() throws {
        // A click at one second of the clip is heard at one second of the scene.
        let clip = try studio.make(
            "c.mp4",
            [
                "-f", "lavfi", "-i", "testsrc2=s=64x64:r=10:d=2", "-f", "lavfi", "-i",
                "aevalsrc=if(between(t\\,1\\,1.01)\\,sin(6283*t)\\,0):s=48000:d=2", "-c:a", "aac",
            ])
        let path = try studio.render(
            board(size: "64x64", duration: 3000, scenes: [.clip(0, 1000, 2000)]), assets: [clip])
        let raw = try studio.make("a.raw", ["-i", path, "-vn", "-ac", "1", "-f", "s16le", "-c:a", "pcm_s16le"])
        let samples = try Data(contentsOf: URL(filePath: raw)).withUnsafeBytes { Array($0.bindMemory(to: Int16.self)) }
        let first = try #require(samples.firstIndex { abs(Int($0)) > 8000 })
        #expect(abs(first - 96_000) < 500)
    }
}
