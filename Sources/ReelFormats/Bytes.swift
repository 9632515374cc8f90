/// A piece of a file. Every access is checked and answers `nil` where the piece ends before it.
struct Bytes {
    private let storage: [UInt8]
    private let lower: Int
    let count: Int

    init(_ bytes: [UInt8]) {
        storage = bytes
        lower = 0
        count = bytes.count
    }

    private init(storage: [UInt8], lower: Int, count: Int) {
        self.storage = storage
        self.lower = lower
        self.count = count
    }

    var isEmpty: Bool { count == 0 }

    /// The bytes themselves, copied.
    var array: [UInt8] { Array(storage[lower..<lower + count]) }

    func u8(_ at: Int) -> Int? { holds(at, 1) ? Int(storage[lower + at]) : nil }

    // Big-endian.
    func u16(_ at: Int) -> Int? { big(at, 2).map { Int($0) } }
    func u24(_ at: Int) -> Int? { big(at, 3).map { Int($0) } }
    func u32(_ at: Int) -> Int? { big(at, 4).map { Int($0) } }
    func u64(_ at: Int) -> UInt64? { big(at, 8) }
    func i32(_ at: Int) -> Int? { big(at, 4).map { Int(Int32(truncatingIfNeeded: $0)) } }
    func i64(_ at: Int) -> Int64? { big(at, 8).map { Int64(bitPattern: $0) } }

    // Little-endian.
    func le16(_ at: Int) -> Int? { little(at, 2).map { Int($0) } }
    func le24(_ at: Int) -> Int? { little(at, 3).map { Int($0) } }
    func le32(_ at: Int) -> Int? { little(at, 4).map { Int($0) } }
    func le64(_ at: Int) -> UInt64? { little(at, 8) }

    /// Four characters, as box and chunk types are written; bytes above 127 read as Latin-1.
    func fourCC(_ at: Int) -> String? {
        guard holds(at, 4) else { return nil }
        var text = ""
        for byte in storage[lower + at..<lower + at + 4] { text.unicodeScalars.append(Unicode.Scalar(byte)) }
        return text
    }

    /// Text of `count` bytes in ASCII; bytes above 127 read as Latin-1.
    func text(_ at: Int, _ count: Int) -> String? {
        guard holds(at, count) else { return nil }
        var text = ""
        for byte in storage[lower + at..<lower + at + count] { text.unicodeScalars.append(Unicode.Scalar(byte)) }
        return text
    }

    /// The part from `at` on: `count` bytes, or fewer where the piece ends.
    func slice(from at: Int, count wanted: Int = .max) -> Bytes {
        guard at >= 0, at < count, wanted > 0 else { return Bytes([]) }
        return Bytes(storage: storage, lower: lower + at, count: min(wanted, count - at))
    }

    func starts(with prefix: [UInt8], at: Int = 0) -> Bool {
        guard holds(at, prefix.count) else { return false }
        for index in prefix.indices where storage[lower + at + index] != prefix[index] { return false }
        return true
    }

    func starts(with prefix: String, at: Int = 0) -> Bool { starts(with: Array(prefix.utf8), at: at) }

    /// Where that byte first stands, from `start` on.
    func first(_ byte: UInt8, from start: Int = 0) -> Int? {
        guard start >= 0, start < count else { return nil }
        return storage[lower + start..<lower + count].firstIndex(of: byte).map { $0 - lower }
    }

    /// Where `pattern` first stands, from `start` on.
    func first(_ pattern: [UInt8], from start: Int = 0) -> Int? {
        guard !pattern.isEmpty, start >= 0, count >= pattern.count, start <= count - pattern.count else { return nil }
        var at = start
        while let found = first(pattern[0], from: at), found <= count - pattern.count {
            if starts(with: pattern, at: found) { return found }
            at = found + 1
        }
        return nil
    }

    private func holds(_ at: Int, _ size: Int) -> Bool { at >= 0 && size >= 0 && at <= count && size <= count - at }

    private func big(_ at: Int, _ size: Int) -> UInt64? {
        guard holds(at, size) else { return nil }
        var value: UInt64 = 0
        for index in 0..<size { value = value << 8 | UInt64(storage[lower + at + index]) }
        return value
    }

    private func little(_ at: Int, _ size: Int) -> UInt64? {
        guard holds(at, size) else { return nil }
        var value: UInt64 = 0
        for index in 0..<size { value |= UInt64(storage[lower + at + index]) << UInt64(8 * index) }
        return value
    }
}
