import ArgumentParser
import ReelModel
import ReelPipeline
import ReelReport
import ReelRules

struct Profiles: ReelgateCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the destinations that are known, or print one with the source of each limit.")

    @Argument(help: ArgumentHelp("A profile's name, or the path of one of your own.", valueName: "name"))
    var name: String?

    @Option(help: "text or json.")
    var format = PageFormat.text

    func carryOut() async throws -> ExitStatus {
        let terminal = Terminal.shared
        if let name {
            let profile = try ProfileSource.profile(name)
            terminal.page(ProfilePages.json(profile), ProfilePages.text(profile, style: terminal.style), format)
        } else {
            let all = try ProfileCatalog.builtin()
            terminal.page(ProfilePages.json(all), ProfilePages.text(all, style: terminal.style), format)
        }
        return .allPass
    }
}
