import Foundation
import ReelTestSupport
import Testing

/// The talk as a person sees it, on a terminal of a certain width.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct TerminalTests {
    /// What a talk on a terminal of so many columns writes, prompt by prompt, without the escapes of line editing.
    private func talk(_ command: Command, columns: Int, typing lines: [String]) throws -> [String] {
        let program = """
            import fcntl, os, pty, re, select, struct, sys, termios
            lines = sys.argv[1].split('|')
            pid, master = pty.fork()
            if pid == 0:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 30, int(sys.argv[2]), 0, 0))
                os.execv(sys.argv[3], sys.argv[3:])
            said, whole = b'', b''
            while True:
                # What is typed before the line editor has the terminal is thrown away by it.
                ready = select.select([master], [], [], 0.02)[0]
                if ready:
                    try:
                        piece = os.read(master, 4096)
                    except OSError:
                        break
                    if not piece: break
                    said += piece
                    whole += piece
                # A line that is drawn anew begins with the prompt as well, and a piece may end there.
                asks = said.rpartition(b'\\n')[2] == b'> '
                if asks and lines and not termios.tcgetattr(master)[3] & termios.ICANON:
                    said = b''
                    os.write(master, lines.pop(0).encode().decode('unicode_escape').encode('latin-1'))
            plain = re.sub(rb'\\x1b\\[[0-9;?]*[A-Za-z]', b'', whole)
            print(plain.decode().replace('\\r', ''))
            os._exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """
        let started = try command.start(
            ["chat", "--new"],
            under: ["TERM=xterm", "python3", "-c", program, lines.joined(separator: "|"), "\(columns)"])
        started.process.waitUntilExit()
        let outcome = try started.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.output.split(separator: "\n").map(String.init)
    }

    @Test func `in a narrow terminal lines end between words`() throws {
        let command = try Command(["NEMO_API_URL": "local"])
        let lines = try talk(command, columns: 44, typing: ["make a 1 second clip of the sea\\r", "quit\\r"])
        #expect(lines.contains("Connecting…") && lines.contains("Ready!"))
        #expect(lines.filter { $0.count > 44 } == [])
        #expect(lines.contains { $0.hasPrefix("Local backend, no model was asked.") })
        #expect(lines.contains { $0.hasPrefix("Timeline (3 tracks): 1. Video:") })
        #expect(lines.contains { $0.hasPrefix("Next: ") })
    }

    @Test func `a line can be edited, and an earlier one called back`() throws {
        let command = try Command(["NEMO_API_URL": "local"])
        // To the start of the line and back to its end; the line before once more, with its last word rubbed out.
        let lines = try talk(
            command, columns: 120,
            typing: [
                "second clip of the sea\\x01make a 1 \\x05 now\\r", "credits\\r", "\\x10\\x10\\x17then\\r", "\\x04",
            ])
        #expect(lines.contains { $0.contains("Credits: 90 available") })
        let history = try String(contentsOfFile: command.folder.path("state/chat_history"), encoding: .utf8)
        #expect(history.contains("make") && history.contains("then"))
        #expect(try command.accepted()["message"] == 2)
    }
}
