import ArgumentParser
import ReelModel
import ReelPipeline
import ReelRemote

struct Chat: ReelgateCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat", abstract: "Speak with the editor: words become uploads, exports, questions or messages.",
        discussion: """
            "upload", "export", "credits" and "status", also in Chinese, are carried out here; everything else goes to \
            the agent. A file's path sends that file, through gate 1. The session's timeline stays between commands. \
            The agent's words go to standard output. "quit" or Ctrl-D ends it.
            """)

    @OptionGroup var backend: BackendOptions
    @OptionGroup var polling: PollOptions
    @OptionGroup var sessions: SessionOptions
    @OptionGroup var destination: DestinationOption

    @Option(help: ArgumentHelp("Say this, once, and end.", valueName: "text"))
    var message: String?

    @Option(help: ArgumentHelp("The language to be answered in, as an IETF tag.", valueName: "tag"))
    var language: String?

    func validate() throws {
        if let message, message.allSatisfy(\.isWhitespace) { throw ValidationError("The message is empty.") }
    }

    func carryOut() async throws -> ExitStatus {
        let settings = try polling.settings()
        let name = backend.backend ?? settings.backend
        let journal = try settings.journal()
        let last = sessions.isNew ? nil : try journal.lastSession(backend: name)
        let media = Media.service()
        let profile = try destination.resolved(otherwise: "nemo-export")
        let interval = settings.pollInterval
        let tongue = language ?? settings.language
        let terminal = Terminal.shared
        terminal.note("Connecting…")
        return try await BackendConnection.with(name, settings, media: media) { connection in
            do {
                try await connection.client.connect()
            } catch let error as RemoteError {
                throw error.failure
            }
            terminal.note("Ready!")
            let conversation = Conversation(
                client: connection.client, media: media, journal: journal, settings: settings, backend: name,
                session: sessions.session ?? last, isNamed: sessions.session != nil, exportProfile: profile,
                pollInterval: interval, language: tongue)
            if let message { return try await conversation.turn(message) }
            return try await conversation.converse(
                LineEditor(historyFile: settings.stateFolder + "/chat_history"))
        }
    }
}
