internal import Foundation
public import ReelModel
internal import ReelRules

/// Where a profile comes from: a name is one of the built-in ones, a path is a file of the user's own.
public enum ProfileSource {
    /// Throws `Failure.Kind.usage` where there is no such profile, or where its file is not one.
    public static func profile(_ nameOrPath: String) throws(Failure) -> Profile {
        guard isPath(nameOrPath) else { return try ProfileCatalog.profile(nameOrPath) }
        let (path, choice) = ProfileCatalog.split(nameOrPath)
        let isChosen = path.hasSuffix(".yaml") || path.hasSuffix(".yml")
        let profile = try own(isChosen ? path : nameOrPath, depth: 0)
        return try ProfileCatalog.chosen(isChosen ? choice : nil, of: profile)
    }

    /// Whether that is a file, and no name of a built-in profile.
    public static func isPath(_ nameOrPath: String) -> Bool {
        let bare = ProfileCatalog.split(nameOrPath).name
        return nameOrPath.contains("/") || bare.hasSuffix(".yaml") || bare.hasSuffix(".yml")
    }

    /// A file of the user's own. What it extends is a built-in profile, or a file beside it.
    private static func own(_ path: String, depth: Int) throws(Failure) -> Profile {
        guard depth < 8 else {
            throw Failure(
                .usage, subject: path, problem: "it extends a profile that extends it", remedy: "Take one of them out")
        }
        return try ProfileCatalog.load(yaml: text(path), file: path) { name throws(Failure) in
            guard name.hasSuffix(".yaml") || name.hasSuffix(".yml") else { return try ProfileCatalog.profile(name) }
            let folder = (path as NSString).deletingLastPathComponent
            let beside = name.hasPrefix("/") ? name : (folder as NSString).appendingPathComponent(name)
            return try own(beside, depth: depth + 1)
        }
    }

    /// The text of a file that a profile, or limits, are in.
    public static func text(_ path: String) throws(Failure) -> String {
        do {
            return try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw Failure(
                .usage, subject: path, problem: "it cannot be read", remedy: "Check the path",
                cause: error.localizedDescription)
        }
    }
}
