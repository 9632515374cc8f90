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
    static let configuration = CommandConfiguration(abstract: "List the rules.")

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
    static let configuration = CommandConfiguration(abstract: "Print a rule's page: what it finds, why, and the fix.")

    @Argument(help: ArgumentHelp("The rule's id, as findings give it.", valueName: "rule"))
    var rule: String

    @Option(help: "text or json.")
    var format = PageFormat.text

    func carryOut() async throws -> ExitStatus {
        let terminal = Terminal.shared
        let page = try Catalog.page(rule)
        terminal.page(
            RulePages.json(page, findings: Catalog.findings),
            RulePages.text(page, style: terminal.style, findings: Catalog.findings), format)
        return .allPass
    }
}
