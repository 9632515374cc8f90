import ArgumentParser
import ReelModel
import ReelPipeline

struct Probe: ReelgateCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "Say what files are, and judge nothing.")

    @OptionGroup var inputs: InputArguments
    @OptionGroup var output: ReportOptions

    @Option(help: "How deep to measure: header, packets or frames.", transform: reelgate.depth)
    var depth = Depth.header

    func carryOut() async throws -> ExitStatus {
        try output.prepare()
        let media = Media.service()
        let examiner = Media.examiner(media)
        let files = try await SideBySide.run(try inputs.expanded()) { [depth] path in
            await examiner.describe(path, depth: depth) { Terminal.shared.progress("Measuring \(path)", $0) }
        } each: { [output] file in
            output.write(file)
        }
        try output.write(Report(tool: await Media.tool(files, media), files: files), isBegun: true)
        return ExitStatus(files)
    }
}
