internal import ReelModel
internal import Yams

/// Reads a profile's YAML strictly: every key is known or refused, every value has the kind it should have, and every
/// complaint says where.
struct ProfileReader {
    let file: String

    func profile(_ yaml: String) throws(Failure) -> Profile {
        let root = try ProfileNode(parse(yaml), path: "", file: file)
        try root.allow([
            "name", "title", "use", "summary", "sources", "limits", "checks", "envelope_bytes",
        ])
        var profile = Profile(
            name: try root.required("name").text(), title: try root.required("title").text(),
            use: try root.required("use").choice(of: Profile.Use.self),
            summary: try root.required("summary").text(), sources: try sources(root.required("sources")))
        profile.envelopeBytes = try root.optional("envelope_bytes")?.whole()
        if let limits = try root.optional("limits") { try read(limits, into: &profile) }
        if let checks = try root.optional("checks") { profile.checks = try self.checks(checks, profile.sources) }
        return profile
    }

    private func parse(_ yaml: String) throws(Failure) -> Node {
        do {
            if let node = try Yams.compose(yaml: yaml) { return node }
        } catch {
            throw Failure(
                .usage, subject: file, problem: "it is not YAML",
                remedy: "Correct it; `reelgate profiles nemo-upload` shows one",
                cause: "\(error)")
        }
        throw Failure(
            .usage, subject: file, problem: "it is empty",
            remedy: "Write a profile; `reelgate profiles nemo-upload` shows one")
    }

    private func sources(_ node: ProfileNode) throws(Failure) -> [String: Profile.Source] {
        var sources: [String: Profile.Source] = [:]
        for (id, source) in try node.members() {
            try source.allow(["title", "url", "as_of"])
            sources[id] = Profile.Source(
                title: try source.required("title").text(), url: try source.optional("url")?.text(),
                asOf: try source.required("as_of").text())
        }
        return sources
    }

    private func read(_ limits: ProfileNode, into profile: inout Profile) throws(Failure) {
        let sources = profile.sources
        for (key, node) in try limits.members() {
            switch key {
            case "types":
                let limit = try self.limit(node, sources) { value throws(Failure) in try value.texts() }
                for id in limit.value where FileType.named(id) == nil {
                    throw node.failure(
                        "no file type is called \(id)", "Use one of \(FileType.all.map(\.id).joined(separator: ", "))")
                }
                profile.types = limit
            case "extensions":
                profile.extensions = try limit(node, sources) { value throws(Failure) in try value.texts() }
            case "preferred_types":
                profile.preferredTypes = try limit(node, sources) { value throws(Failure) in try value.texts() }
            case "max_bytes":
                profile.maxBytes = try limit(node, sources) { value throws(Failure) in try value.whole() }
            case "video_codecs":
                profile.videoCodecs = try limit(node, sources) { value throws(Failure) in try value.texts() }
            case "audio_codecs":
                profile.audioCodecs = try limit(node, sources) { value throws(Failure) in try value.texts() }
            case "max_long_side":
                profile.maxLongSide = try limit(node, sources) { value throws(Failure) in Int(try value.whole()) }
            case "max_short_side":
                profile.maxShortSide = try limit(node, sources) { value throws(Failure) in Int(try value.whole()) }
            case "max_duration":
                profile.maxDuration = try limit(node, sources) { value throws(Failure) in try value.number() }
            case "min_duration":
                profile.minDuration = try limit(node, sources) { value throws(Failure) in try value.number() }
            case "index_first":
                profile.indexFirst = try limit(node, sources) { value throws(Failure) in try value.yesOrNo() }
            case "video_required":
                profile.videoRequired = try limit(node, sources) { value throws(Failure) in try value.yesOrNo() }
            case let unknown:
                throw node.failure(
                    "there is no limit called \(unknown)", "Use one of \(Self.limits.joined(separator: ", "))")
            }
        }
    }

    private static let limits = [
        "types", "extensions", "preferred_types", "max_bytes", "video_codecs", "audio_codecs", "max_long_side",
        "max_short_side", "max_duration", "min_duration", "index_first", "video_required",
    ]

    private func limit<Value>(
        _ node: ProfileNode, _ sources: [String: Profile.Source],
        _ value: (ProfileNode) throws(Failure) -> Value
    ) throws(Failure) -> Limit<Value> {
        try node.allow(["value", "strength", "effect", "code", "source", "note"])
        let source = try node.required("source")
        let id = try source.text()
        guard sources[id] != nil else {
            throw source.failure("there is no source called \(id)", "List it under sources")
        }
        return Limit(
            try value(node.required("value")),
            strength: try node.required("strength").choice(of: Limit<Value>.Strength.self),
            effect: try node.optional("effect")?.choice(of: Limit<Value>.Effect.self),
            code: try node.optional("code")?.text(), source: id, note: try node.optional("note")?.text())
    }
}
