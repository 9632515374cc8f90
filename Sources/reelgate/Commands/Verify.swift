import ArgumentParser
import Foundation
import ReelModel
import ReelPipeline

struct Verify: ReelgateCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Gate 2: decode every frame, and hold what was delivered against what was ordered.",
        discussion: "Without --profile, files are held against nemo-export: H.264 in MP4, up to 1080x1920, index first."
    )

    @OptionGroup var inputs: InputArguments
    @OptionGroup var destinations: ProfileOptions
    @OptionGroup var choice: SelectionOptions
    @OptionGroup var output: ReportOptions

    @Option(help: ArgumentHelp("The codec that was ordered.", valueName: "name"))
    var codec: String?

    @Option(
        help: ArgumentHelp("The size that was ordered, as shown.", valueName: "WxH"),
        transform: reelgate.size)
    var size: Size?

    @Option(help: ArgumentHelp("The duration that was ordered, in seconds.", valueName: "s"))
    var duration: Double?

    @Option(help: ArgumentHelp("By how much a duration may differ, in seconds. (default: one frame)", valueName: "s"))
    var tolerance: Double?

    @Option(name: .customLong("fps"), help: ArgumentHelp("The frame rate that was ordered.", valueName: "rate"))
    var frameRate: Double?

    @Option(
        help: ArgumentHelp(
            "Whether sound was ordered: yes, or no for a film that must not have any.", valueName: "yes|no"),
        transform: reelgate.yesOrNo)
    var audio: Bool?

    @Option(help: ArgumentHelp("The draft that was rendered: what it orders is asked for too.", valueName: "file.json"))
    var draft: String?

    @Flag(
        help: ArgumentHelp(
            "A quick look: decode key frames and a few spans only. It finds faults; no film passes by it.",
            discussion:
                "A film so short that this would save little is decoded whole. Rules of --only that read headers alone "
                + "are judged in full."))
    var sample = false

    @Flag(help: "Let a risk fail a file too.")
    var strict = false

    func validate() throws {
        if let duration, !(duration >= 0 && duration.isFinite) { throw ValidationError("--duration takes seconds.") }
        if let tolerance, !(tolerance >= 0 && tolerance.isFinite) {
            throw ValidationError("--tolerance takes seconds.")
        }
        if let frameRate, !(frameRate > 0 && frameRate.isFinite) {
            throw ValidationError("--fps takes frames a second.")
        }
    }

    func carryOut() async throws -> ExitStatus {
        let profiles = try destinations.profiles(otherwise: "nemo-export")
        let expectation = try expectation()
        let selection = try choice.selection()
        // Everything is decoded, but where only some rules are asked: as deep as they need.
        let depth: Depth? = selection.only == nil ? .frames : nil
        try output.prepare()
        let media = Media.service()
        let examiner = Examiner(media: media)
        var files: [FileReport] = []
        for path in try inputs.expanded() {
            try Task.checkCancellation()
            let file = await examiner.examine(
                path, profiles: profiles, expectation: expectation, selection: selection, depth: depth,
                sampling: sample, strict: strict
            ) { Terminal.shared.progress("Verifying \(path)", $0) }
            output.write(file)
            files.append(file)
        }
        try output.write(Report(tool: await Media.tool(files, media), files: files), isBegun: true)
        return ExitStatus(files)
    }

    /// What the options say, and what they leave open taken from the draft.
    private func expectation() throws -> Expectation? {
        let said = Expectation(
            codec: codec, size: size, duration: duration, tolerance: tolerance, frameRate: frameRate, audio: audio)
        guard let draft else { return said.isEmpty ? nil : said }
        let bytes: Data
        do { bytes = try Data(contentsOf: URL(filePath: draft)) } catch {
            throw Failure(
                .usage, subject: draft, problem: "the draft cannot be read", remedy: "Check the path",
                cause: error.localizedDescription)
        }
        guard let json = try? JSON(parsing: Array(bytes)), let order = Draft(json["draft"] ?? json) else {
            throw Failure(
                .usage, subject: draft, problem: "it is not a draft",
                remedy: "Give the draft's JSON, as `reelgate status --format json` shows it")
        }
        return said.completed(by: Expectation(draft: order))
    }
}
