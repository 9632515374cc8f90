import Foundation
import ReelModel
import Testing

@testable import ReelLocalBackend

@Suite(.timeLimit(.minutes(5)))
struct ManyConnectionsTests {
    /// Connections that come and go are given each other's numbers by the system, across all servers of a process. None
    /// of them may be left waiting.
    @Test func everyConnectionIsServed() async throws {
        var benches: [Bench] = []
        for _ in 0..<4 { benches.append(try await Bench()) }
        let ports = benches.map(\.port)
        let unanswered = await withTaskGroup(of: Int.self) { group in
            for client in 0..<16 {
                group.addTask {
                    var unanswered = 0
                    for turn in 0..<500 {
                        guard let wire = try? Wire(port: ports[(client + turn) % ports.count]) else { continue }
                        wire.limitWaiting(seconds: 20)
                        await wire.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                        if await !wire.receive(until: "}").hasPrefix("HTTP/1.1 404") { unanswered += 1 }
                    }
                    return unanswered
                }
            }
            return await group.reduce(0, +)
        }
        #expect(unanswered == 0)
        for bench in benches { await bench.stop() }
    }
}
