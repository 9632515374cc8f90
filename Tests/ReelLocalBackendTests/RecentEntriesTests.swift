import Foundation
import ReelModel
import Testing

@testable import ReelLocalBackend

struct RecentEntriesTests {
    @Test func `what was not used for longest goes, and is read again`() throws {
        var entries = RecentEntries<Int>(limit: 4)
        var readings: [String] = []
        func entry(_ id: String) throws -> Int {
            try entries.entry(id) {
                readings.append(id)
                return try #require(Int(id))
            }
        }
        for number in 1...4 { entries.keep(number, "\(number)") }
        #expect(try entry("1") == 1)
        entries.keep(5, "5")
        #expect(entries.count <= 4)
        #expect(try entry("1") == 1)
        #expect(try entry("5") == 5)
        #expect(readings.isEmpty)
        #expect(try entry("2") == 2)
        #expect(readings == ["2"])
    }

    @Test func `there are never more than so many`() {
        var entries = RecentEntries<Int>(limit: 10)
        for number in 1...1000 {
            entries.keep(number, "\(number)")
            #expect(entries.count <= 10)
        }
    }

    /// More than are kept in memory, before and after a restart.
    @Test func `every session and render is found again, and every charge counted`() async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        let folder = StateFolder(root: root)
        try folder.prepare()
        var choices = Choices()
        choices.freeCredits = 100_000
        let store = try Store(folder: folder, choices: choices, now: { 0 })
        let account = try await store.account(ofClient: "client")
        let film = Storyboard(
            canvas: Size(width: 2, height: 2), frameRate: try #require(Rational(30, 1)), duration: 30, scenes: [],
            titles: [],
            music: [])
        var ids: [String] = []
        for number in 0..<80 {
            let session = try await store.createSession(for: account, taskName: "\(number)", language: nil)
            ids.append(session.id)
            _ = try await store.accept(message: "make a 1 second clip of the sea", in: session.id, of: account)
            store.working.end(session.id)
            var job = try await store.submit(
                render: "render_\(number)", storyboard: film, assets: [], session: session.id, of: account)
            if number > 0 {
                job.status = .completed
                try await store.update(job)
            }
        }
        for store in [store, try Store(folder: folder, choices: choices, now: { 0 })] {
            for (number, id) in ids.enumerated() {
                #expect(await store.session(id, of: account)?.taskName == "\(number)")
                #expect(await store.render("render_\(number)", of: account)?.session == id)
            }
            #expect(await store.unfinishedRenders.map(\.id) == ["render_0"])
            #expect(await store.credits(of: account).available == 100_000 - 80 * choices.creditsPerMessage)
            #expect(await store.session("../../tokens", of: account) == nil)
        }
    }
}
