internal import ReelMedia
internal import ReelModel

/// A quick look at a film: the parts of a plan are decoded, each as if it were a film of its own, with the analyzers whose
/// findings hold for a part. What lies between is not read.
final class SamplingPass {
    /// More packets than this before a key frame of the picture: the file cannot be sought in.
    private static let patience = 2000

    private let scope: Scope
    private let threading: Threading
    private let origin: PresentationOrigin
    private let streams: [StreamInfo]
    /// The stream that leads: the picture, or in a file without one the sound.
    private let main: StreamInfo
    private let duration: Double
    private let decodable: Set<Int>
    private var joined: SampledFacts

    /// `nil` where there is nothing to choose parts of.
    init?(_ demuxer: borrowing Demuxer, _ scope: Scope, type: FileType?, _ threading: Threading) {
        guard type?.kind != .image, let duration = demuxer.duration else { return nil }
        let streams = demuxer.streams.filter { ($0.kind == .video || $0.kind == .audio) && !$0.isAttachedPicture }
        guard let main = streams.first(where: { $0.kind == .video }) ?? streams.first else { return nil }
        var decodable = Set<Int>()
        for stream in streams where Decodability.of(stream, demuxer) != .known(false) { decodable.insert(stream.index) }
        guard decodable.contains(main.index) else { return nil }
        var scope = scope
        scope.analyses.formIntersection(Analysis.ofSamples)
        self.scope = scope
        self.threading = threading
        self.streams = streams
        self.main = main
        self.duration = duration
        self.decodable = decodable
        origin = PresentationOrigin(demuxer)
        joined = SampledFacts(streams, main: main, leftOut: scope.leftOut)
    }

    /// - Parameters:
    ///   - demuxer: at the beginning of the file.
    ///   - survey: the same file again, to look for key frames in.
    /// - Returns: `doubtful` as soon as that shows, with the other parts unread.
    func run(
        _ demuxer: borrowing Demuxer, survey: borrowing Demuxer, name: String, progress: (Double) -> Void,
        cancellation: Cancellation
    ) throws(Failure) -> PassResult {
        let packet = try Packet()
        let plan = try SamplePlan(of: duration) { target throws(Failure) in
            try cancellation.check(subject: name)
            return try key(for: target, survey, packet)
        }
        guard let plan else { return .indivisible }
        let work = plan.parts.map { (part: $0, isAlone: false) } + plan.alone.map { (part: $0, isAlone: true) }
        for (place, (part, isAlone)) in work.enumerated() {
            let piece = SampledPiece(
                scope, origin, streams, main, decodable: decodable, isAlone: isAlone, part,
                // A picture alone has nothing for other threads to do.
                threading: isAlone ? .one : threading)
            try read(part, of: demuxer, into: piece, isAlone: isAlone, packet, name: name, cancellation)
            if piece.isDoubtful { return .doubtful }
            joined.add(piece)
            progress(Double(place + 1) / Double(work.count + 1))
        }
        progress(1)
        return .complete
    }

    func complete(_ facts: inout Facts) {
        facts.measured = joined.measured(of: duration)
    }

    /// The beginning is where a file that was just opened stands: not every demuxer finds back there.
    private func go(to target: Double, _ demuxer: borrowing Demuxer) throws(Failure) {
        guard target > 0 else { return }
        try demuxer.seek(toSeconds: target + origin.offset)
        _ = demuxer.takeErrors()
    }

    /// Goes to a time, and reads up to the first key frame of the leading stream; `nil` where that does not come about.
    private func key(
        for target: Double, _ demuxer: borrowing Demuxer, _ packet: borrowing Packet
    ) throws(Failure) -> Double? {
        do throws(Failure) {
            try go(to: target, demuxer)
            for _ in 0..<Self.patience {
                guard try demuxer.read(into: packet) == .packet else { return nil }
                guard packet.stream == main.index, packet.isKey else { continue }
                return packet.presentationTime.map { origin.seconds($0, main.timeBase) }
            }
        } catch  where error.kind != .interrupted {
            return nil
        }
        return nil
    }

    private func read(
        _ part: SamplePlan.Part, of demuxer: borrowing Demuxer, into piece: SampledPiece, isAlone: Bool,
        _ packet: borrowing Packet, name: String, _ cancellation: Cancellation
    ) throws(Failure) {
        try go(to: part.target, demuxer)
        var failures = 0
        while failures < Self.patience {
            try cancellation.check(subject: name)
            do throws(Failure) {
                guard try demuxer.read(into: packet) == .packet else { break }
            } catch {
                if error.kind == .interrupted { throw error }
                failures += 1
                piece.fail(error)
                continue
            }
            piece.note(demuxer.takeErrors())
            let isMain = packet.stream == main.index
            if isAlone {
                guard isMain, packet.isKey else { continue }
                piece.take(packet, demuxer)
                break
            }
            if isMain, let end = part.end, let time = packet.decodingTime ?? packet.presentationTime,
                origin.seconds(time, main.timeBase) >= end
            {
                break
            }
            piece.take(packet, demuxer)
        }
        piece.finish()
    }
}
