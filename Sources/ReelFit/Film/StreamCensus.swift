internal import ReelMedia
internal import ReelModel

/// What is really in a file's streams, counted packet by packet; headers only estimate it.
struct StreamCensus: Sendable {
    struct Entry: Sendable {
        var packets = 0
        var bytes: Int64 = 0
        /// Presentation times of all packets, in the stream's time base, in order of time; of pictures only.
        var times: [Int64] = []
        /// How many pictures are decoded before the first of them is shown.
        var delay = 0
        /// Whether the container leaves open when some are decoded.
        var lacksDecodingTimes = false
        /// Seconds, from the file's own zero.
        var start: Double?
        var end: Double?
    }

    private(set) var entries: [Int: Entry] = [:]
    private var units: [Int: Rational] = [:]

    /// Reads every packet of these streams.
    init(_ job: FitJob, streams: [Int], progress: ProgressSpan) throws(Failure) {
        let demuxer = try job.demuxer()
        let infos = demuxer.streams
        for info in infos { units[info.index] = info.timeBase }
        demuxer.select(streams: Set(streams))
        let packet = try Packet()
        let reader = PatientReader(job)
        while try reader.read(demuxer, into: packet) == .packet {
            guard infos.indices.contains(packet.stream) else { continue }
            let info = infos[packet.stream]
            entries[info.index, default: Entry()].count(packet, info)
            if let length = demuxer.length, length > 0 {
                progress.report(Double(demuxer.position) / Double(length))
            }
        }
        for index in entries.keys { entries[index]?.sortTimes() }
    }

    /// Seconds at which the first of all kept streams begins, from the file's own zero.
    var origin: Double { entries.values.compactMap(\.start).min() ?? 0 }
    /// Seconds at which the last of them ends.
    var end: Double { entries.values.compactMap(\.end).max() ?? 0 }
}

extension StreamCensus.Entry {
    /// From the order of decoding to that of display.
    fileprivate mutating func sortTimes() {
        let decoded = times
        times.sort()
        guard times != decoded else { return }
        var ranks: [Int64: Int] = [:]
        for (rank, time) in times.enumerated() { ranks[time] = rank }
        delay = decoded.enumerated().lazy.map { $0 - (ranks[$1] ?? $0) }.max() ?? 0
    }

    fileprivate mutating func count(_ packet: borrowing Packet, _ info: StreamInfo) {
        packets += 1
        bytes += Int64(packet.size)
        guard !packet.isDiscarded, let time = packet.presentationTime ?? packet.decodingTime else { return }
        if info.kind == .video {
            times.append(time)
            if packet.decodingTime == nil { lacksDecodingTimes = true }
        }
        let from = info.timeBase.seconds(time)
        // What sounds before zero is the decoder's run-up, which containers place there to have it cut off.
        let presented = info.kind == .audio ? max(from, 0) : from
        start = min(start ?? presented, presented)
        end = max(end ?? from, info.timeBase.seconds(time &+ packet.duration))
    }
}

extension StreamCensus {
    /// A time to begin at; where a picture begins within a millisecond behind it, the picture's own: MP4 tells how much
    /// later than the sound a picture begins in milliseconds, and less than one misleads players to before its start.
    func start(at seconds: Double, ofPictureIn stream: Int?) -> Double {
        guard let stream, let entry = entries[stream], let unit = units[stream] else { return seconds }
        let first = entry.times.lazy.map { unit.seconds($0) }.first { $0 >= seconds }
        return first.map { $0 - seconds < 0.001 ? $0 : seconds } ?? seconds
    }
}

/// Reads on after damage, but not for ever.
final class PatientReader {
    private static let patience = 1000

    private let job: FitJob
    /// Places at which the container was damaged.
    private(set) var faults = 0

    init(_ job: FitJob) { self.job = job }

    func read(_ demuxer: borrowing Demuxer, into packet: borrowing Packet) throws(Failure) -> Demuxer.Step {
        while true {
            try job.checkCancelled()
            do throws(Failure) {
                return try demuxer.read(into: packet)
            } catch {
                faults += 1
                if error.kind == .interrupted || faults > Self.patience { throw error }
            }
        }
    }
}
