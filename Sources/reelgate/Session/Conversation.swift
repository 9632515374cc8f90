import Foundation
import ReelModel
import ReelPipeline
import ReelRemote
import ReelWorker
import Synchronization

/// One person's talk with the editor, turn by turn. Each turn that sends something is a run of its own in the journal.
struct Conversation: Sendable {
    let client: NemoClient
    let media: any MediaService
    let journal: Journal
    let settings: Settings
    let backend: String
    /// The session that it begins in, and whether the user named it.
    let session: String?
    let isNamed: Bool
    let exportProfile: String
    let pollInterval: Double
    let language: String?

    private var terminal: Terminal { .shared }

    /// Turns until the person leaves.
    func converse(_ editor: LineEditor) async throws -> ExitStatus {
        // Ctrl-C at the prompt leaves like Ctrl-D: nothing is under way.
        var place = session
        var hints = 1
        if editor.isInteractive { await greet(place) }
        var worst = ExitStatus.allPass
        while let line = await editor.line(prompt: "> ") {
            let words = line.trimmingCharacters(in: .whitespacesAndNewlines)
            if words.isEmpty { continue }
            if ["quit", "exit", "bye", "/quit", "/exit", "退出"].contains(words.lowercased()) { break }
            do {
                let (status, next) = try await turn(words, in: place, hints: &hints)
                place = next ?? place
                worst = max(worst, status)
            } catch let failure as Failure {
                // One that fails does not end the talk.
                terminal.note("reelgate: \(failure)")
                if failure.kind == .interrupted, Task.isCancelled { throw failure }
                worst = max(worst, ExitStatus(failure))
            }
        }
        // A person has seen what failed; a script is told by the status.
        return editor.isInteractive ? .allPass : worst
    }

    /// One turn in the session that it begins in.
    func turn(_ words: String) async throws -> ExitStatus {
        var hints = 1
        return try await turn(words, in: session, hints: &hints).status
    }

    private func turn(
        _ words: String, in place: String?, hints: inout Int
    ) async throws -> (status: ExitStatus, session: String?) {
        let route = Router.route(words)
        do {
            switch route.intent {
            case .credits: return (try await credits(), nil)
            case .state: return (try await showTracks(place), nil)
            case .export(let path): return try await export(to: path, place)
            case .upload(let paths) where paths.isEmpty:
                terminal.note("Give the path of the file: type it, or drop the file into this window.")
                return (.allPass, nil)
            case .upload(let paths): return try await send(paths, route.remainder, place, &hints)
            case .message: return try await send([], words, place, &hints)
            }
        } catch let error as RemoteError {
            throw error.failure
        }
    }

    // MARK: What a turn does

    private func greet(_ place: String?) async {
        if let place, let draft = try? await client.state(session: place).draft {
            terminal.note("Going on with the last session. \(draft.summary)")
        }
        terminal.note("Try saying:")
        for example in NextSteps.greeting { terminal.note("  · \(example)") }
        terminal.note("JPG, PNG, WebP and MP4 go most smoothly, 200 MB at most. \"quit\" ends the talk.")
    }

    private func credits() async throws -> ExitStatus {
        let credits = try await client.credits()
        terminal.result("Credits: \(credits.available) available, \(credits.frozen) frozen, \(credits.total) in all")
        return .allPass
    }

    private func showTracks(_ place: String?) async throws -> ExitStatus {
        guard let place else {
            terminal.note("There is no session yet: say what to make, or give a file.")
            return .allPass
        }
        terminal.result(try await client.state(session: place).draft?.summary ?? "The timeline is empty.")
        return .allPass
    }

    private func send(
        _ paths: [String], _ prompt: String?, _ place: String?, _ hints: inout Int
    ) async throws -> (ExitStatus, String?) {
        if let prompt, hints > 0, let hint = PromptAdvice.hint(for: prompt) {
            hints -= 1
            terminal.note(hint)
        }
        let order = RunOrder(
            inputs: InputList.expand(paths.map(Self.expandingHome)) { "" }.map(Paths.absolute), prompt: prompt,
            output: nil, backend: backend, session: place, language: language, pollInterval: pollInterval,
            mayReopen: !isNamed, isTurn: true)
        let wishes = Mutex<[InterfaceTalk.Action]>([])
        let result = try await run(order) { action in wishes.withLock { $0.append(action) } }
        let next = result.report.session ?? place
        let status = try await close(wishes.withLock { $0 }, next, prompt: prompt)
        return (max(ExitStatus(result.files), status), next)
    }

    /// What follows the agent's words: the timeline, what its instructions stood for, what could come next.
    private func close(
        _ wishes: [InterfaceTalk.Action], _ place: String?, prompt: String?
    ) async throws -> ExitStatus {
        guard let place else { return .allPass }
        let state = try await client.state(session: place)
        let draft = state.draft
        if let draft { terminal.note(draft.summary) }
        if wishes.contains(.credits) { _ = try await credits() }
        if draft?.isExportable == true {
            // An export costs no credits. An offer of it is taken up where the person had spoken of it.
            if wishes.contains(.export) || prompt.map(Router.speaksOfExport) == true && wishes.contains(.exportOffer) {
                return try await export(to: nil, place).status
            }
            if wishes.contains(.exportOffer) {
                terminal.note("The editor has a result to give: say \"export\" to get the MP4.")
            }
        }
        terminal.note("Next: " + NextSteps.after(draft, hasMedia: !state.videoInfos.isEmpty).joined(separator: " · "))
        return .allPass
    }

    private func export(to path: String?, _ place: String?) async throws -> (status: ExitStatus, session: String?) {
        guard let place else {
            terminal.note("There is nothing to export yet: say what to make, or give a file.")
            return (.notDone, nil)
        }
        let target = Paths.absolute(path.map(Self.expandingHome) ?? Self.unusedName())
        try Paths.requireWritableFolder(of: target)
        let order = RunOrder(
            inputs: [], prompt: nil, output: target, backend: backend, exportProfile: exportProfile, session: place,
            language: language, pollInterval: pollInterval)
        let result = try await run(order) { _ in }
        for file in result.files where file.role == .output {
            switch file.verdict {
            case .pass?: terminal.result("\(target): H.264, checked frame by frame, as ordered")
            case .fail?, .unreadable?, nil:
                terminal.result("\(target): delivered, and it is not as ordered")
                for finding in file.findings where finding.severity >= .risk {
                    terminal.result("  \(finding.rule): \(finding.message)")
                }
            }
        }
        return (ExitStatus(result.files), place)
    }

    private func run(
        _ order: RunOrder, wish: @escaping @Sendable (InterfaceTalk.Action) -> Void
    ) async throws -> RunResult {
        let display = RunDisplay(terminal)
        let runner = Runner(
            client: client, media: media, transport: try settings.transport(allowsPlainHTTP: true), journal: journal,
            stateFolder: settings.stateFolder,
            observe: { event in
                switch event {
                // The talk has said so once, and its runs are nobody's concern.
                case .connecting, .ready, .opened: break
                case .agent(let text): Terminal.shared.resultText(text)
                case .asked(let action): wish(action)
                case .checked, .fitting, .fitted, .uploading, .stillWorking, .askingState, .changed, .credits,
                    .timeline, .rendering, .downloading, .verifying, .note:
                    display.show(event)
                }
            })
        defer { terminal.endText() }
        return try await runner.start(order)
    }

    // MARK: Names

    private static func expandingHome(_ path: String) -> String {
        path.hasPrefix("~/") ? NSHomeDirectory() + path.dropFirst() : path
    }

    /// A name in this folder that nothing bears yet.
    private static func unusedName() -> String {
        var number = 1
        while true {
            let name = number == 1 ? "reelgate.mp4" : "reelgate-\(number).mp4"
            if !FileManager.default.fileExists(atPath: name) { return name }
            number += 1
        }
    }
}
