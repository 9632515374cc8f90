/// Server-sent events out of bytes, however those are cut up (WHATWG HTML, 9.2). A pure machine.
///
/// It goes beyond the standard in two ways, because of what the servers in question send: signs of life that the
/// standard passes over in silence are handed out as such, and an event that the end of the stream cut off from its
/// blank line still counts.
public struct EventStreamParser: Sendable {
    public enum Event: Sendable, Hashable {
        /// `name` is `nil` where the stream did not give one.
        case message(name: String?, data: String)
        /// A comment, or an event without data: somebody is there.
        case sign
    }

    private let limit: Int
    private var line: [UInt8] = []
    private var lineIsTooLong = false
    private var lastWasCarriageReturn = false
    private var isFirstLine = true
    private var name: String?
    private var data: [UInt8] = []
    private var hasData = false
    private var dataIsTooLong = false

    /// - Parameter limit: bytes of one event; a longer one is passed over, as a sign.
    public init(limit: Int = 16 * 1024 * 1024) { self.limit = limit }

    /// The events that these bytes complete.
    public mutating func on(_ bytes: some Sequence<UInt8>) -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            if lastWasCarriageReturn {
                lastWasCarriageReturn = false
                if byte == 0x0A { continue }
            }
            switch byte {
            case 0x0A: endLine(into: &events)
            case 0x0D:
                lastWasCarriageReturn = true
                endLine(into: &events)
            case _:
                if line.count < limit { line.append(byte) } else { lineIsTooLong = true }
            }
        }
        return events
    }

    /// What the end of the stream completes.
    public mutating func finish() -> [Event] {
        var events: [Event] = []
        if !line.isEmpty { endLine(into: &events) }
        endEvent(into: &events)
        return events
    }

    private mutating func endLine(into events: inout [Event]) {
        defer {
            line.removeAll(keepingCapacity: true)
            lineIsTooLong = false
            isFirstLine = false
        }
        if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        guard !line.isEmpty else { return endEvent(into: &events) }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        guard colon != 0 else {
            events.append(.sign)
            return
        }
        let field = String(decoding: line[..<(colon ?? line.count)], as: UTF8.self)
        var value = line[(colon.map { $0 + 1 } ?? line.count)...]
        if value.first == 0x20 { value = value.dropFirst() }
        switch field {
        case "event": name = String(decoding: value, as: UTF8.self)
        case "data":
            if hasData { data.append(0x0A) }
            hasData = true
            guard !lineIsTooLong, value.count <= limit - data.count else {
                dataIsTooLong = true
                return
            }
            data.append(contentsOf: value)
        // `id` and `retry` are for reconnecting, which is never done: it would send the message again.
        case _: break
        }
    }

    private mutating func endEvent(into events: inout [Event]) {
        defer {
            name = nil
            data.removeAll(keepingCapacity: true)
            hasData = false
            dataIsTooLong = false
        }
        guard hasData || name != nil else { return }
        if dataIsTooLong || data.isEmpty {
            events.append(.sign)
        } else {
            events.append(.message(name: name, data: String(decoding: data, as: UTF8.self)))
        }
    }
}
