internal import ReelMedia
internal import ReelModel

/// What has to be known of a GIF as a whole before it is made anew.
struct AnimationSurvey: Sendable, Hashable {
    /// How often it is repeated: -1 is never, 0 without end.
    let loops: Int
    /// How long the last picture is shown, in hundredths of a second.
    let lastDelay: Int64
    /// Whether one palette holds all colours, besides that of what is transparent.
    let isExact: Bool

    private static let mostColors = 255

    init(_ job: FitJob, _ stream: StreamInfo, _ progress: ProgressSpan) throws(Failure) {
        let length = Int(min(try job.input.bytes(), 1 << 16))
        var head = [UInt8](repeating: 0, count: length)
        try job.input.read(&head, count: length, at: 0)
        loops = Self.loops(head)
        let demuxer = try job.demuxer()
        demuxer.select(streams: [stream.index])
        let packet = try Packet()
        let reader = PatientReader(job)
        var last: Int64 = 0
        while try reader.read(demuxer, into: packet) == .packet { last = packet.duration }
        lastDelay = min(max(Int64(saturating: (stream.timeBase.seconds(last) * 100).rounded()), 0), 0xFFFF)
        var colors: Set<UInt32> = []
        try PictureReader(job, stream, nil, span: nil).forEach { frame, seconds throws(Failure) in
            if colors.count <= Self.mostColors { Self.count(frame, into: &colors) }
            progress.report(seconds / max(stream.duration.map { stream.timeBase.seconds($0) } ?? 1, 0.01))
        }
        isExact = colors.count <= Self.mostColors
    }

    /// Of what can be seen.
    private static func count(_ frame: borrowing Frame, into colors: inout Set<UInt32>) {
        var found = colors
        frame.withPlane(0) { rows in
            var last: UInt32 = 0
            for row in 0..<rows.count where found.count <= mostColors {
                let bytes = rows[row]
                for start in stride(from: 0, to: bytes.count - 3, by: 4) where bytes[start + 3] >= 128 {
                    let color =
                        1 << 24 | UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2])
                    if color != last {
                        found.insert(color)
                        last = color
                    }
                }
            }
        }
        colors = found
    }

    /// By the block that Netscape brought in, which stands before the first picture.
    static func loops(_ head: [UInt8]) -> Int {
        let name = Array("NETSCAPE2.0".utf8)
        guard head.count > name.count + 5 else { return -1 }
        for start in 0..<head.count - name.count - 5 where head[start] == name[0] {
            let values = start + name.count
            guard head[start..<values].elementsEqual(name), head[values] == 3, head[values + 1] == 1 else { continue }
            return Int(head[values + 2]) | Int(head[values + 3]) << 8
        }
        return -1
    }
}
