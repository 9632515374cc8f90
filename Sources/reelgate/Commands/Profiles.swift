import ArgumentParser
import ReelModel
import ReelPipeline
import ReelReport
import ReelRules

struct Profiles: ReelgateCommand {
    static let configuration = CommandConfiguration(
        commandName: "profiles",
        abstract: "List the destinations that are known, print one with the source of each limit, or compare two.")

    @Argument(
        help: ArgumentHelp("A profile's name, or the path of one of your own; two with --diff.", valueName: "name"))
    var names: [String] = []

    @Flag(help: "Say what the second limits otherwise than the first.")
    var diff = false

    @Flag(help: "Print the JSON Schema of a profile.")
    var schema = false

    @Flag(help: "Print the destinations as a table of Markdown.")
    var table = false

    @Option(help: "text or json.")
    var format = PageFormat.text

    func validate() throws {
        if schema || table, diff || !names.isEmpty || schema && table {
            throw ValidationError("--schema and --table stand alone.")
        }
        if diff, names.count != 2 { throw ValidationError("--diff takes two profiles.") }
    }

    func carryOut() async throws -> ExitStatus {
        let terminal = Terminal.shared
        let profiles = try names.map { try ProfileSource.profile($0) }
        if schema {
            terminal.page(
                ProfileSchema.json, "\(String(decoding: ProfileSchema.json.bytes(indent: 2), as: UTF8.self))\n", format)
        } else if table {
            let all = try ProfileCatalog.builtin()
            terminal.page(ProfilePages.json(all), DestinationTable.markdown(all), format)
        } else if diff {
            terminal.page(
                ProfileDifference.json(profiles[0], profiles[1]),
                ProfileDifference.text(profiles[0], profiles[1], style: terminal.style), format)
        } else if profiles.isEmpty {
            let all = try ProfileCatalog.builtin()
            terminal.page(ProfilePages.json(all), ProfilePages.text(all, style: terminal.style), format)
        } else {
            for profile in profiles {
                terminal.page(ProfilePages.json(profile), ProfilePages.text(profile, style: terminal.style), format)
            }
        }
        return .allPass
    }
}
