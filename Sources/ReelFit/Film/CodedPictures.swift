internal import ReelMedia
internal import ReelModel
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A film's coded pictures in a scratch file, in the order in which they are decoded, so that a part of them can be
/// coded anew and the rest kept.
final class CodedPictures {
    struct Picture: Sendable, Hashable {
        var offset: Int64
        var bytes: Int
        /// When it is shown, in the coded stream's time base.
        var time: Int64
        var isKey: Bool
    }

    private let file: OwnedFile
    private var end: Int64 = 0

    init(_ scratch: ScratchFolder) throws(Failure) { file = OwnedFile(try scratch.makeFile("picture")) }

    /// Puts a picture behind all others.
    func add(_ bytes: UnsafeRawBufferPointer, time: Int64, isKey: Bool) throws(Failure) -> Picture {
        try file.media.write(bytes, at: end)
        let picture = Picture(offset: end, bytes: bytes.count, time: time, isKey: isKey)
        end += Int64(bytes.count)
        return picture
    }

    func add(_ bytes: [UInt8], time: Int64, isKey: Bool) throws(Failure) -> Picture {
        try bytes.withUnsafeBufferPointer { (bytes) throws(Failure) in
            try add(UnsafeRawBufferPointer(bytes), time: time, isKey: isKey)
        }
    }

    func read(_ picture: Picture, into buffer: inout [UInt8]) throws(Failure) {
        if buffer.count < picture.bytes { buffer = [UInt8](repeating: 0, count: picture.bytes * 2) }
        try file.media.read(&buffer, count: picture.bytes, at: picture.offset)
    }
}

extension CodedPictures.Picture {
    /// When each of these is decoded: as late as each can be shown in time, and one after the other. (ISO/IEC 14496-12,
    /// 8.6.1: decoding times rise, and composition offsets lead from them to the times of display.)
    static func decodingTimes(_ pictures: [Self]) -> [Int64] {
        let sorted = pictures.map(\.time).sorted()
        let delay = zip(pictures.indices, ranks(pictures)).map { $0 - $1 }.max() ?? 0
        return pictures.indices.map { place in
            if place >= delay { return sorted[place - delay] }
            return sorted[0] &- (sorted[min(delay, sorted.count - 1)] &- sorted[place])
        }
    }

    /// The place of each in order of display.
    static func ranks(_ pictures: [Self]) -> [Int] {
        var ranks = [Int](repeating: 0, count: pictures.count)
        let order = pictures.indices.sorted { pictures[$0].time < pictures[$1].time }
        for (rank, place) in order.enumerated() { ranks[place] = rank }
        return ranks
    }

    /// Runs of pictures that are shown equally long after they are decoded: each is an entry of a table.
    static func runs(_ pictures: [Self]) -> Int {
        let offsets = zip(pictures, decodingTimes(pictures)).map { $0.time &- $1 }
        return zip(offsets, offsets.dropFirst()).count { $0 != $1 } + min(offsets.count, 1)
    }
}
