import ArgumentParser
import ReelModel
import ReelRules

/// `--only RULE[,RULE…]`, `--skip RULE[,RULE…]`
struct SelectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Ask these rules alone, with commas between them (`reelgate rules`); no deeper is measured than they need.",
            valueName: "rules"))
    var only: String?

    @Option(help: ArgumentHelp("Leave these rules out.", valueName: "rules"))
    var skip: String?

    func selection() throws -> RuleSelection {
        func ids(_ list: String?) -> [String]? { list.map { $0.split(separator: ",").map(String.init) } }
        return try Catalog.selection(only: ids(only), skipping: ids(skip) ?? [])
    }
}

/// Reads `yes` or `no`.
func yesOrNo(_ text: String) throws -> Bool {
    switch text {
    case "yes": true
    case "no": false
    case _: throw ValidationError("\"\(text)\" is neither yes nor no.")
    }
}
