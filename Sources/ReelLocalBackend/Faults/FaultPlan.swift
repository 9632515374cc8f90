internal import FlyingFox
internal import ReelModel
internal import Synchronization

/// Which faults strike when. The same seed and the same requests in the same order give the same: a fault's die is
/// thrown for each of its own occasions, and no other fault and no clock has a say in it.
final class FaultPlan: Sendable {
    /// A fault on one request.
    struct Strike: Sendable {
        let fault: Fault
        /// The order's, or the fault's own.
        let value: Double
        /// Whether the order gave one.
        let hasValue: Bool
        /// A number from 0 up to 1 for what the fault leaves to chance.
        let chance: Double
    }

    private struct Line: Sendable {
        let fault: Fault
        let order: FaultOrder
    }

    private let lines: [Line]
    private let seed: UInt64
    /// Occasions so far, by line.
    private let counts: Mutex<[Int]>

    init(_ orders: [FaultOrder], seed: UInt64) {
        lines = orders.compactMap { order in
            Fault.all.first { $0.name == order.name }.map { Line(fault: $0, order: order) }
        }
        self.seed = seed
        counts = Mutex(lines.map { _ in 0 })
    }

    var isAny: Bool { !lines.isEmpty }

    func strikes(on route: Route, _ request: HTTPRequest) -> [Strike] {
        guard isAny else { return [] }
        return strikes(on: Fault.Occasion(route: route, asksForPart: request.headers[.range] != nil))
    }

    func strikes(on occasion: Fault.Occasion) -> [Strike] {
        lines.indices.compactMap { index in
            let line = lines[index]
            guard line.fault.occasions(occasion) else { return nil }
            let number = counts.withLock { counts in
                counts[index] += 1
                return counts[index]
            }
            let strikes =
                switch line.order.rate {
                case .share(let rate): die(line, number, throw: 0) < rate
                case .first(let count): number <= count
                }
            guard strikes else { return nil }
            return Strike(
                fault: line.fault, value: line.order.value ?? line.fault.parameter?.standard ?? 0,
                hasValue: line.order.value != nil, chance: die(line, number, throw: 1))
        }
    }

    /// From 0 up to 1. FNV-1a over the fault's name, then the finalizer of SplitMix64.
    private func die(_ line: Line, _ number: Int, throw index: UInt64) -> Double {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in line.fault.name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var mixed = hash &+ seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number) &* 0xD1B5_4A32_D192_ED03 &+ index
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return Double(mixed >> 11) / Double(1 << 53)
    }
}
