internal import ReelMedia
internal import ReelModel

/// Cuts a film of H.264 or HEVC at any frame and copies what it can: only the frames before the first key picture that
/// is kept, and those of the last group where it is cut short, are coded anew. What is copied stays as it was, byte for
/// byte, but for the kind of the first key picture where its group is open.
///
/// The pictures coded here have parameter sets of their own, under numbers that the film does not use, which stand
/// beside the film's in the container's header: nothing is said in the stream itself.
struct SmartCut {
    private let job: FitJob
    private let stream: StreamInfo
    /// In seconds of the file.
    private let span: TimeRange
    /// The most seconds that the result may last.
    private let longest: Double?
    private let store: CodedPictures
    /// Why the film cannot be cut so, where that is not that no group is kept whole.
    private(set) var obstacle: String?

    /// Codecs whose films are cut so.
    static let codecs: Set<String> = ["h264", "hevc"]

    /// What a cut came to: the pictures in the store, and the header that goes with them.
    struct Result {
        var pictures: [CodedPictures.Picture]
        var configuration: [UInt8]
        /// Frames that were coded anew.
        var head: Int
        var tail: Int

        /// How long the last picture lasts, in the stream's time base.
        func lasting(_ stream: StreamInfo) -> Int64 { SmartCut.pace(stream) }
    }

    private static func pace(_ stream: StreamInfo) -> Int64 {
        guard let rate = stream.averageFrameRate?.doubleValue, rate > 0 else { return 1 }
        return max(Int64(saturating: (1 / rate / stream.timeBase.doubleValue).rounded()), 1)
    }

    init(_ job: FitJob, _ stream: StreamInfo, span: TimeRange, longest: Double?) throws(Failure) {
        self.job = job
        self.stream = stream
        self.span = span
        self.longest = longest
        store = try CodedPictures(job.scratch)
    }

    var pictures: CodedPictures { store }

    /// - Returns: `nil` where nothing can be copied; see `obstacle`.
    mutating func carryOut(_ progress: ProgressSpan) throws(Failure) -> Result? {
        guard stream.scan != "interlaced" else { return hindered("it is coded in fields") }
        guard let size = stream.size, let format = stream.pixelFormat, Self.formats(stream.codec).contains(format.name)
        else { return hindered("its samples are of a kind that is not cut") }
        let demuxer = try job.demuxer()
        let record = demuxer.withConfiguration(of: stream.index) { [UInt8]($0) }
        guard var coding = Self.coding(stream.codec, record) else {
            return hindered("its parameter sets do not stand in the container's header")
        }
        guard let packets = try list(&coding, progress.part(0, 0.1)) else {
            return hindered("not each of its packets says when it is shown")
        }
        if let obstacle = coding.obstacle { return hindered(obstacle) }
        guard let plan = CutPlan(packets, from: ticks(span.start), to: end(of: packets)) else { return nil }
        let coder = SeamCoder(
            job: job, stream: stream, size: size, format: format, delay: CutPlan.delay(packets), coding: coding,
            store: store)
        let group = packets[plan.copied.lowerBound].bytes
        let head = try coder.encode(
            plan.head, spending: spending(packets, plan.head) + group, progress.part(0.1, 0.4))
        let middle = try copy(plan, of: packets, coding, progress.part(0.4, 0.6))
        let tail = try coder.encode(plan.tail, spending: spending(packets, plan.tail), progress.part(0.6, 0.9))
        let sets = head?.sets ?? tail?.sets
        guard [head, tail].allSatisfy({ $0?.isJoinable ?? true }), sets.map({ coding.add($0) }) ?? true else {
            return hindered("the encoder's parameter sets cannot be numbered anew")
        }
        return Result(
            pictures: (head?.pictures ?? []) + middle + (tail?.pictures ?? []), configuration: coding.configuration,
            head: head?.pictures.count ?? 0, tail: tail?.pictures.count ?? 0)
    }

    private mutating func hindered(_ why: String) -> Result? {
        obstacle = why
        return nil
    }

    /// Names of the formats of samples that are coded anew without a loss of depth.
    private static func formats(_ codec: String) -> Set<String> {
        codec == "hevc" ? ["yuv420p", "yuvj420p", "yuv420p10le"] : ["yuv420p", "yuvj420p"]
    }

    private static func coding(_ codec: String, _ record: [UInt8]) -> (any SeamCoding)? {
        codec == "hevc" ? HEVCSeam(record) : AVCSeam(record)
    }

    private func ticks(_ seconds: Double) -> Int64 {
        let ticks = (seconds / stream.timeBase.doubleValue - 0.01).rounded(.up)
        return Int64(min(max(ticks, -9e18), 9e18))
    }

    /// The first time that is not kept.
    private func end(of packets: [CutPlan.Packet]) -> Int64 {
        let end = ticks(span.end)
        guard let longest else { return end }
        let unit = stream.timeBase.doubleValue
        let limit = Int64(saturating: (span.start / unit).rounded() + (longest / unit + 1e-6).rounded(.down))
        return CutPlan.end(packets, from: ticks(span.start), to: end, by: limit, lasting: Self.pace(stream))
    }

    // MARK: What is there

    /// `nil` where a packet has no time at which it is shown: a cut would fall somewhere.
    private func list(
        _ coding: inout any SeamCoding, _ progress: ProgressSpan
    ) throws(Failure) -> [CutPlan.Packet]? {
        var packets: [CutPlan.Packet] = []
        var isTimed = true
        try forEachPacket(progress) { packet throws(Failure) in
            guard let time = packet.presentationTime else {
                isTimed = false
                return
            }
            let role = packet.withBytes { coding.look($0) }
            packets.append(
                CutPlan.Packet(
                    time: time, bytes: packet.size, isEntry: packet.isKey && role.isEntry, isLeading: role.isLeading))
        }
        return isTimed ? packets : nil
    }

    private func forEachPacket(
        _ progress: ProgressSpan, _ body: (borrowing Packet) throws(Failure) -> Void
    ) throws(Failure) {
        let demuxer = try job.demuxer()
        demuxer.select(streams: [stream.index])
        let packet = try Packet()
        let reader = PatientReader(job)
        while try reader.read(demuxer, into: packet) == .packet {
            try body(packet)
            if let length = demuxer.length, length > 0 {
                progress.report(Double(demuxer.position) / Double(length))
            }
        }
    }

    private func copy(
        _ plan: CutPlan, of packets: [CutPlan.Packet], _ coding: any SeamCoding, _ progress: ProgressSpan
    ) throws(Failure) -> [CodedPictures.Picture] {
        let first = plan.copied.lowerBound
        var copied: [CodedPictures.Picture] = []
        var place = 0
        try forEachPacket(progress) { packet throws(Failure) in
            defer { place += 1 }
            guard plan.copied.contains(place) else { return }
            let one = packets[place]
            guard packet.size == one.bytes else { throw job.changed() }
            guard one.time >= packets[first].time else { return }
            let entered = place == first && !plan.head.isEmpty ? packet.withBytes { coding.entered($0) } : nil
            if let entered {
                copied.append(try store.add(entered, time: one.time, isKey: true))
            } else {
                copied.append(
                    try packet.withBytes { bytes throws(Failure) in
                        try store.add(bytes, time: one.time, isKey: packet.isKey)
                    })
            }
        }
        return copied
    }

    /// What the frames of these times took.
    private func spending(_ packets: [CutPlan.Packet], _ times: Range<Int64>) -> Int {
        packets.reduce(0) { times.contains($1.time) ? $0 + $1.bytes : $0 }
    }
}
