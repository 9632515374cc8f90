/// The languages of the people who ask, as IETF tags (RFC 5646).
public enum LanguageTag {
    /// The tag that a POSIX locale's name stands for: `ja_JP.UTF-8` is `ja`, `zh_CN` is `zh-CN`. `nil` for `C`, `POSIX` and
    /// what is no such name.
    public static func of(locale: String) -> String? {
        let name = locale.prefix { $0 != "." && $0 != "@" }
        let parts = name.split(whereSeparator: { $0 == "_" || $0 == "-" }).map(String.init)
        guard let language = parts.first?.lowercased(), (2...3).contains(language.utf8.count),
            language.utf8.allSatisfy({ (0x61...0x7A).contains($0) })
        else { return nil }
        // Elsewhere the region says how money and dates are written, and not which language it is.
        guard regional.contains(language), parts.count > 1 else { return language }
        let region = parts[parts.count - 1].uppercased()
        guard region.utf8.count == 2, region.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else { return language }
        return "\(language)-\(region)"
    }

    /// Of the variables in which POSIX looks for the language of messages, the first that says something (POSIX.1-2017,
    /// 8.2).
    public static func of(environment: [String: String]) -> String? {
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            if let value = environment[name], !value.isEmpty { return of(locale: value) }
        }
        return nil
    }

    /// Those that are written differently from region to region.
    private static let regional: Set<String> = ["zh", "pt"]
}
