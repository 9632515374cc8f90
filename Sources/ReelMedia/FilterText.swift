/// Words from outside, inside the description of a filter graph.
public enum FilterText {
    /// The text as the value of a filter's option, so that no character of it ends the value, the filter or the chain
    /// (FFmpeg's "Notes on filtergraph escaping": once for the option, once for the graph). `drawtext` expands `%{…}`
    /// besides unless it has `expansion=none`.
    public static func value(_ text: String) -> String {
        escaped(escaped(text, "\\': \t\n\r"), "\\'[],; \t\n\r")
    }

    private static func escaped(_ text: String, _ special: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if special.unicodeScalars.contains(scalar) { result.unicodeScalars.append("\\") }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
