import Foundation
import ReelInspect
import ReelMedia
import ReelModel
import ReelTestSupport
import Testing

/// The facts of a file at a path.
func inspect(
    _ path: String, _ depth: Depth, _ analyses: Set<Analysis> = Set(Analysis.allCases),
    cancellation: Cancellation = Cancellation()
) throws -> Facts {
    let descriptor = open(path, O_RDONLY)
    try #require(descriptor >= 0, "\(path) cannot be opened")
    defer { close(descriptor) }
    return try Inspector.facts(
        of: descriptor, name: path, scope: Scope(depth: depth, analyses: analyses), cancellation: cancellation)
}

extension TemporaryFolder {
    /// Has ffmpeg make a file; its path.
    func make(_ name: String, _ arguments: [String]) throws -> String {
        try ExternalTool.ffmpeg.run(["-v", "error", "-y"] + arguments + [path(name)])
        return path(name)
    }

    /// Six seconds of 25 frames a second, black from 2 to 3.2 s, silent from 3 to 4.5 s.
    func makeFilm(_ name: String, _ codecs: [String]) throws -> String {
        try make(
            name,
            [
                "-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=6",
                "-f", "lavfi", "-i", "sine=440:r=48000:d=6",
                "-vf", "drawbox=c=black:t=fill:enable='between(t,2,3.19)'",
                "-af", "volume=0:enable='between(t,3,4.5)'",
            ] + codecs)
    }

    /// A copy of a file with some bytes changed.
    func damage(_ path: String, as name: String, _ change: (inout Data) -> Void) throws -> String {
        var data = try Data(contentsOf: URL(filePath: path))
        change(&data)
        try data.write(to: file(name))
        return self.path(name)
    }
}

/// What ffprobe tells of a file.
struct Probe {
    let format: [String: Any]
    let streams: [[String: Any]]

    init(_ path: String, counting: Bool = false) throws {
        let arguments = ["-v", "error", "-of", "json", "-show_streams", "-show_format"]
        let text = try ExternalTool.ffprobe.run(arguments + (counting ? ["-count_frames"] : []) + [path]).output
        let json = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        format = json["format"] as? [String: Any] ?? [:]
        streams = json["streams"] as? [[String: Any]] ?? []
    }

    func first(_ kind: String) -> [String: Any]? { streams.first { $0["codec_type"] as? String == kind } }
}

/// What a detector of ffmpeg's wrote, as pairs of start and end.
func detected(_ path: String, _ filter: [String], start: String, end: String, duration: Double) throws -> [TimeRange] {
    let words = try ExternalTool.ffmpeg.run(["-hide_banner", "-nostats", "-i", path] + filter + ["-f", "null", "-"])
        .errors
    var spans: [TimeRange] = []
    var open: Double?
    func number(after key: String, in line: Substring) -> Double? {
        line.range(of: key).flatMap { found in
            Double(line[found.upperBound...].drop { $0 == " " || $0 == ":" }.prefix { !" \t|".contains($0) })
        }
    }
    for line in words.split(separator: "\n") {
        if let from = number(after: start, in: line) { open = from }
        if let from = open, let to = number(after: end, in: line) {
            spans.append(TimeRange(start: from, end: to))
            open = nil
        }
    }
    if let open { spans.append(TimeRange(start: open, end: duration)) }
    return spans
}

/// Whether two lists of spans agree within so many seconds.
func agree(_ a: [TimeRange], _ b: [TimeRange], within tolerance: Double) -> Bool {
    a.count == b.count
        && zip(a, b).allSatisfy { abs($0.start - $1.start) <= tolerance && abs($0.end - $1.end) <= tolerance }
}
