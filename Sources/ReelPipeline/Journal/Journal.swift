internal import Foundation
internal import GRDB
public import ReelModel

/// What every run has done, in SQLite: write-ahead logging, every commit on the disk before the step goes on, several
/// processes at once.
public final class Journal: Sendable {
    private let database: DatabasePool

    /// Opens or creates the journal at that path; its folder must exist.
    public init(path: String) throws(Failure) {
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(15)
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
            }
            let lock = try JournalLock(of: path)
            try lock.makePrivate(path)
            database = try DatabasePool(path: path, configuration: configuration)
            try Journal.migrator.migrate(database)
            _ = consume lock
        } catch {
            throw Failure(
                .notDone, subject: path, problem: "the journal cannot be opened",
                remedy: "Check that the folder is writable, or set REELGATE_STATE_DIR to one that is",
                cause: "\(error)")
        }
        self.path = path
    }

    private let path: String

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("runs, steps, sessions") { database in
            try database.create(table: "run") { table in
                table.primaryKey("id", .text)
                table.column("created", .double).notNull()
                table.column("backend", .text).notNull()
                table.column("order", .text).notNull()
                table.column("status", .text).notNull()
                table.column("report", .text)
            }
            try database.create(table: "step") { table in
                table.column("run", .text).notNull().references("run", onDelete: .cascade)
                table.column("key", .text).notNull()
                table.column("begun", .double).notNull()
                table.column("answered", .double)
                table.column("intent", .text).notNull()
                table.column("answer", .text)
                table.primaryKey(["run", "key"])
            }
            try database.create(table: "session") { table in
                table.primaryKey("rank", .integer)
                table.column("backend", .text).notNull()
                table.column("id", .text).notNull()
                table.uniqueKey(["backend", "id"])
            }
        }
        migrator.registerMigration("lines of a batch") { database in
            try database.create(table: "line") { table in
                table.primaryKey("key", .text)
                table.column("run", .text).notNull().references("run", onDelete: .cascade)
            }
        }
        return migrator
    }

    // MARK: Runs

    /// Writes a new run down, before its first request, and returns its id.
    /// - Parameter line: the key of the batch's line that it carries out, remembered with it.
    public func open(_ order: RunOrder, line: String? = nil) throws(Failure) -> String {
        let id = Journal.newID()
        try write { database in
            let text = String(decoding: try JSONEncoder().encode(order), as: UTF8.self)
            try database.execute(
                sql: "INSERT INTO run (id, created, backend, \"order\", status) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    id, Date().timeIntervalSince1970, order.backend, text, RunRecord.Status.unfinished.rawValue,
                ])
            if let line {
                try database.execute(
                    sql: "INSERT OR REPLACE INTO line (key, run) VALUES (?, ?)", arguments: [line, id])
            }
        }
        return id
    }

    /// Ends a run. A run that ended is not taken up again.
    public func close(_ run: String, as status: RunRecord.Status, report: JSON?) throws(Failure) {
        try write { database in
            try database.execute(
                sql: "UPDATE run SET status = ?, report = ? WHERE id = ?",
                arguments: [status.rawValue, report?.description, run])
        }
    }

    /// All runs, the oldest first.
    public func runs() throws(Failure) -> [RunRecord] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM run ORDER BY created, id").compactMap(RunRecord.init)
        }
    }

    /// Removes a run with all its steps. What it may still have at the backend is not known to anybody then.
    public func forget(_ run: String) throws(Failure) {
        try write { database in
            try database.execute(sql: "DELETE FROM run WHERE id = ?", arguments: [run])
        }
    }

    /// The run that carries out that line of a batch, where one was begun.
    public func run(line: String) throws(Failure) -> RunRecord? {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT run.* FROM run JOIN line ON line.run = run.id WHERE line.key = ?",
                arguments: [line]
            ).flatMap(RunRecord.init)
        }
    }

    public func run(_ id: String) throws(Failure) -> RunRecord? {
        try read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM run WHERE id = ?", arguments: [id]).flatMap(RunRecord.init)
        }
    }

    // MARK: Steps

    /// Writes down that a step is about to be begun. What was noted of an earlier beginning is replaced.
    public func begin(_ step: Step, of run: String, _ intent: JSON = .object([])) throws(Failure) {
        try write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO step (run, key, begun, intent) VALUES (?, ?, ?, ?)",
                arguments: [run, step.key, Date().timeIntervalSince1970, intent.description])
        }
    }

    /// Writes down that a step was answered.
    public func finish(_ step: Step, of run: String, _ answer: JSON = .object([])) throws(Failure) {
        try write { database in
            try database.execute(
                sql: "UPDATE step SET answered = ?, answer = ? WHERE run = ? AND key = ?",
                arguments: [Date().timeIntervalSince1970, answer.description, run, step.key])
        }
    }

    /// Removes what was noted of these steps, so that they are done again.
    func undo(_ steps: [Step], of run: String) throws(Failure) {
        try write { database in
            for step in steps {
                try database.execute(
                    sql: "DELETE FROM step WHERE run = ? AND key = ?", arguments: [run, step.key])
            }
        }
    }

    public func record(of step: Step, in run: String) throws(Failure) -> StepRecord? {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT * FROM step WHERE run = ? AND key = ?", arguments: [run, step.key]
            ).map { row in
                StepRecord(
                    isAnswered: row["answered"] != nil, intent: try JSON(parsing: row["intent"] as String),
                    answer: try (row["answer"] as String?).map(JSON.init(parsing:)) ?? .null)
            }
        }
    }

    // MARK: Sessions

    /// Remembers the session that was last worked in.
    public func noteSession(_ id: String, backend: String) throws(Failure) {
        try write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO session (backend, id) VALUES (?, ?)", arguments: [backend, id])
        }
    }

    /// The session that a run works in, once it has one.
    public func session(of run: String) throws(Failure) -> String? {
        try record(of: .session, in: run)?.answer["id"]?.identifier
    }

    /// The session that was last worked in on that backend.
    public func lastSession(backend: String) throws(Failure) -> String? {
        try read { database in
            try String.fetchOne(
                database, sql: "SELECT id FROM session WHERE backend = ? ORDER BY rank DESC LIMIT 1",
                arguments: [backend])
        }
    }

    // MARK: Access

    private func write(_ body: (Database) throws -> Void) throws(Failure) {
        do { try database.write(body) } catch { throw failure("cannot be written", error) }
    }

    private func read<Value>(_ body: (Database) throws -> Value) throws(Failure) -> Value {
        do { return try database.read(body) } catch { throw failure("cannot be read", error) }
    }

    private func failure(_ problem: String, _ error: any Error) -> Failure {
        Failure(
            .notDone, subject: path, problem: "the journal \(problem)", remedy: "Check the disk that it lies on",
            cause: "\(error)")
    }

    /// Sorts by time, reads aloud, and is unique among processes: `20261123-234501-k7q2`.
    private static func newID() -> String {
        let now = Date()
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: now)
        func two(_ n: Int?) -> String { n.map { $0 < 10 ? "0\($0)" : "\($0)" } ?? "00" }
        let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")
        let tail = String((0..<5).compactMap { _ in letters.randomElement() })
        return "\(parts.year ?? 0)\(two(parts.month))\(two(parts.day))-"
            + "\(two(parts.hour))\(two(parts.minute))\(two(parts.second))-\(tail)"
    }
}
