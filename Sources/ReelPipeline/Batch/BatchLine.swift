internal import Foundation
public import ReelModel

/// One line of a batch: a run of its own.
public struct BatchLine: Sendable, Hashable {
    /// From 1, as editors count.
    public var number: Int
    /// The user's own name for it.
    public var id: String?
    public var order: RunOrder
    /// Lines of one project share a session, and are carried out one after the other.
    public var project: String?
    /// What the journal knows it by: the batch, what is asked for, and which of several equal lines it is.
    public var key: String

    /// What a line may hold.
    static let keys: Set<String> = [
        "id", "files", "file", "prompt", "output", "profile", "project", "session", "language", "strict",
    ]

    /// What all lines of a batch share.
    public struct Defaults: Sendable {
        /// As it was named: `cloud`, `local`, or a URL.
        public var backend: String
        public var exportProfile: String
        public var language: String?
        public var pollInterval: Double
        /// Where relative paths begin, absolute.
        public var folder: String
        /// The batch as the journal knows it: its file's absolute path.
        public var batch: String

        public init(
            backend: String, exportProfile: String, language: String?, pollInterval: Double, folder: String,
            batch: String
        ) {
            self.backend = backend
            self.exportProfile = exportProfile
            self.language = language
            self.pollInterval = pollInterval
            self.folder = folder
            self.batch = batch
        }
    }

    /// Reads a batch, line by line; empty lines are left out. A line that cannot be read is a failure of its own.
    public static func parse(_ text: String, _ defaults: Defaults) -> [(number: Int, line: Result<BatchLine, Failure>)]
    {
        var seen: [String: Int] = [:]
        var lines: [(number: Int, line: Result<BatchLine, Failure>)] = []
        for (index, content) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard content.contains(where: { !$0.isWhitespace }) else { continue }
            do throws(Failure) {
                var line = try BatchLine(content, number: index + 1, defaults)
                let earlier = seen[line.key, default: 0]
                seen[line.key] = earlier + 1
                line.key += "\n\(earlier)"
                lines.append((index + 1, .success(line)))
            } catch {
                lines.append((index + 1, .failure(error)))
            }
        }
        return lines
    }

    private init(_ content: Substring, number: Int, _ defaults: Defaults) throws(Failure) {
        func wrong(_ problem: String, _ remedy: String) -> Failure {
            Failure(.usage, subject: "line \(number)", problem: problem, remedy: remedy)
        }
        guard let json = try? JSON(parsing: String(content)), let members = json.members else {
            throw wrong("it is no JSON object", #"Write {"files": ["a.mp4"], "prompt": "…", "output": "out.mp4"}"#)
        }
        for member in members where !Self.keys.contains(member.key) {
            throw wrong(
                "its key \"\(member.key)\" means nothing here",
                "Remove it; the keys are \(Self.keys.sorted().joined(separator: ", "))")
        }
        /// The text under a key, where there is one.
        func text(_ key: String) throws(Failure) -> String? {
            guard let value = json[key], value != .null else { return nil }
            guard let text = value.text, !text.isEmpty else { throw wrong("\"\(key)\" is no text", "Give a text") }
            return text
        }
        func absolute(_ path: String) -> String {
            path.hasPrefix("/") || path.contains("://") ? path : defaults.folder + "/" + path
        }
        var files: [String] = []
        if let list = json["files"] {
            guard let elements = list.elements, elements.allSatisfy({ $0.text != nil }) else {
                throw wrong("\"files\" is no list of paths", #"Write "files": ["a.jpg", "b.mp4"]"#)
            }
            files = elements.compactMap(\.text)
        }
        if let file = try text("file") { files.append(file) }
        if json["strict"] != nil, json["strict"]?.boolean == nil {
            throw wrong("\"strict\" is neither true nor false", "Give one of them")
        }
        let prompt = try text("prompt")
        let output = try text("output")
        guard prompt != nil || output != nil || !files.isEmpty else {
            throw wrong("it asks for nothing", "Give files, a prompt or an output")
        }
        self.number = number
        id = try text("id")
        project = try text("project")
        let session = try text("session")
        if session != nil, project != nil {
            throw wrong("it names a session and a project", "A project has a session of its own: give one of the two")
        }
        order = RunOrder(
            inputs: files.map(absolute), prompt: prompt, output: output.map(absolute), backend: defaults.backend,
            exportProfile: try text("profile") ?? defaults.exportProfile, session: session,
            language: try text("language") ?? defaults.language, pollInterval: defaults.pollInterval,
            strict: json["strict"]?.boolean ?? false)
        key = [defaults.batch, defaults.backend, defaults.folder, json.canonical.description].joined(separator: "\n")
    }
}
