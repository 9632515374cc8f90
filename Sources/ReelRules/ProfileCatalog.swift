public import ReelModel

/// The destinations that are known here, and the reader for a user's own.
public enum ProfileCatalog {
    /// The one list: name and text of each profile in `Profiles/`, in order of their names.
    static let texts: [(name: String, yaml: [UInt8])] = [
        ("nemo-export", PackageResources.nemo_export_yaml),
        ("nemo-upload", PackageResources.nemo_upload_yaml),
    ]

    /// Names of the built-in profiles, in order.
    public static var names: [String] { texts.map { $0.name } }

    /// The built-in profile of that name; only that one is read.
    ///
    /// - Throws: `Failure` of kind `usage` where there is none, with the names that there are.
    public static func profile(_ name: String) throws(Failure) -> Profile {
        guard let text = texts.first(where: { $0.name == name }) else {
            let meant = NearestName.of(name, among: names).map { "Did you mean \($0)? " } ?? ""
            throw Failure(
                .usage, subject: name, problem: "there is no profile of that name",
                remedy: "\(meant)Choose one of \(names.joined(separator: ", ")), or give the path of a file of your own"
            )
        }
        return try load(yaml: String(decoding: text.yaml, as: UTF8.self), file: "\(name).yaml")
    }

    /// Every built-in profile, in order of their names.
    public static func builtin() throws(Failure) -> [Profile] {
        var all: [Profile] = []
        for name in names { all.append(try profile(name)) }
        return all
    }

    /// Reads a profile. Unknown keys are refused: a misspelt limit must not pass for no limit.
    ///
    /// - Parameter file: what the text is called in errors.
    /// - Throws: `Failure` of kind `usage` that names file, line and key.
    public static func load(yaml: String, file: String) throws(Failure) -> Profile {
        try ProfileReader(file: file).profile(yaml)
    }
}
