import ArgumentParser
import ReelModel
import ReelPipeline

struct Check: ReelgateCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Gate 1: say what a destination would refuse, by which limit, and what mends it.")

    @OptionGroup var inputs: InputArguments
    @OptionGroup var destinations: ProfileOptions
    @OptionGroup var output: ReportOptions

    @Option(help: "Measure at least this deep: header, packets or frames.", transform: reelgate.depth)
    var depth: Depth?

    @Flag(help: "Let a risk fail a file too.")
    var strict = false

    @Flag(
        help: "Judge the files as one post too: how many they are, whether they are of one shape, their bytes together."
    )
    var together = false

    func carryOut() async throws -> ExitStatus {
        let profiles = try destinations.required()
        try output.prepare()
        let media = Media.service()
        let examiner = Media.examiner(media)
        var files = try await SideBySide.run(try inputs.expanded()) { [depth, strict] path in
            await examiner.examine(path, profiles: profiles, depth: depth, strict: strict) {
                Terminal.shared.progress("Measuring \(path)", $0)
            }
        } each: { [output, together] file in
            if !together { output.write(file) }
        }
        if together { files = Examiner.together(files, profiles: profiles, strict: strict) }
        try output.write(Report(tool: await Media.tool(files, media), files: files), isBegun: !together)
        return ExitStatus(files)
    }
}
