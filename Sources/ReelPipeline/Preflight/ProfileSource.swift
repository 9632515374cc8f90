internal import Foundation
public import ReelModel
internal import ReelRules

/// Where a profile comes from: a name is one of the built-in ones, a path is a file of the user's own.
public enum ProfileSource {
    /// Throws `Failure.Kind.usage` where there is no such profile, or where its file is not one.
    public static func profile(_ nameOrPath: String) throws(Failure) -> Profile {
        guard nameOrPath.contains("/") || nameOrPath.hasSuffix(".yaml") || nameOrPath.hasSuffix(".yml") else {
            return try ProfileCatalog.profile(nameOrPath)
        }
        let text: String
        do {
            text = try String(contentsOfFile: nameOrPath, encoding: .utf8)
        } catch {
            throw Failure(
                .usage, subject: nameOrPath, problem: "the profile cannot be read", remedy: "Check the path",
                cause: error.localizedDescription)
        }
        return try ProfileCatalog.load(yaml: text, file: nameOrPath)
    }
}
