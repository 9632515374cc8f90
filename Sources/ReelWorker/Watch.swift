internal import ReelModel

/// Watches over one job: that the worker gives signs of life, gets on, and takes no more than it may.
struct Watch {
    /// What a worker has used so far; `nil` where the system does not tell.
    struct Usage {
        var processorTime: Duration?
        /// Bytes in memory.
        var memory: Int64?
    }

    /// What is wrong, and how it is told.
    struct Breach: Equatable {
        /// After "the media worker …".
        var words: String
        var loss: InspectionFailure.Kind
    }

    typealias Clock = SuspendingClock

    private let allowance: Allowance
    private let patience: Duration
    private let begun: Clock.Instant
    private let processorTimeBefore: Duration
    private var heardAt: Clock.Instant
    private var advancedAt: Clock.Instant
    private var fraction = 0.0
    private var messages = 0

    /// How often a worker may speak: it tells how far it is ten times a second at most.
    private static let messagesAtOnce = 1000
    private static let messagesPerSecond = 50

    init(_ allowance: Allowance, patience: Duration, now: Clock.Instant, usage: Usage) {
        self.allowance = allowance
        self.patience = patience
        begun = now
        heardAt = now
        advancedAt = now
        processorTimeBefore = usage.processorTime ?? .zero
    }

    /// The worker has told how far it is.
    mutating func heard(_ fraction: Double, now: Clock.Instant) {
        messages += 1
        heardAt = now
        guard fraction > self.fraction else { return }
        self.fraction = fraction
        advancedAt = now
    }

    func breach(now: Clock.Instant, usage: Usage) -> Breach? {
        let used = (usage.processorTime ?? .zero) - processorTimeBefore
        let elapsed = begun.duration(to: now)
        if let most = allowance.memory, let memory = usage.memory, memory > most {
            return Breach(words: "took \(Figure.size(memory)) of memory", loss: .outOfMemory)
        }
        if messages > Self.messagesAtOnce + Self.messagesPerSecond * Int(elapsed.components.seconds) {
            return Breach(words: "sent more messages than there is to say", loss: .crashed)
        }
        if heardAt.duration(to: now) > patience {
            return Breach(words: "gave no sign of progress for \(patience)", loss: .timedOut)
        }
        if used > allowance.processorTime {
            return Breach(
                words: "computed for \(used.inSeconds), longer than such a file can need", loss: .timedOut)
        }
        if advancedAt.duration(to: now) > allowance.standstill {
            return Breach(words: "got no further for \(allowance.standstill.inSeconds)", loss: .timedOut)
        }
        if elapsed > allowance.time {
            return Breach(words: "took \(elapsed.inSeconds), longer than such a file can need", loss: .timedOut)
        }
        return nil
    }
}

extension Duration {
    /// In whole seconds: "60 s".
    fileprivate var inSeconds: String { "\(components.seconds) s" }
}
