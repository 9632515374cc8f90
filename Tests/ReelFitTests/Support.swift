import Foundation
import ReelFit
import ReelMedia
import ReelModel
import ReelTestSupport
import Synchronization
import Testing

/// What a fit told of its progress.
final class Told: Sendable {
    private let values = Mutex<[Double]>([])
    func add(_ value: Double) { values.withLock { $0.append(value) } }
    var all: [Double] { values.withLock { $0 } }
}

/// A folder with inputs made by ffmpeg, and fits carried out in it.
struct Bench {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func path(_ name: String) -> String { folder.path(name) }

    /// Makes a file with ffmpeg; the arguments before the output's name.
    func make(_ name: String, _ arguments: String...) throws {
        let words = arguments.flatMap { $0.split(separator: " ").map(String.init) }
        try ExternalTool.ffmpeg.run(["-v", "error", "-y"] + words + [path(name)])
    }

    func fit(
        _ input: String, to output: String, _ steps: [Plan.Step], as type: FileType, maxBytes: Int64? = nil,
        maxDuration: Double? = nil, told: Told = Told(), cancellation: Cancellation = Cancellation()
    ) throws -> FitOutcome {
        let scratchPath = path("scratch-\(output)")
        try FileManager.default.createDirectory(atPath: scratchPath, withIntermediateDirectories: true)
        let descriptors = [
            open(path(input), O_RDONLY), open(path(output), O_RDWR | O_CREAT | O_TRUNC, 0o600),
            open(scratchPath, O_RDONLY | O_DIRECTORY),
        ]
        defer { for descriptor in descriptors { close(descriptor) } }
        try #require(descriptors.allSatisfy { $0 >= 0 })
        let plan = Plan(
            steps: steps, output: type, maxBytes: maxBytes, maxDuration: maxDuration,
            predictedBytes: .unknown("not asked"))
        defer { #expect(throws: Never.self) { try #expect(contents(scratchPath).isEmpty) } }
        let outcome = try Fitter.carryOut(
            plan, input: descriptors[0], inputName: input, output: descriptors[1], outputName: output,
            scratch: descriptors[2], progress: { told.add($0) }, cancellation: cancellation)
        #expect(outcome.bytes == bytes(output))
        let values = told.all
        #expect(values == values.sorted())
        #expect(values.last == 1)
        return outcome
    }

    func bytes(_ name: String) -> Int64 {
        (try? FileManager.default.attributesOfItem(atPath: path(name))[.size] as? Int64) ?? -1
    }

    private func contents(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path)
    }

    // MARK: Judges

    /// Values of ffprobe's entries, a line for each section.
    func probe(_ name: String, _ entries: String, _ more: String...) throws -> [String] {
        try ExternalTool.ffprobe.run(
            ["-v", "error", "-show_entries", entries, "-of", "csv=p=0"] + more + [path(name)]
        ).output.split(whereSeparator: \.isNewline).map(String.init)
    }

    /// A hash of each coded stream's packets, as ffmpeg reads them.
    func streamHashes(_ name: String, _ more: String...) throws -> [String] {
        try ExternalTool.ffmpeg.run(
            ["-v", "error", "-i", path(name), "-map", "0", "-c", "copy"] + more + ["-f", "streamhash", "-"]
        ).output.split(whereSeparator: \.isNewline).map { String($0.drop { $0 != "," }) }
    }

    /// Hashes of every decoded picture.
    func pictureHashes(_ name: String) throws -> [Substring] {
        try ExternalTool.ffmpeg.run(["-v", "error", "-i", path(name), "-map", "0:v", "-f", "framemd5", "-"]).output
            .split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
            .compactMap { $0.split(separator: ",").last }
    }

    /// Seconds from the start of the picture to the start of the sound.
    func gap(_ name: String) throws -> Double {
        func start(_ kind: String) throws -> Double {
            let told = try probe(name, "stream=start_time", "-select_streams", kind).first ?? ""
            return try #require(Double(told.prefix { $0 != "," }))
        }
        return try start("a") - start("v")
    }

    /// What ffmpeg complains of when it plays a file to its end.
    func complaints(_ name: String) throws -> String {
        try ExternalTool.ffmpeg.run([
            "-v", "warning", "-i", path(name), "-map", "0", "-c:s", "copy", "-fps_mode", "passthrough",
            "-enc_time_base", "-1", "-f",
            "null", "-",
        ]).errors
    }

    /// The first picture as rows of red, green and blue, at this size.
    func pixels(_ name: String, _ size: String, format: String = "rgb24") throws -> [UInt8] {
        let raw = path("\(name).raw")
        try ExternalTool.ffmpeg.run([
            "-v", "error", "-y", "-noautorotate", "-i", path(name), "-frames:v", "1", "-vf",
            "format=\(format),scale=\(size):flags=area", "-pix_fmt", format, "-f", "rawvideo", raw,
        ])
        return [UInt8](try Data(contentsOf: URL(filePath: raw)))
    }
}

/// Types of the boxes at the top of an ISO BMFF file, in order.
func topBoxes(_ path: String) throws -> [String] {
    let data = try Data(contentsOf: URL(filePath: path))
    var types: [String] = []
    var offset = 0
    while offset + 8 <= data.count {
        let size = data[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
        types.append(String(decoding: data[offset + 4..<offset + 8], as: UTF8.self))
        if size < 8 { break }
        offset += size
    }
    return types
}

/// What ffmpeg makes pictures and sound of.
enum Content {
    static func film(_ picture: String, seconds: Double, sound: Bool = true) -> String {
        "-f lavfi -i \(picture)" + (sound ? " -f lavfi -i sine=440:sample_rate=48000" : "") + " -t \(seconds)"
    }

    static let noise = "testsrc2=s=320x180:r=25,noise=alls=60:allf=t"
    static let plain = "testsrc2=s=320x180:r=25"
    static let still = "color=c=teal:s=320x180:r=25"
}
