import Testing

@testable import ReelPipeline

struct MessageRecoveryTests {
    typealias Look = (state: String?, exportable: Bool, credits: [Int64]?)

    private func actions(_ looks: [Look]) -> [MessageRecovery.Action] {
        var machine = MessageRecovery(before: "A", creditsBefore: [100, 0])
        return looks.map { machine.on(state: $0.state, isExportable: $0.exportable, credits: $0.credits) }
    }

    @Test func `a change that has come to rest is adopted`() {
        #expect(
            actions([("A", true, nil), ("B", true, nil), ("C", true, nil), ("C", true, nil)])
                == [.wait(intervals: 2), .wait(intervals: 1), .wait(intervals: 1), .adopt])
    }

    @Test func `nothing changed and nothing charged: it never arrived`() {
        #expect(actions(Array(repeating: ("A", false, [100, 0]), count: 5)).last == .send)
    }

    @Test(arguments: [[100, 10], [90, 0], nil] as [[Int64]?])
    func `nothing changed but credits moved or are unknown: never sent again`(credits: [Int64]?) {
        #expect(actions(Array(repeating: ("A", false, credits), count: 35)).last == .giveUp)
    }

    @Test func `a state that cannot be read is no evidence`() {
        #expect(actions(Array(repeating: (nil, false, [100, 0]), count: 5)).last == .wait(intervals: 1))
        #expect(actions(Array(repeating: (nil, false, [100, 0]), count: 35)).last == .giveUp)
        let late: [Look] = [(nil, false, nil), ("A", false, nil)] + Array(repeating: ("A", false, [100, 0]), count: 5)
        #expect(actions(late).last == .send)
    }

    @Test func `it never sends before all looks are made`() {
        #expect(!actions(Array(repeating: ("A", false, [100, 0]), count: 4)).contains(.send))
    }
}

struct RenderPollingTests {
    @Test func `the usual interval gives ten looks, a short one the same time`() {
        for (interval, looks) in [(30.0, 10), (60.0, 10), (1.0, 300)] {
            var machine = RenderPolling(interval: interval, isLastAttempt: false)
            let actions = (0..<looks).map { _ in machine.on(.running) }
            #expect(actions.dropLast().allSatisfy { $0 == .wait })
            #expect(actions.last == .leave)
        }
    }

    @Test func `a transient failure is polled on`() {
        var machine = RenderPolling(interval: 30, isLastAttempt: false)
        #expect(machine.on(.unanswered) == .wait)
        #expect(machine.on(.completed(address: "u")) == .fetch("u"))
    }

    @Test func `a failed render is tried once more under a new id`() {
        var first = RenderPolling(interval: 30, isLastAttempt: false)
        #expect(first.on(.failed(why: "x")) == .retryWithNewID(why: "x"))
        var last = RenderPolling(interval: 30, isLastAttempt: true)
        #expect(last.on(.failed(why: "x")) == .fail(why: "x"))
    }

    @Test func `complete without an address is looked at once more, then asked for by id`() {
        var machine = RenderPolling(interval: 30, isLastAttempt: false)
        #expect(machine.on(.completed(address: nil)) == .wait)
        #expect(machine.on(.completed(address: nil)) == .fetchByID)
    }
}
