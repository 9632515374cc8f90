/// What one run was asked to do, complete enough to be taken up by another process.
public struct RunOrder: Sendable, Hashable, Codable {
    /// Absolute paths, or http(s) addresses for the backend to fetch, in the order of the request.
    public var inputs: [String]
    /// What to make; `nil` renders the session's timeline as it is.
    public var prompt: String?
    /// Absolute path of the MP4 to make; `nil` renders nothing.
    public var output: String?
    /// The backend as it was named: `cloud`, `local`, or a URL.
    public var backend: String
    /// The profile that the inputs have to pass.
    public var uploadProfile: String
    /// The profile that the result has to pass.
    public var exportProfile: String
    /// A session to go on with; `nil` opens a new one.
    public var session: String?
    /// IETF tag of the language to be answered in (`en`, `zh-CN`).
    public var language: String?
    /// Seconds between two looks at a render.
    public var pollInterval: Double
    /// Whether a `risk` fails a file too.
    public var strict: Bool
    /// Whether a session that is gone may be replaced by a new one; not where the user named it. `nil`: where none is
    /// ordered.
    public var mayReopen: Bool?
    /// Whether it is one turn of a talk: where its prompt is refused, the person is told and says it again, so that
    /// `resume` must not say it once more. `nil`: it is none.
    public var isTurn: Bool?

    public init(
        inputs: [String], prompt: String?, output: String?, backend: String, uploadProfile: String = "nemo-upload",
        exportProfile: String = "nemo-export", session: String? = nil, language: String? = nil,
        pollInterval: Double = 30, strict: Bool = false, mayReopen: Bool? = nil,
        isTurn: Bool? = nil
    ) {
        self.inputs = inputs
        self.prompt = prompt
        self.output = output
        self.backend = backend
        self.uploadProfile = uploadProfile
        self.exportProfile = exportProfile
        self.session = session
        self.language = language
        self.pollInterval = pollInterval
        self.strict = strict
        self.mayReopen = mayReopen
        self.isTurn = isTurn
    }
}
