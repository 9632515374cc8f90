import ArgumentParser

/// Which backend is spoken to.
struct BackendOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "cloud, local, or the address of another one. (default: $NEMO_API_URL, else cloud)", valueName: "name|url"))
    var backend: String?
}

/// How often a render is looked at.
struct PollOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Seconds between two looks at a render. (default: $REELGATE_POLL_INTERVAL, else 30)", valueName: "s"))
    var pollInterval: Double?

    func validate() throws {
        if let pollInterval, !(pollInterval > 0 && pollInterval.isFinite) {
            throw ValidationError("--poll-interval takes a positive number of seconds.")
        }
    }
}

extension PollOptions {
    /// The settings, with the interval that was said here.
    func settings() throws -> Settings {
        var settings = try Settings.load()
        settings.pollInterval = pollInterval ?? settings.pollInterval
        return settings
    }
}

/// Which session a single step goes on with.
struct SessionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The session to go on with. (default: the last one of that backend)", valueName: "id"))
    var session: String?

    @Flag(name: .customLong("new"), help: "Open a new session.")
    var isNew = false

    func validate() throws {
        if isNew, session != nil { throw ValidationError("--session and --new exclude each other.") }
    }
}
