/// When to look at a render again, and when to stop. A pure machine.
struct RenderPolling {
    enum Action: Equatable {
        case wait
        case fetch(String)
        /// It is complete and names no address: the backend's own download is asked.
        case fetchByID
        case retryWithNewID(why: String)
        case fail(why: String)
        /// The time that a render may take is over; it may yet be finished.
        case leave
    }

    /// The contract's budget: ten looks, 30 s apart.
    static let budget = 300.0

    private let looks: Int
    private var looked = 0
    private var completedWithoutAddress = 0
    private let isLastAttempt: Bool

    /// - Parameter interval: seconds between two looks.
    init(interval: Double, isLastAttempt: Bool) {
        looks = max(10, Int((Self.budget / max(interval, 0.01)).rounded(.up)))
        self.isLastAttempt = isLastAttempt
    }

    enum Look: Equatable {
        case running
        case completed(address: String?)
        case failed(why: String)
        /// The network or the server failed in a way that passes.
        case unanswered
    }

    mutating func on(_ look: Look) -> Action {
        looked += 1
        switch look {
        case .completed(let address?): return .fetch(address)
        case .completed(nil):
            completedWithoutAddress += 1
            return completedWithoutAddress > 1 ? .fetchByID : .wait
        case .failed(let why): return isLastAttempt ? .fail(why: why) : .retryWithNewID(why: why)
        case .running, .unanswered: return looked >= looks ? .leave : .wait
        }
    }
}
