internal import ReelModel

/// Reads a profile strictly: every key is known or refused, every value has the kind it should have, and every
/// complaint says where.
struct ProfileReader {
    let file: String
    /// What a profile may refer to.
    let shared: SharedParts
    /// The profile of that name, for one that extends it.
    let base: (String) throws(Failure) -> Profile

    private static let keys = [
        "name", "title", "use", "summary", "extends", "platform", "surface", "media", "confidence", "as_of",
        "shelf_life", "notes", "sources", "limits", "choices", "checks", "envelope_bytes",
    ]

    func profile(_ tree: ProfileTree) throws(Failure) -> Profile {
        let root = ProfileNode(tree, path: "", file: file)
        try root.allow(Self.keys)
        var profile: Profile
        if let parent = try root.optional("extends") {
            profile = try extended(parent, root)
        } else {
            profile = Profile(
                name: try root.required("name").text(), title: try root.required("title").text(),
                use: try root.required("use").choice(of: Profile.Use.self),
                summary: try root.required("summary").text(), sources: Dictionary(minimumCapacity: 8))
        }
        if let sources = try root.optional("sources") {
            for (id, source) in try SharedParts.sources(sources) { profile.sources[id] = source }
        }
        if let platform = try root.optional("platform") { profile.platform = try platform.text() }
        if let surface = try root.optional("surface") { profile.surface = try surface.text() }
        if let medium = try root.optional("media") { profile.medium = try medium.choice(of: Profile.Medium.self) }
        if let confidence = try root.optional("confidence") {
            profile.confidence = try confidence.choice(of: Profile.Confidence.self)
        }
        if let asOf = try root.optional("as_of") { profile.asOf = try asOf.text() }
        if let days = try root.optional("shelf_life") { profile.shelfLife = Int(try days.whole()) }
        if let notes = try root.optional("notes") { profile.notes = try notes.texts() }
        if let envelope = try root.optional("envelope_bytes") { profile.envelopeBytes = try envelope.whole() }
        if let limits = try root.optional("limits") {
            for (kind, read) in try read(limits, &profile) { profile[all: kind] = read }
        }
        if let checks = try root.optional("checks") { profile.checks = try self.checks(checks, &profile) }
        if let choices = try root.optional("choices") {
            profile.choices = [:]
            for (name, limits) in try choices.members() {
                var chosen: [String: [Limit<LimitFigure>]] = [:]
                for (kind, read) in try read(limits, &profile) { chosen[kind.name] = read }
                profile.choices[name] = chosen
            }
        }
        return profile
    }

    private func extended(_ parent: ProfileNode, _ root: ProfileNode) throws(Failure) -> Profile {
        let name = try parent.text()
        var profile: Profile
        do {
            profile = try base(name)
        } catch {
            throw parent.failure(error.problem, error.remedy)
        }
        profile.name = try root.required("name").text()
        if let title = try root.optional("title") { profile.title = try title.text() }
        if let use = try root.optional("use") { profile.use = try use.choice(of: Profile.Use.self) }
        if let summary = try root.optional("summary") { profile.summary = try summary.text() }
        return profile
    }

    // MARK: Limits

    private func read(
        _ limits: ProfileNode, _ profile: inout Profile
    ) throws(Failure) -> [(LimitKind, [Limit<LimitFigure>])] {
        var all: [(LimitKind, [Limit<LimitFigure>])] = []
        for (key, node) in try limits.members() {
            guard let kind = LimitKind.named(key) else {
                let meant = NearestName.of(key, among: LimitKind.all.map(\.name)).map { "Did you mean \($0)? " } ?? ""
                throw node.failure(
                    "there is no limit called \(key)",
                    "\(meant)Use one of \(LimitKind.all.map(\.name).joined(separator: ", "))")
            }
            var steps: [Limit<LimitFigure>] = []
            // Nothing takes away what was inherited.
            for step in node.each() where !step.isNull { steps.append(try limit(step, kind, &profile)) }
            all.append((kind, steps))
        }
        return all
    }

    private static let limitKeys = [
        "value", "strength", "effect", "code", "error", "source", "also", "unit", "note",
    ]

    private func limit(
        _ node: ProfileNode, _ kind: LimitKind, _ profile: inout Profile
    ) throws(Failure) -> Limit<LimitFigure> {
        try node.allow(Self.limitKeys)
        let source = try cited(node.required("source"), &profile)
        var limit = Limit(
            try figure(node.required("value"), kind),
            strength: try node.required("strength").choice(of: LimitStrength.self),
            effect: try node.optional("effect")?.choice(of: LimitEffect.self),
            code: try node.optional("code")?.text(), source: source, note: try node.optional("note")?.text())
        if let also = try node.optional("also") {
            for id in also.each() { limit.also.append(try cited(id, &profile)) }
        }
        limit.unit = try node.optional("unit")?.text()
        limit.isHearsay = ([source] + limit.also).allSatisfy { profile.sources[$0]?.tier == .thirdParty }
        if let error = try node.optional("error") {
            let id = try error.text()
            guard let answer = shared.answers[id] else {
                throw error.failure("there is no answer called \(id)", "Use `code` for a code of your own")
            }
            limit.answer = id
            limit.code = limit.code ?? answer.code
            profile.answers[id] = answer
        }
        return limit
    }

    /// The id of a source that is listed here or shared.
    func cited(_ node: ProfileNode, _ profile: inout Profile) throws(Failure) -> String {
        let id = try node.text()
        if profile.sources[id] == nil {
            guard let source = shared.sources[id] else {
                throw node.failure("there is no source called \(id)", "List it under sources")
            }
            profile.sources[id] = source
        }
        return id
    }

    private func figure(_ node: ProfileNode, _ kind: LimitKind) throws(Failure) -> LimitFigure {
        switch kind.shape {
        case .whole: return .whole(try node.whole())
        case .number: return .number(try node.number())
        case .flag: return .flag(try node.yesOrNo())
        case .text: return .text(try node.text())
        case .numbers: return .numbers(try node.numbers())
        case .table: return .table(try node.table())
        case .texts:
            let texts = try node.texts()
            let isOfTypes = [LimitKey.types.kind, LimitKey.preferredTypes.kind, LimitKey.recordedTypes.kind]
            return .texts(isOfTypes.contains(kind) ? try types(texts, node) : texts)
        }
    }

    /// A value as it is said on a command line: a list has commas between its elements.
    func figure(_ text: String, _ kind: LimitKind) throws(Failure) -> LimitFigure {
        let parts = text.split(separator: ",").map {
            ProfileTree(content: .scalar(String($0), isPlain: true), line: nil)
        }
        switch kind.shape {
        case .texts, .numbers:
            return try figure(ProfileNode(ProfileTree(content: .list(parts), line: nil), path: "", file: file), kind)
        case .whole, .number, .flag, .text:
            let scalar = ProfileTree(content: .scalar(text, isPlain: true), line: nil)
            return try figure(ProfileNode(scalar, path: "", file: file), kind)
        case .table:
            throw Failure(
                .usage, subject: file, problem: "a table cannot be set there", remedy: "Write a profile of your own")
        }
    }

    /// Ids of types; a media type with a star stands for all that it fits.
    private func types(_ names: [String], _ node: ProfileNode) throws(Failure) -> [String] {
        var types: [String] = []
        for name in names {
            if name.hasSuffix("/*") {
                types += FileType.all.filter { $0.mediaType.hasPrefix(name.dropLast()) }.map(\.id)
            } else if FileType.named(name) != nil {
                types.append(name)
            } else {
                throw node.failure(
                    "no file type is called \(name)", "Use one of \(FileType.all.map(\.id).joined(separator: ", "))")
            }
        }
        return types
    }
}
