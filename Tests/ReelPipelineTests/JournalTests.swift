import Foundation
import ReelModel
import ReelPipeline
import Synchronization
import Testing

struct JournalTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString)").path()

    private func journal() throws -> Journal {
        try Folders.makePrivate(folder)
        return try Journal(path: folder + "/journal.sqlite")
    }

    private let order = RunOrder(inputs: ["/a.jpg"], prompt: "p", output: "/o.mp4", backend: "local")

    @Test func `a run is found again by another opening of the journal`() throws {
        let id = try journal().open(order)
        let again = try journal()
        let record = try #require(try again.run(id))
        #expect(record.order == order)
        #expect(record.status == .unfinished)
        try again.close(id, as: .done, report: ["x": 1])
        #expect(try journal().run(id)?.status == .done)
        #expect(try journal().runs().map(\.id) == [id])
    }

    @Test func `a step is known as begun until it is answered`() throws {
        let journal = try journal()
        let id = try journal.open(order)
        #expect(try journal.record(of: .message, in: id) == nil)
        try journal.begin(.message, of: id, ["before": "state"])
        let begun = try #require(try journal.record(of: .message, in: id))
        #expect(!begun.isAnswered)
        #expect(begun.intent["before"] == "state")
        try journal.finish(.message, of: id, ["ok": true])
        let answered = try #require(try journal.record(of: .message, in: id))
        #expect(answered.isAnswered)
        #expect(answered.answer["ok"] == true)
        #expect(try journal.record(of: .upload(0), in: id) == nil)
    }

    @Test func `the last session of each backend is remembered`() throws {
        let journal = try journal()
        #expect(try journal.lastSession(backend: "local") == nil)
        for id in ["s1", "s2", "s1"] { try journal.noteSession(id, backend: "local") }
        try journal.noteSession("c1", backend: "cloud")
        #expect(try journal.lastSession(backend: "local") == "s1")
        #expect(try journal.lastSession(backend: "cloud") == "c1")
    }

    @Test func `one process at a time has a run's folder`() throws {
        let first = try RunFolder(run: "r", stateFolder: folder)
        #expect(first != nil)
        #expect(try RunFolder(run: "r", stateFolder: folder) == nil)
        withExtendedLifetime(first) {}
        #expect(try RunFolder(run: "other", stateFolder: folder) != nil)
    }

    @Test func `many that open a new journal at once make its tables once`() throws {
        for number in 0..<8 {
            let path = "\(folder)/\(number)"
            try Folders.makePrivate(path)
            let refused = Mutex<[String]>([])
            DispatchQueue.concurrentPerform(iterations: 8) { _ in
                do { _ = try Journal(path: path + "/journal.sqlite").runs() } catch {
                    refused.withLock { $0.append("\(error)") }
                }
            }
            #expect(refused.withLock { $0 } == [])
        }
    }

    @Test func `nobody else may read a journal, nor one that was left open to all`() throws {
        let first = try journal()
        _ = try first.open(order)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
        let path = folder + "/journal.sqlite"
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        _ = try journal()
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        withExtendedLifetime(first) {}
    }

    @Test func `a journal that cannot be opened says where and what to do`() {
        #expect { try Journal(path: "/nonexistent/folder/j.sqlite") } throws: { error in
            (error as? Failure)?.subject == "/nonexistent/folder/j.sqlite"
        }
    }
}
