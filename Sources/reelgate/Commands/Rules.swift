import ArgumentParser
import ReelModel
import ReelReport
import ReelRules

/// `text` or `json`, for pages that are no reports.
enum PageFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

extension Terminal {
    func page(_ json: @autoclosure () -> JSON, _ text: @autoclosure () -> String, _ format: PageFormat) {
        switch format {
        case .json: result(json().bytes(indent: 2) + [UInt8(ascii: "\n")])
        case .text: result(Array(text().utf8))
        }
    }

    var style: ReportStyle { ReportStyle(color: colorsResults) }
}

struct Rules: ReelgateCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "List the rules.")

    @Option(help: "text or json.")
    var format = PageFormat.text

    func carryOut() async throws -> ExitStatus {
        let terminal = Terminal.shared
        terminal.page(
            RulePages.json(Catalog.pages, findings: Catalog.findings),
            RulePages.text(Catalog.pages, style: terminal.style), format)
        return .allPass
    }
}

struct Explain: ReelgateCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Print the page of a rule, of a platform's error code, or of a destination.")

    @Argument(
        help: ArgumentHelp(
            "A rule's id as findings give it, a code as a platform answers it, or a profile's name.", valueName: "name")
    )
    var name: String

    @Option(help: "text or json.")
    var format = PageFormat.text

    func carryOut() async throws -> ExitStatus {
        let terminal = Terminal.shared
        let answers = try ProfileCatalog.answers().filter { [$0.code, $0.id, $0.parent].contains(name) }
        if !answers.isEmpty {
            terminal.page(AnswerPages.json(answers), AnswerPages.text(answers, style: terminal.style), format)
        } else if ProfileCatalog.names.contains(name) || ProfileCatalog.usual[name] != nil {
            let profile = try ProfileCatalog.profile(name)
            terminal.page(ProfilePages.json(profile), ProfilePages.text(profile, style: terminal.style), format)
        } else {
            let page = try Catalog.page(name)
            terminal.page(
                RulePages.json(page, findings: Catalog.findings),
                RulePages.text(page, style: terminal.style, findings: Catalog.findings), format)
        }
        return .allPass
    }
}
