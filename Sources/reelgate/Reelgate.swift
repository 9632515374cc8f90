import ArgumentParser

@main
struct Reelgate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reelgate",
        abstract: "Media is accepted where it is sent, and what comes back is what was ordered.",
        discussion: """
            Results go to standard output, progress and notes to standard error.
            Exit status: 0 all pass · 1 a file fails · 2 a file could not be examined, or a step could not be done · \
            64 wrong usage · 69 backend unreachable · 75 interrupted, `reelgate resume` continues · 77 refused: token, \
            credits or plan.
            """,
        version: Version.text,
        subcommands: Commands.all)
}

/// The one list of subcommands. Each says its name: to derive it from the type costs every start a tenth of a millisecond each.
enum Commands {
    static let all: [any ParsableCommand.Type] = [
        Probe.self, Check.self, Fit.self, Verify.self, Run.self, Upload.self, Credits.self, Status.self, Export.self,
        Chat.self, Batch.self, Jobs.self, Resume.self, Forget.self, Serve.self, Rules.self, Explain.self, Profiles.self,
    ]
}
