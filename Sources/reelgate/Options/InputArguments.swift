import ArgumentParser
import ReelModel
import ReelPipeline

/// `FILE…`: paths, folders, or `-` for a list on standard input.
struct InputArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "A file, a folder (with all below it), - for a list of paths on standard input, or an http(s) address.",
            valueName: "file"))
    var files: [String]

    func expanded() throws -> [String] {
        let paths = InputList.expand(files) {
            var lines = ""
            while let line = readLine(strippingNewline: false) { lines += line }
            return lines
        }
        guard !paths.isEmpty else { throw ValidationError("There is no file in \(files.joined(separator: ", ")).") }
        return paths
    }
}
