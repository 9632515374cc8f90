/// Unpacks DEFLATE data in a zlib wrapper (RFC 1950, RFC 1951), up to a limit: small texts, not pictures.
enum Inflate {
    /// The unpacked bytes, as many as `limit` at most; `nil` where the data are damaged.
    static func unpacked(zlib bytes: Bytes, limit: Int) -> [UInt8]? {
        guard let method = bytes.u8(0), let flags = bytes.u8(1), method & 15 == 8, (method << 8 | flags) % 31 == 0,
            flags & 0x20 == 0
        else { return nil }
        var reader = Reader(bytes.slice(from: 2), limit: limit)
        return reader.run()
    }

    /// A Huffman code in canonical form (RFC 1951, 3.2.2): how many codes each length has, and the values in order.
    private struct Code {
        private var counts = [Int](repeating: 0, count: 16)
        private var values: [Int] = []

        init(_ lengths: some Collection<Int>) {
            for length in lengths where length > 0 { counts[length] += 1 }
            for wanted in 1...15 {
                for (value, length) in lengths.enumerated() where length == wanted { values.append(value) }
            }
        }

        func next(_ reader: inout Reader) -> Int? {
            var code = 0
            var first = 0
            var index = 0
            for length in 1...15 {
                guard let bit = reader.bits(1) else { return nil }
                code |= bit
                let count = counts[length]
                if code - first < count { return values[index + code - first] }
                index += count
                first = (first + count) << 1
                code <<= 1
            }
            return nil
        }
    }

    private struct Reader {
        private let bytes: Bytes
        private let limit: Int
        private var position = 0
        private var output: [UInt8] = []

        init(_ bytes: Bytes, limit: Int) {
            self.bytes = bytes
            self.limit = limit
        }

        /// Least significant bit first (3.1.1).
        mutating func bits(_ count: Int) -> Int? {
            var value = 0
            for place in 0..<count {
                guard let byte = bytes.u8(position >> 3) else { return nil }
                value |= (byte >> (position & 7) & 1) << place
                position += 1
            }
            return value
        }

        mutating func run() -> [UInt8]? {
            while output.count < limit {
                guard let isLast = bits(1), let kind = bits(2) else { return nil }
                let isFine: Bool
                switch kind {
                case 0: isFine = copyStored()
                case 1: isFine = copy(Reader.fixedLengths, Reader.fixedDistances)
                case 2: isFine = readCodes().map { copy($0, $1) } ?? false
                default: isFine = false
                }
                guard isFine else { return nil }
                if isLast == 1 { break }
            }
            return output
        }

        // MARK: Blocks (3.2.3)

        private mutating func copyStored() -> Bool {
            position = (position + 7) & ~7
            guard let size = bits(16), let complement = bits(16), size ^ 0xFFFF == complement else { return false }
            for _ in 0..<size where output.count < limit {
                guard let byte = bits(8) else { return false }
                output.append(UInt8(byte))
            }
            return true
        }

        private mutating func copy(_ literals: Code, _ distances: Code) -> Bool {
            while output.count < limit {
                guard let symbol = literals.next(&self) else { return false }
                switch symbol {
                case 0..<256: output.append(UInt8(symbol))
                case 256: return true
                case 257...285:
                    guard let length = value(symbol - 257, Reader.lengths), let place = distances.next(&self),
                        place < Reader.distances.count, let back = value(place, Reader.distances),
                        back <= output.count
                    else { return false }
                    for _ in 0..<length { output.append(output[output.count - back]) }
                default: return false
                }
            }
            return true
        }

        private mutating func value(_ index: Int, _ table: [(base: Int, extra: Int)]) -> Int? {
            bits(table[index].extra).map { table[index].base + $0 }
        }

        /// 3.2.7: the codes of this block, themselves coded.
        private mutating func readCodes() -> (Code, Code)? {
            guard let literals = bits(5), let distances = bits(5), let count = bits(4) else { return nil }
            let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
            var short = [Int](repeating: 0, count: 19)
            for place in order.prefix(count + 4) {
                guard let length = bits(3) else { return nil }
                short[place] = length
            }
            let code = Code(short)
            var lengths: [Int] = []
            let total = literals + 257 + distances + 1
            while lengths.count < total {
                guard let symbol = code.next(&self) else { return nil }
                switch symbol {
                case 0...15: lengths.append(symbol)
                case 16:
                    guard let last = lengths.last, let more = bits(2) else { return nil }
                    lengths += repeatElement(last, count: 3 + more)
                case 17:
                    guard let more = bits(3) else { return nil }
                    lengths += repeatElement(0, count: 3 + more)
                default:
                    guard let more = bits(7) else { return nil }
                    lengths += repeatElement(0, count: 11 + more)
                }
            }
            guard lengths.count == total else { return nil }
            return (Code(lengths.prefix(literals + 257)), Code(lengths.suffix(distances + 1)))
        }

        // MARK: Tables (3.2.5, 3.2.6)

        private static let fixedLengths = Code(
            (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
        private static let fixedDistances = Code((0..<30).map { _ in 5 })

        private static let lengths: [(base: Int, extra: Int)] =
            (0..<8).map { ($0 + 3, 0) }
            + (8..<28).map { ((4 + $0 & 3) << ($0 / 4 - 1) + 3, $0 / 4 - 1) } + [(258, 0)]
        private static let distances: [(base: Int, extra: Int)] =
            (0..<4).map { ($0 + 1, 0) } + (4..<30).map { ((2 + $0 & 1) << ($0 / 2 - 1) + 1, $0 / 2 - 1) }
    }
}
