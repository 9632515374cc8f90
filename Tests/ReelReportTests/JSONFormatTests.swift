import Foundation
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelReport

struct JSONFormatTests {
    private let json = JSONFormat.json(.everything)

    @Test func `a report has the fixed layout`() throws {
        #expect(json["schema"] == "reelgate.report/1")
        #expect(
            json["tool"] == ["version": "1.2.3", "libraries": ["libavcodec": "59.37.100", "libavformat": "59.27.100"]])
        let file = try #require(json["files"]?[0])
        #expect(
            file.members?.map(\.key) == ["path", "role", "verdict", "profiles", "facts", "findings", "notEvaluated"])
        #expect(file["verdict"] == "fail")
        #expect(file["role"] == "input")
        #expect(file["findings"]?[0]?["rule"] == "file-too-large")
        #expect(file["findings"]?[0]?["code"] == "4002")
        #expect(file["findings"]?[0]?["measured"] == 231_400_000)
        #expect(file["findings"]?[0]?["allowed"] == ["max": 200_000_000])
        #expect(file["findings"]?[1]?["span"] == ["start": 4.2, "end": 4.2])
        #expect(json["files"]?[3]?["role"] == "output")
        #expect(json["run"]?["render"] == "render_1")
        #expect(json["fit"] == json["files"]?[1]?["fit"])
        #expect(json["fit"]?["encodes"] == 1)
    }

    @Test func `facts are values, and what is not known is null with its reason`() throws {
        let facts = try #require(json["files"]?[0]?["facts"])
        #expect(facts["bytes"] == 231_400_000)
        #expect(facts["container"] == "mov")
        #expect(facts["extension"] == "mov")
        #expect(facts["editLists"] == "trivial")
        let video = try #require(facts["video"]?[0])
        #expect(video["width"] == 1920)
        #expect(video["displayWidth"] == 1080)
        #expect(video["frameRate"] == ["num": 30000, "den": 1001])
        #expect(video["bitDepth"] == .null)
        #expect(facts["unknown"]?["video[0].bitDepth"] == .string(Facts.notInHeader))
        #expect(facts["unknown"]?["video[0].color.primaries"] == "not tagged")
        #expect(facts["unknown"]?["others[0].codec"] == "it has none")
        #expect(facts["measured"]?["black"]?[0] == ["start": 3, "end": 4.2])
        // Every null of a fact has its reason, and every reason its null.
        for member in facts["unknown"]?.members ?? [] { #expect(value(at: member.key, in: facts) == .null) }
    }

    @Test func `what the picture could not tell is null with its reason`() throws {
        var facts = try #require(Report.everything.files[0].facts)
        var picture = PictureMeasurements(stream: 0, frames: 9)
        picture.flashes = .known([])
        picture.combing = .known(Combing(moving: 3))
        picture.bars = .unknown("the size of the picture changes")
        picture.bands = .known([BandSpan(span: TimeRange(start: 1, end: 2), step: 2, share: 0.25)])
        picture.blocks = .unknown("too small")
        picture.blur = .known([])
        picture.captions = .known([
            Caption(
                span: TimeRange(start: 1, end: 2.5),
                place: PictureArea(left: 0.1, top: 0.75, right: 0.875, bottom: 0.8),
                rows: 12)
        ])
        facts.measured?.picture = picture
        let json = FactsJSON.json(facts)
        let told = try #require(json["measured"]?["picture"])
        #expect(told["bars"] == .null && told["blocks"] == .null)
        #expect(
            told["captions"] == [
                [
                    "start": 1, "end": 2.5, "place": ["left": 0.1, "top": 0.75, "right": 0.875, "bottom": 0.8],
                    "rows": 12,
                ]
            ])
        #expect(told["blur"] == .array([]) && told["flashes"] == .array([]) && told["combing"]?["moving"] == 3)
        #expect(
            json["unknown"]?.members?.filter { $0.key.hasPrefix("measured.picture") } == [
                JSON.Member("measured.picture.bars", "the size of the picture changes"),
                JSON.Member("measured.picture.blocks", "too small"),
            ])
    }

    @Test func `pictures that repeat steadily stand with their pattern and their rate`() throws {
        var facts = try #require(Report.everything.files[0].facts)
        var picture = PictureMeasurements(stream: 0, frames: 150)
        picture.cadence = Cadence(
            moving: 120, repeats: 30, period: 5,
            steady: [SteadyRepeats(span: TimeRange(start: 0, end: 5), pattern: [1, 1, 1, 2], pictureRate: 23.976)],
            steadyShare: 0.9)
        facts.measured?.picture = picture
        let cadence = try #require(FactsJSON.json(facts)["measured"]?["picture"]?["cadence"])
        #expect(
            cadence["steady"] == [["start": 0, "end": 5, "pattern": [1, 1, 1, 2], "pictureRate": 23.976]])
        #expect(cadence["steadyShare"] == 0.9 && cadence["period"] == 5)
    }

    @Test func `a sample says what it is of, and what it cannot tell`() throws {
        var facts = try #require(Report.everything.files[0].facts)
        facts.measured?.picture = PictureMeasurements(stream: 0, frames: 9)
        facts.measured?.leftOut = Set(Analysis.allCases).subtracting([.black])
        facts.measured?.sample = Sample(spans: [TimeRange(start: 0, end: 3)], keyFrames: [5, 8.5], of: 12)
        let json = FactsJSON.json(facts)
        let sample = try #require(json["measured"]?["sample"])
        #expect(sample["share"] == 0.25 && sample["seconds"] == 3 && sample["of"] == 12)
        #expect(sample["spans"] == [["start": 0, "end": 3]] && sample["keyFrames"] == [5, 8.5])
        #expect(json["unknown"]?["measured.picture.still"] == "it cannot be told of a sample")
        #expect(json["unknown"]?["measured.picture.garbage"] == "it was not asked for")
        let file = FileReport(path: "a.mp4", verdict: .unreadable, facts: facts)
        #expect(
            TextFormat.lines(of: file, style: ReportStyle())[1]
                == "  a sample: 3 s of 12 s were decoded (25 %, in 1 span), and 2 key frames besides. The rest was not "
                + "looked at")
    }

    @Test func `what was not asked for is null with its reason, in every sound`() throws {
        var facts = try #require(Report.everything.files[0].facts)
        var sound = SoundMeasurements(stream: 1, rate: 48_000)
        sound.loudness.integrated = .known(-20)
        facts.measured?.picture = PictureMeasurements(stream: 0, frames: 9)
        facts.measured?.sound = sound
        facts.measured?.otherSounds = [sound]
        facts.measured?.leftOut = Set(Analysis.allCases).subtracting([.loudness])
        let json = FactsJSON.json(facts)
        let measured = try #require(json["measured"])
        #expect(measured["black"] == .null && measured["silence"] == .null)
        #expect(measured["picture"]?["flicker"] == .null && measured["picture"]?["frames"] == 9)
        #expect(measured["loudness"]?["integrated"] == -20 && measured["loudness"]?["truePeak"] == .null)
        #expect(measured["otherSounds"]?[0]?["loudness"]?["integrated"] == -20)
        #expect(measured["otherSounds"]?[0]?["sound"]?["silences"] == .null)
        #expect(json["unknown"]?["measured.picture.bars"] == "it was not asked for")
        #expect(json["unknown"]?["measured.otherSounds[0].sound.silences"] == "it was not asked for")
        // Each path of an analysis is one that there is.
        for path in Analysis.allCases.flatMap(\.paths) where !path.hasPrefix("loudness.integrated") {
            #expect(json["unknown"]?["measured.\(path)"] != nil, "\(path)")
        }
        for member in json["unknown"]?.members ?? [] where member.key.hasPrefix("measured") {
            #expect(value(at: member.key, in: json) == .null, "\(member.key)")
        }
    }

    @Test func `the same report gives the same bytes`() {
        let again = Report.everything
        #expect(
            JSONFormat.bytes(of: again, style: ReportStyle()) == JSONFormat.bytes(of: .everything, style: ReportStyle())
        )
    }

    @Test func `JSON lines are one object a file and a sum`() throws {
        let text = String(decoding: JSONLinesFormat.bytes(of: .everything, style: ReportStyle()), as: UTF8.self)
        #expect(text.hasSuffix("\n"))
        let lines = try text.split(separator: "\n").map { try JSON(parsing: String($0)) }
        #expect(lines.count == 5)
        #expect(lines.allSatisfy { $0["schema"] == "reelgate.report/1" })
        #expect(lines.map { $0["type"] } == ["file", "file", "file", "file", "summary"])
        #expect(lines[0]["path"] == "a.mov")
        #expect(lines[4]["pass"] == 1)
        #expect(lines[4]["fail"] == 1)
        #expect(lines[4]["unreadable"] == 2)
        #expect(lines[4]["run"]?["id"] == "r1")
    }

    @Test(.enabled(if: PythonValidator.exists, "python3 with the module jsonschema is not here"))
    func `an independent validator accepts the report and misses nothing`() throws {
        #expect(try PythonValidator.validate(json) == "")
        #expect(try PythonValidator.validate(JSONFormat.json(Report(tool: Report.everything.tool, files: []))) == "")
        // The schema is no empty promise: a report without its facts' bytes, or with another verdict, is refused.
        guard case .object(var members) = json, case .array(var files)? = json["files"] else { return }
        files[0] = ["path": "a", "verdict": "good"]
        members[2] = .init("files", .array(files))
        #expect(try PythonValidator.validate(.object(members)) != "")
    }

    /// The value at `video[0].color.primaries`.
    private func value(at path: String, in json: JSON) -> JSON? {
        var value: JSON? = json
        for part in path.split(separator: ".") {
            let pieces = part.split(separator: "[")
            value = value?[String(pieces[0])]
            if pieces.count > 1, let index = Int(pieces[1].dropLast()) { value = value?[index] }
        }
        return value
    }
}

/// The module `jsonschema` of Python, in a process of its own.
enum PythonValidator {
    static let exists = (try? run(["-c", "import jsonschema"], "").status) == 0

    /// What is wrong with a report; empty where it is valid.
    static func validate(_ report: JSON) throws -> String {
        let script = """
            import json, sys, jsonschema
            schema, report = json.load(sys.stdin)
            jsonschema.Draft202012Validator.check_schema(schema)
            for error in jsonschema.Draft202012Validator(schema).iter_errors(report): print(error.json_path, error.message)
            """
        let result = try run(["-c", script], "[\(ReportSchema.text),\(report)]")
        if result.status != 0 { return "python3 failed with \(result.status)" }
        return result.output
    }

    private static func run(_ arguments: [String], _ input: String) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        let (standardInput, output) = (Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = output
        process.standardError = Pipe()
        try process.run()
        standardInput.fileHandleForWriting.write(Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }
}
