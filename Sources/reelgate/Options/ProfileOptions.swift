import ArgumentParser
import Foundation
import ReelModel
import ReelPipeline
import ReelRules

/// `--profile P[,P…]`, and what changes their limits for one call.
struct ProfileOptions: ParsableArguments {
    @Option(
        name: .customLong("profile"),
        help: ArgumentHelp(
            "Destinations to judge for, by name (`reelgate profiles`) or path, with commas between them; all for every "
                + "place of publication.",
            valueName: "names"))
    var list: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Put a limit in place of the profile's own, once each: max_bytes=5000000.", valueName: "limit=value"))
    var overrides: [String] = []

    @Option(
        name: .customLong("limits"),
        help: ArgumentHelp(
            "A platform's answer with the limits of an account or server, as JSON: Mastodon's instance, TikTok's "
                + "creator_info, an interaction or guild of Discord, a user of X, Bluesky's upload limits.",
            valueName: "file"))
    var answers: [String] = []

    /// - Parameter builtin: the one that is meant where none is named.
    func profiles(otherwise builtin: String? = nil) throws -> [Profile] {
        var profiles: [Profile] = []
        for name in (list ?? builtin ?? "").split(separator: ",") {
            for profile in name == "all" ? try published() : [try ProfileSource.profile(String(name))]
            where !profiles.contains(profile) {
                guard !profiles.contains(where: { $0.name == profile.name }) else {
                    throw Failure(
                        .usage, subject: String(name), problem: "another destination is called \(profile.name) too",
                        remedy: "Give it a name of its own: findings are told apart by it")
                }
                profiles.append(profile)
            }
        }
        for file in answers {
            profiles = try RuntimeAnswers.apply(try ProfileSource.text(file), file: file, to: profiles)
        }
        for assignment in overrides {
            for at in profiles.indices { profiles[at] = try ProfileOverride.set(assignment, on: profiles[at]) }
        }
        warn(of: profiles)
        return profiles
    }

    private func published() throws -> [Profile] { try ProfileCatalog.builtin(use: .publish) }

    /// Says which limits are older than they should be.
    private func warn(of profiles: [Profile]) {
        let today = CivilDay(number: Int((Date().timeIntervalSince1970 / 86_400).rounded(.down)))
        let old = profiles.filter { $0.daysOverdue(on: today) != nil }
        guard let first = old.first else { return }
        let others = old.count > 1 ? " and \(old.count - 1) more" : ""
        Terminal.shared.note(
            "reelgate: the limits of \(first.name)\(others) were gathered on \(first.asOf ?? "") and may have changed")
    }

    /// Those of a command that cannot do without.
    func required() throws -> [Profile] {
        let profiles = try profiles()
        guard !profiles.isEmpty else {
            throw ValidationError("Say for which destination: --profile nemo-upload (`reelgate profiles` lists them).")
        }
        return profiles
    }
}

/// Reads `header`, `packets` or `frames`.
func depth(_ text: String) throws -> Depth {
    guard let depth = Depth(rawValue: text) else {
        throw ValidationError("There is no depth \"\(text)\"; choose header, packets or frames.")
    }
    return depth
}

/// Reads `1080x1920`.
func size(_ text: String) throws -> Size {
    guard let size = Size(text) else { throw ValidationError("\"\(text)\" is no size; write it as 1080x1920.") }
    return size
}
