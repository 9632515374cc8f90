public import ReelModel

/// A fault that is asked for: `NAME=RATE`, or `NAME:VALUE=RATE`.
public struct FaultOrder: Sendable, Hashable {
    public enum Rate: Sendable, Hashable {
        /// The share of the occasions that it strikes, from 0 to 1.
        case share(Double)
        /// The first so many occasions, and no other: `2x`.
        case first(Int)
    }

    public var name: String
    /// What the fault's list entry says; `nil` for its own choice.
    public var value: Double?
    public var rate: Rate

    public init(_ name: String, value: Double? = nil, rate: Rate) {
        self.name = name
        self.value = value
        self.rate = rate
    }

    /// Reads `silent-edit=0.3`, `cut:512=1`, `rate-limit=2x`.
    ///
    /// - Throws: `Failure` of kind `usage`.
    public init(parsing text: String) throws(Failure) {
        func wrong(_ problem: String, _ remedy: String) -> Failure {
            Failure(.usage, subject: text, problem: problem, remedy: remedy)
        }
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard sides.count == 2 else { throw wrong("a fault needs a rate", "Write NAME=RATE, with a rate from 0 to 1") }
        let left = sides[0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let fault = Fault.all.first(where: { $0.name == left[0] }) else {
            throw wrong("there is no such fault", "Choose one that `reelgate serve --list` names")
        }
        var value: Double?
        if left.count == 2 {
            guard fault.parameter != nil else { throw wrong("this fault takes no value", "Write \(fault.name)=RATE") }
            guard let number = Double(left[1]), number.isFinite, abs(number) < 1e12 else {
                throw wrong("its value is no number", "Write \(fault.name):VALUE=RATE")
            }
            value = number
        }
        if sides[1].hasSuffix("x"), let count = Int(sides[1].dropLast()), count >= 0 {
            self.init(fault.name, value: value, rate: .first(count))
        } else if let share = Double(sides[1]), (0...1).contains(share) {
            self.init(fault.name, value: value, rate: .share(share))
        } else {
            throw wrong("its rate is none", "Give a rate from 0 to 1, or 2x for the first two occasions")
        }
    }
}

/// A fault as it is listed.
public struct FaultPage: Sendable, Hashable {
    public let name: String
    public let summary: String
    /// What `name:VALUE` sets, with what it is unless it is given.
    public let value: String?
}

extension LocalBackend {
    /// Every fault that can be asked for.
    public static var faults: [FaultPage] {
        Fault.all.map { fault in
            FaultPage(
                name: fault.name, summary: fault.summary,
                value: fault.parameter.map { "\($0.meaning), \(JSON($0.standard)) unless given" })
        }
    }
}
