import ArgumentParser
import ReelPipeline

/// `--profile P` of a command that goes through the backend: one destination, with its limits as they are. The run keeps
/// its name in the journal, so limits that were changed for one call would be lost by `resume`.
struct DestinationOption: ParsableArguments {
    @Option(
        name: .customLong("profile"),
        help: ArgumentHelp(
            "The destination to judge for, by name (`reelgate profiles`) or path.", valueName: "name"))
    var name: String?

    /// Its name, or its path from the root. That there is one is found out before a run is opened.
    func resolved(otherwise builtin: String) throws -> String {
        guard let name else { return builtin }
        _ = try ProfileSource.profile(name)
        return ProfileSource.isPath(name) ? Paths.absolute(name) : name
    }
}
