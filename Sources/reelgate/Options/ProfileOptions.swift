import ArgumentParser
import ReelModel
import ReelPipeline

/// `--profile P[,P…]`
struct ProfileOptions: ParsableArguments {
    @Option(
        name: .customLong("profile"),
        help: ArgumentHelp(
            "Destinations to judge for, by name (`reelgate profiles`) or path, with commas between them.",
            valueName: "names"))
    var list: String?

    func profiles() throws -> [Profile] {
        try (list ?? "").split(separator: ",").map { try ProfileSource.profile(String($0)) }
    }

    /// Those of a command that cannot do without.
    func required() throws -> [Profile] {
        let profiles = try profiles()
        guard !profiles.isEmpty else {
            throw ValidationError("Say for which destination: --profile nemo-upload (`reelgate profiles` lists them).")
        }
        return profiles
    }
}

/// Reads `header`, `packets` or `frames`.
func depth(_ text: String) throws -> Depth {
    guard let depth = Depth(rawValue: text) else {
        throw ValidationError("There is no depth \"\(text)\"; choose header, packets or frames.")
    }
    return depth
}

/// Reads `1080x1920`.
func size(_ text: String) throws -> Size {
    guard let size = Size(text) else { throw ValidationError("\"\(text)\" is no size; write it as 1080x1920.") }
    return size
}
