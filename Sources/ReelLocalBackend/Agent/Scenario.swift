internal import ReelModel

/// A way in which a turn can go. One file each in `Scenarios`, and one line in `Scenario.all`; words in the message
/// choose.
struct Scenario: Sendable {
    let name: String
    /// Any of these in the message chooses it: whole words, in lower case.
    let words: Set<String>
    /// One line for the list.
    let summary: String
    let play: @Sendable (Scene) -> Script

    /// The one list; the first that is chosen is played.
    static let all: [Scenario] = [
        .silent, .twoStage, .exception, .errorEvent, .truncated, .temporaryIssue, .onlyTemporaryIssue, .toolFails,
        .fenced, .askFirst, .patience, .refused, .windowTalk, .unicode, .handoff, .agentServer, .brokenLine, .nothing,
    ]

    static func chosen(by message: String) -> Scenario {
        let words = Wishes.words(of: message.lowercased())
        return all.first { !$0.words.isDisjoint(with: words) } ?? plain
    }
}

/// What a scenario goes by.
struct Scene: Sendable {
    let message: String
    /// The timeline before.
    let before: Composition?
    /// What the message asks for, done.
    let layout: Layout
    /// The message was asked about, and a yes came.
    let isConfirmed: Bool
    let choices: Choices

    /// The first words of nearly every turn.
    var opening: AgentStep { .say(["Local backend: ", "laying out ", "your timeline…\n"], ends: true) }

    /// The work itself: a call, some time, its result, after which the timeline is so.
    var work: [AgentStep] {
        [
            .call(tool: layout.tool, arguments: [:]), .heartbeats(2),
            .result(["status": "ok", "changed": .bool(layout.changed)], shows: layout.composition), .emptyText,
        ]
    }

    var report: AgentStep { .say([layout.report], ends: true) }
}

struct Script: Sendable {
    var steps: [AgentStep]
    /// Whether what the message asks for is done.
    var changesTimeline = true
    /// Whether it waits for a yes.
    var asks = false
}

/// A scenario as it is listed.
public struct ScenarioPage: Sendable, Hashable {
    public let name: String
    public let words: [String]
    public let summary: String
}

extension LocalBackend {
    /// What the scripted agent can be made to do, by words in a message.
    public static var scenarios: [ScenarioPage] {
        Scenario.all.map { ScenarioPage(name: $0.name, words: $0.words.sorted(), summary: $0.summary) }
    }
}
