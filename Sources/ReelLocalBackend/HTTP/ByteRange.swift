/// The part of a file that a `Range` header asks for (RFC 9110, 14).
enum ByteRange: Hashable {
    case whole
    case part(Range<Int>)
    case unsatisfiable

    /// One range is honoured; a header that is not understood, or asks for several, is ignored, as the standard allows.
    init(header: String?, length: Int) {
        guard let header, header.lowercased().hasPrefix("bytes=") else {
            self = .whole
            return
        }
        let ends = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, !header.contains(",") else {
            self = .whole
            return
        }
        switch (Int(ends[0]), Int(ends[1])) {
        case (let first?, let last?) where ends[0].allSatisfy(\.isNumber) && first <= last:
            self = first < length ? .part(first..<min(last, length - 1) + 1) : .unsatisfiable
        case (let first?, nil) where ends[1].isEmpty && first >= 0:
            self = first < length ? .part(first..<length) : .unsatisfiable
        case (nil, let count?) where ends[0].isEmpty && count >= 0:
            self = count > 0 && length > 0 ? .part(max(0, length - count)..<length) : .unsatisfiable
        case _: self = .whole
        }
    }
}
