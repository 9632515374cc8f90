internal import ReelModel

/// Runs of zero bytes in coded packets. Pieces in several packets that touch in the file are one run, whichever streams
/// they belong to; memory is flat.
struct ZeroRuns {
    /// Bytes from which on a run is told: a page of memory or of a disk.
    static let least = 4096
    /// Any run as long as `least` covers one of these places with eight bytes, so nothing else has to be looked at.
    private static let stride = 2048
    private static let kept = 256

    private struct Piece {
        var range: Range<Int64>
        var stream: Int
        var time: Double?
    }

    /// In order of place, none touching another.
    private var pieces: [Piece] = []
    /// Of packets whose place is not known.
    private var placeless: [StructureFault] = []

    /// - Parameters:
    ///   - place: of its first byte in the file.
    ///   - mayBeFilled: whether zeros up to the packet's end, or up to a start code, are filling.
    mutating func look(
        _ packet: CodedBytes, at place: Int64?, stream: Int, time: @autoclosure () -> Double?, mayBeFilled: Bool
    ) {
        guard packet.count >= 8 else {
            if packet.count > 0, packet.zeros(from: 0) == packet.count {
                add(0..<packet.count, of: packet, place, stream, time(), mayBeFilled)
            }
            return
        }
        var at = 0
        var covered = 0
        while at + 8 <= packet.count {
            if packet.isZero(at: at) {
                let start = at - packet.zeros(before: at)
                let end = at + packet.zeros(from: at)
                add(start..<end, of: packet, place, stream, time(), mayBeFilled)
                covered = end
                // On to the next place that is looked at anyhow.
                at = (end / Self.stride + 1) * Self.stride
            } else {
                at += Self.stride
            }
        }
        // A run that goes on in the next packet.
        let tail = packet.count - 8
        if covered < packet.count, packet.isZero(at: tail) {
            let start = tail - packet.zeros(before: tail)
            add(start..<packet.count, of: packet, place, stream, time(), mayBeFilled)
        }
    }

    private mutating func add(
        _ run: Range<Int>, of packet: CodedBytes, _ place: Int64?, _ stream: Int, _ time: Double?, _ mayBeFilled: Bool
    ) {
        // Up to a start code (00 00 01) or the end, zeros may be stuffed (ISO/IEC 13818-2, 5.2.3; ITU-T H.264, annex B).
        if mayBeFilled, run.upperBound == packet.count || packet[run.upperBound] == 1 { return }
        guard let place else {
            if run.count >= Self.least, placeless.count < StructureFault.limit {
                placeless.append(Self.fault(offset: nil, bytes: Int64(run.count), stream, time))
            }
            return
        }
        let lower = place.clamped(plus: Int64(run.lowerBound))
        join(Piece(range: lower..<lower.clamped(plus: Int64(run.count)), stream: stream, time: time))
    }

    private mutating func join(_ new: Piece) {
        var piece = new
        var at = pieces.firstIndex { $0.range.upperBound >= piece.range.lowerBound } ?? pieces.count
        while at < pieces.count, pieces[at].range.lowerBound <= piece.range.upperBound {
            let old = pieces.remove(at: at)
            if old.range.lowerBound <= piece.range.lowerBound {
                piece.stream = old.stream
                piece.time = old.time
            }
            piece.range =
                min(old.range.lowerBound, piece.range.lowerBound)..<max(old.range.upperBound, piece.range.upperBound)
        }
        pieces.insert(piece, at: at)
        guard pieces.count > Self.kept else { return }
        if let smallest = pieces.indices.min(by: { pieces[$0].range.count < pieces[$1].range.count }) {
            at = smallest
            pieces.remove(at: at)
        }
    }

    /// What is long enough to be told, in order of place.
    var faults: [StructureFault] {
        pieces.filter { $0.range.count >= Self.least }
            .map { Self.fault(offset: $0.range.lowerBound, bytes: Int64($0.range.count), $0.stream, $0.time) }
            + placeless
    }

    private static func fault(offset: Int64?, bytes: Int64, _ stream: Int, _ time: Double?) -> StructureFault {
        StructureFault(
            .zeroedRange, offset: offset, bytes: bytes, stream: stream, time: time,
            "\(Figure.grouped(bytes)) bytes of coded media are zero")
    }
}
