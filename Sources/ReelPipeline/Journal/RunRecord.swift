internal import Foundation
internal import GRDB
public import ReelModel

/// A run as the journal knows it.
public struct RunRecord: Sendable, Hashable {
    public enum Status: String, Sendable, Hashable {
        /// Begun and not ended; `resume` takes it up.
        case unfinished
        /// The result was delivered and judged.
        case done
        /// It ended without a result, and going on would not help.
        case failed
    }

    public var id: String
    /// Seconds since 1970.
    public var created: Double
    public var backend: String
    public var order: RunOrder
    public var status: Status
    public var report: JSON?

    init?(row: Row) {
        guard let status = Status(rawValue: row["status"]),
            let order = try? JSONDecoder().decode(RunOrder.self, from: Data((row["order"] as String).utf8))
        else { return nil }
        id = row["id"]
        created = row["created"]
        backend = row["backend"]
        self.order = order
        self.status = status
        report = (row["report"] as String?).flatMap { try? JSON(parsing: $0) }
    }
}
