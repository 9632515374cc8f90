/// How many bits the fullest second of a stream holds, wherever it begins: a window slides over the packets in the order
/// in which they are decoded.
struct FullestSecond {
    /// More packets of one second than this are counted as one with the packet before.
    private static let window = 4096

    private var times: [Int64] = []
    private var sizes: [Int64] = []
    private var oldest = 0
    private var held = 0
    private var bytes: Int64 = 0
    private(set) var most: Int64?
    /// Ticks of a second.
    private let second: Int64

    init(tick: Double) {
        let ticks = tick > 0 ? (1 / tick).rounded() : 1
        second = ticks < 0x1p62 ? max(Int64(ticks), 1) : 1 << 62
    }

    /// A packet's time of decoding, or of presentation where a container has no other: it goes back by a few pictures
    /// then. One that goes back by more than ten seconds begins anew.
    mutating func add(_ stamp: Int64, bytes size: Int) {
        var time = stamp
        if held > 0, time < times[newest] {
            if times[newest].clamped(minus: time) / 10 > second { clear() } else { time = times[newest] }
        }
        while held > 0, time.clamped(minus: times[oldest]) >= second { dropOldest() }
        bytes = bytes.clamped(plus: Int64(size))
        most = max(most ?? 0, bytes)
        if held == Self.window {
            sizes[newest] += Int64(size)
            return
        }
        grow()
        held += 1
        times[newest] = time
        sizes[newest] = Int64(size)
    }

    private var newest: Int { (oldest + held - 1) % max(times.count, 1) }

    private mutating func dropOldest() {
        bytes -= sizes[oldest]
        oldest = (oldest + 1) % times.count
        held -= 1
    }

    private mutating func clear() {
        held = 0
        bytes = 0
    }

    /// Room for one more: the ring is doubled when it is full.
    private mutating func grow() {
        guard held == times.count else { return }
        let order = (0..<held).map { (oldest + $0) % max(times.count, 1) }
        let room = max(held * 2, 64)
        times = order.map { times[$0] } + Array(repeating: 0, count: room - held)
        sizes = order.map { sizes[$0] } + Array(repeating: 0, count: room - held)
        oldest = 0
    }
}
