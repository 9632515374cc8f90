public import ReelModel

/// Limits that somebody sets for one call: `max_bytes=5000000`.
public enum ProfileOverride {
    /// The profile with that limit in place of its own, as a must; `max_bytes=` takes the limit away.
    ///
    /// - Throws: `Failure` of kind `usage` where there is no such limit, or the value is of another shape.
    public static func set(_ assignment: String, on profile: Profile) throws(Failure) -> Profile {
        let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw Failure(
                .usage, subject: "--set \(assignment)", problem: "it is no limit and value",
                remedy: "Write it as max_bytes=5000000")
        }
        let name = String(parts[0]), value = String(parts[1])
        guard let kind = LimitKind.named(name) else {
            let meant = NearestName.of(name, among: LimitKind.all.map(\.name)).map { "Did you mean \($0)? " } ?? ""
            throw Failure(
                .usage, subject: "--set \(assignment)", problem: "there is no limit called \(name)",
                remedy: "\(meant)Use one of \(LimitKind.all.map(\.name).joined(separator: ", "))")
        }
        if value.isEmpty {
            var profile = profile
            profile[all: kind] = []
            return profile
        }
        let reader = ProfileReader(file: "--set \(assignment)", shared: .none, base: ProfileCatalog.profile)
        let limit = Limit(try reader.figure(value, kind), strength: .hard, source: sourceID)
        return profile.replacing(kind, by: limit, from: source)
    }

    private static let sourceID = "set"
    private static let source = Profile.Source(
        title: "said with --set", url: nil, asOf: "this call", tier: .user)
}

extension Profile {
    /// With this limit in place of all of its kind. What the platform answers stays the same.
    func replacing(_ kind: LimitKind, by limit: Limit<LimitFigure>, from source: Source) -> Profile {
        var profile = self
        var limit = limit
        let before = self[all: kind].first { $0.code != nil }
        limit.code = limit.code ?? before?.code
        limit.answer = limit.answer ?? before?.answer
        profile[all: kind] = [limit]
        profile.sources[limit.source] = source
        return profile
    }
}
