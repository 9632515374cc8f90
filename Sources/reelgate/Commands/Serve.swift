import ArgumentParser
import Foundation
import ReelLocalBackend
import ReelModel

struct Serve: ReelgateCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the local backend on 127.0.0.1: the same HTTP contract as the cloud, without the cloud.",
        discussion: """
            Speak to it with --backend http://127.0.0.1:PORT. It never pretends to be a model: prompts become plain, \
            labelled scenes, and what is uploaded is laid out and rendered for real. What the public contract leaves \
            open is a switch, and faults strike by name and rate: --list names them all, with the words in a prompt \
            that make the scripted agent misbehave.
            """)

    @Option(help: ArgumentHelp("The port to listen on; 0 takes a free one.", valueName: "n"))
    var port: UInt16 = 8765

    @Option(
        name: .customLong("fault"),
        help: ArgumentHelp(
            "Inject a fault: NAME=RATE or NAME:VALUE=RATE, with a rate from 0 to 1, or 2x for the first two occasions.",
            valueName: "name=rate"))
    var faults: [String] = []

    @Option(help: ArgumentHelp("The faults' dice: the same seed and requests meet the same faults.", valueName: "n"))
    var seed: UInt64 = 0

    @Option(
        name: .customLong("switch"),
        help: ArgumentHelp("Answer an open question of the contract otherwise.", valueName: "name=value"))
    var switches: [String] = []

    @Option(
        help: ArgumentHelp(
            "Write what is asked and answered to this file, a line of JSON each, without tokens.", valueName: "file"))
    var record: String?

    @Flag(help: "List the faults, the switches and the agent's scenarios, and do nothing else.")
    var list = false

    @Option(help: "The list's format: text or json.")
    var format = PageFormat.text

    func carryOut() async throws -> ExitStatus {
        if list {
            Terminal.shared.page(Self.listing, Self.listingText, format)
            return .allPass
        }
        let settings = try Settings.load()
        let state = URL(filePath: settings.stateFolder).appending(path: "serve")
        var configuration = LocalBackend.Configuration(state: state)
        configuration.faults = try faults.map { text throws(Failure) in try FaultOrder(parsing: text) }
        configuration.seed = seed
        configuration.switches = try switches.map(Self.pair)
        configuration.fetch = try SharedLocalBackend.fetcher(settings)
        configuration.record = record.map { URL(filePath: $0) }
        let server = LocalBackend(configuration: configuration, media: Media.service())
        let listening = try await server.start(port: port)
        Terminal.shared.result("http://127.0.0.1:\(listening)")
        Terminal.shared.note("The local backend is listening; interrupt it to stop.")
        try? await Task.sleep(for: .seconds(365 * 24 * 3600))
        await server.stop()
        return .allPass
    }

    private static func pair(_ text: String) throws(Failure) -> (name: String, value: String) {
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard sides.count == 2 else {
            throw Failure(
                .usage, subject: text, problem: "a switch needs a value",
                remedy: "Write NAME=VALUE; `reelgate serve --list` names them")
        }
        return (String(sides[0]), String(sides[1]))
    }

    // MARK: The list

    private static var listing: JSON {
        let faults = LocalBackend.faults.map { fault in
            [
                "name": .string(fault.name), "summary": .string(fault.summary),
                "value": fault.value.map(JSON.string) ?? nil,
            ] as JSON
        }
        let switches = LocalBackend.switches.map { page in
            [
                "name": .string(page.name), "question": .string(page.question),
                "values": .array(page.values.map(JSON.string)), "standard": .string(page.standard),
            ] as JSON
        }
        let scenarios = LocalBackend.scenarios.map { scenario in
            [
                "name": .string(scenario.name), "words": .array(scenario.words.map(JSON.string)),
                "summary": .string(scenario.summary),
            ] as JSON
        }
        return ["faults": .array(faults), "switches": .array(switches), "scenarios": .array(scenarios)]
    }

    private static var listingText: String {
        var lines = ["Faults (--fault NAME=RATE, or NAME:VALUE=RATE)"]
        for fault in LocalBackend.faults {
            lines.append("  \(padded(fault.name)) \(fault.summary)" + (fault.value.map { " VALUE: \($0)." } ?? ""))
        }
        lines += ["", "Switches (--switch NAME=VALUE); what stands first is what it is unless it is turned"]
        for page in LocalBackend.switches {
            let others = page.values.filter { $0 != page.standard }
            let values =
                page.values.isEmpty
                ? "\(page.standard) (a number)" : ([page.standard] + others).joined(separator: " | ")
            lines += ["  \(padded(page.name)) \(page.question)", "  \(padded("")) \(values)"]
        }
        lines += ["", "Scenarios of the scripted agent (a word in the message chooses)"]
        for scenario in LocalBackend.scenarios {
            lines.append("  \(padded(scenario.words.joined(separator: " "))) \(scenario.summary)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func padded(_ text: String) -> String {
        text + String(repeating: " ", count: max(0, 20 - text.count))
    }
}
