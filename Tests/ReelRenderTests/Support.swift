import Foundation
import ReelMedia
import ReelModel
import ReelRender
import ReelTestSupport
import Testing

/// A place to render in, with the machine's tools as judges.
struct Studio {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Makes a file with `ffmpeg`; its path.
    func make(_ name: String, _ arguments: [String]) throws -> String {
        try ExternalTool.ffmpeg.run(["-v", "error", "-y"] + arguments + [folder.path(name)])
        return folder.path(name)
    }

    /// A picture of one colour, or of the `lavfi` source that is given.
    func image(_ name: String, size: String = "320x240", color: String = "white", filter: String = "null") throws
        -> String
    {
        try make(
            name, ["-f", "lavfi", "-i", "color=\(color):s=\(size)", "-frames:v", "1", "-vf", filter])
    }

    @discardableResult
    func render(
        _ storyboard: Storyboard, assets: [String] = [], to name: String = "out.mp4",
        cancellation: Cancellation = Cancellation(), progress: (Double) -> Void = { _ in }
    ) throws -> String {
        let path = folder.path(name)
        let output = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
        defer { close(output) }
        let opened = assets.map { (descriptor: open($0, O_RDONLY), name: URL(filePath: $0).lastPathComponent) }
        defer { for asset in opened { close(asset.descriptor) } }
        try Renderer.render(
            storyboard, assets: opened, output: output, outputName: name, cancellation: cancellation,
            progress: progress)
        return path
    }

    /// Entries of a stream as `ffprobe` tells them, in its order.
    func probe(_ path: String, _ stream: String, _ entries: String) throws -> [String] {
        try ExternalTool.ffprobe.run([
            "-v", "error", "-count_frames", "-select_streams", stream, "-show_entries", "stream=\(entries)",
            "-of", "default=nw=1:nk=1", path,
        ]).output.split(separator: "\n").map(String.init)
    }

    /// Mean of the stored samples of a part (`width:height:x:y`) of each frame: luma (0), or a chroma (1, 2) in its own,
    /// halved coordinates.
    func means(_ path: String, plane: Int = 0, part: String? = nil) throws -> [Double] {
        let size = try probe(path, "v:0", "width,height").compactMap { Int($0) }
        let shift = plane == 0 ? 0 : 1
        let part = part ?? "\(size[0] >> shift):\(size[1] >> shift):0:0"
        let raw = try make(
            "\(UUID().uuidString).raw",
            ["-i", path, "-vf", "extractplanes=\(["y", "u", "v"][plane]),crop=\(part)", "-f", "rawvideo"])
        let bytes = try Data(contentsOf: URL(filePath: raw))
        let count = part.split(separator: ":").prefix(2).compactMap { Int($0) }.reduce(1, *)
        return bytes.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: count).map { start in
                var sum = 0
                for place in start..<min(start + count, bytes.count) { sum += Int(bytes[place]) }
                return Double(sum) / Double(count)
            }
        }
    }

    /// Mean volume of the sound, in dBFS, and the loudest sample.
    func volume(_ path: String) throws -> (mean: Double, max: Double) {
        let words = try ExternalTool.ffmpeg.run(["-i", path, "-vn", "-af", "volumedetect", "-f", "null", "-"]).errors
        func value(_ name: String) throws -> Double {
            let line = try #require(words.split(separator: "\n").first { $0.contains("\(name):") })
            let number = try #require(line.split(separator: ":").last?.split(separator: " ").first)
            return try #require(Double(number))
        }
        return (try value("mean_volume"), try value("max_volume"))
    }
}

/// A storyboard on a small canvas: quick to render.
func board(
    size: String = "180x320", rate: Int64 = 10, duration: Int64 = 2000, scenes: [Storyboard.Scene] = [],
    titles: [Storyboard.Title] = [], music: [Storyboard.Music] = []
) throws -> Storyboard {
    Storyboard(
        canvas: try #require(Size(size)), frameRate: Rational(rate), duration: duration, scenes: scenes, titles: titles,
        music: music)
}

extension Storyboard.Scene {
    static func still(_ asset: Int = 0, _ start: Int64 = 0, _ duration: Int64 = 2000) -> Self {
        Self(start: start, duration: duration, picture: .still(asset: asset))
    }
    static func clip(_ asset: Int = 0, from: Int64 = 0, _ start: Int64 = 0, _ duration: Int64 = 2000) -> Self {
        Self(start: start, duration: duration, picture: .clip(asset: asset, from: from))
    }
}
