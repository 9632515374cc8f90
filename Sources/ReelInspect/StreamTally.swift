internal import ReelMedia
internal import ReelModel

/// What was found of one stream: in its packets, and, where it was decoded, in its frames.
struct StreamTally: Sendable {
    let info: StreamInfo
    let origin: PresentationOrigin

    private(set) var packets = 0
    /// Packets that no edit list cuts off.
    private(set) var packetsShown = 0
    private(set) var bytes: Int64 = 0
    /// Of packets that are shown, in order of presentation; where some have no such time, in order of decoding.
    var packetTimes: FrameIntervals {
        var times = lacksPresentationTimes ? decodingTimes : presentationTimes
        times.flush()
        return times
    }
    private var presentationTimes = FrameIntervals()
    private var decodingTimes = FrameIntervals()
    private var lacksPresentationTimes = false
    /// The latest end of a packet, in time base units.
    private(set) var packetEnd: Int64?

    private(set) var frames = 0
    private(set) var samples: Int64 = 0
    private(set) var frameTimes = FrameIntervals()
    private(set) var lastDuration: Int64 = 0
    private(set) var lastSamples = 0
    private(set) var sampleRate: Int?
    private(set) var sizes: [Size] = []
    private(set) var orientation: Int?

    init(_ info: StreamInfo, _ origin: PresentationOrigin) {
        self.info = info
        self.origin = origin
    }

    func seconds(_ stamp: Int64) -> Double { origin.seconds(stamp, info.timeBase) }

    mutating func add(_ packet: borrowing Packet) {
        packets += 1
        bytes += Int64(packet.size)
        guard !packet.isDiscarded else { return }
        packetsShown += 1
        if let time = packet.presentationTime {
            presentationTimes.add(unordered: time)
        } else {
            lacksPresentationTimes = true
        }
        if let time = packet.decodingTime { decodingTimes.add(unordered: time) }
        guard let time = packet.presentationTime ?? packet.decodingTime else { return }
        packetEnd = max(packetEnd ?? .min, time.clamped(plus: max(packet.duration, 0)))
    }

    /// A decoded frame; its span in seconds, where its time is known.
    mutating func add(_ frame: borrowing Frame) -> TimeRange? {
        frames += 1
        if info.kind == .audio {
            samples += Int64(frame.sampleCount)
            lastSamples = frame.sampleCount
            sampleRate = frame.sampleRate
        } else {
            if !sizes.contains(frame.size), sizes.count < 64 { sizes.append(frame.size) }
            if frames == 1 { orientation = frame.metadata["Orientation"].flatMap { Int($0.trimmingSpaces) } }
            lastDuration = frame.duration
        }
        // Some containers give times to only some frames: the others follow at the same distance.
        guard let time = frame.time ?? following else { return nil }
        frameTimes.add(time)
        return TimeRange(start: seconds(time), end: end ?? seconds(time))
    }

    /// When the frame after the last one is due.
    private var following: Int64? {
        guard info.kind == .video, let last = frameTimes.last else { return nil }
        let usual = min((frameTimes.average ?? 0).rounded(), 0x1p62)
        return last.clamped(plus: lastDuration > 0 ? lastDuration : Int64(usual))
    }

    /// Where the last frame ends, in seconds.
    private var end: Double? {
        guard let last = frameTimes.last else { return nil }
        if info.kind == .audio {
            guard let sampleRate, sampleRate > 0 else { return seconds(last) }
            return seconds(last) + Double(lastSamples) / Double(sampleRate)
        }
        let duration = lastDuration > 0 ? Double(lastDuration) : frameTimes.average ?? 0
        return seconds(last) + duration * info.timeBase.doubleValue
    }

    /// From the first frame's start to the last one's end.
    var decodedSpan: TimeRange? {
        guard let first = frameTimes.first, let end else { return nil }
        return TimeRange(start: seconds(first), end: end)
    }

    /// From the first packet's start to the latest end of one.
    var packetSpan: TimeRange? {
        let times = packetTimes
        guard let first = times.first, let packetEnd else { return nil }
        // Where packets do not say how long they last, the last is as long as the others.
        let silent = packetEnd == times.last ? times.average ?? 0 : 0
        return TimeRange(start: seconds(first), end: seconds(packetEnd) + silent * info.timeBase.doubleValue)
    }

    var measured: MeasuredStream {
        MeasuredStream(
            index: info.index, packets: packets, frames: frames, samples: samples, span: decodedSpan, sizes: sizes)
    }
}

extension String {
    /// Without the spaces at both ends.
    fileprivate var trimmingSpaces: Substring {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
