public import ReelModel

/// A way to write a report. A format is a type in a file of its own under `Formats/`, and one line in
/// `ReportFormats.all`.
public protocol ReportFormat: Sendable {
    /// What `--format` calls it.
    static var name: String { get }
    /// The endings of file names that mean it, lower case, without the dot.
    static var fileExtensions: [String] { get }

    /// The whole report. The same report gives the same bytes.
    static func bytes(of report: Report, style: ReportStyle) -> [UInt8]
}

/// How a report is dressed, for formats that people read.
public struct ReportStyle: Sendable, Hashable {
    /// Whether to colour it with ANSI sequences.
    public var color: Bool

    public init(color: Bool = false) { self.color = color }
}

/// The one list of formats.
public enum ReportFormats {
    public static let all: [any ReportFormat.Type] = [TextFormat.self, JSONFormat.self, JSONLinesFormat.self]

    /// What `--format` takes, in order of the list.
    public static var names: [String] { all.map { $0.name } }

    /// The format of that name; `nil` where there is none.
    public static func named(_ name: String) -> (any ReportFormat.Type)? { all.first { $0.name == name } }

    /// The format that a file's name means by its ending; `nil` where it means none.
    public static func forFile(_ path: String) -> (any ReportFormat.Type)? {
        guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return nil }
        let ending = path[path.index(after: dot)...].lowercased()
        return all.first { $0.fileExtensions.contains(ending) }
    }
}
