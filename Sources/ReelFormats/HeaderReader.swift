public import ReelModel

/// Reads what a file's headers say, without decoding anything.
public enum HeaderReader {
    /// The facts of a file at depth `header`. A file of a type that is not read here, or that is damaged, gives facts
    /// whose fields are unknown with the reason; only the source itself throws.
    public static func facts(of source: inout some ByteSource, name: String) throws -> Facts {
        Facts(
            depth: .header, bytes: source.length, fileExtension: fileExtension(of: name),
            type: .unknown("no reader knows it"))
    }

    /// The last extension of a name, lower case, without its dot.
    static func fileExtension(of name: String) -> String {
        let base = name.split(separator: "/").last ?? ""
        guard let dot = base.lastIndex(of: "."), dot != base.startIndex else { return "" }
        return base[base.index(after: dot)...].lowercased()
    }
}
