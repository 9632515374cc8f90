internal import ReelMedia
internal import ReelModel

/// One stream of subtitles, written once as timed text into a scratch file, from where it is copied like coded sound.
struct TextTrack: Sendable {
    let file: OwnedFile
    /// What of it is not kept, in words.
    let losses: [String]

    private static let unit = Rational.millisecond
    /// Seconds that words are shown for whose end the container does not tell.
    private static let usual = 4.0

    /// - Parameters:
    ///   - streams: of text, which `TextMarkup` reads.
    ///   - baseline: what becomes zero, in seconds of the file.
    ///   - end: of what is kept, in seconds of the file.
    /// - Returns: A track for each stream in which there are words, in their order.
    static func make(
        _ job: FitJob, _ streams: [StreamInfo], baseline: Double, end: Double, _ progress: ProgressSpan
    ) throws(Failure) -> [TextTrack] {
        guard !streams.isEmpty else { return [] }
        var markups: [Int: TextMarkup] = [:]
        for stream in streams { markups[stream.index] = TextMarkup(stream.codec) }
        var cues: [Int: [TextCue]] = [:]
        let demuxer = try job.demuxer()
        demuxer.select(streams: Set(streams.map(\.index)))
        let packet = try Packet()
        let reader = PatientReader(job)
        let limit = Int64(saturating: ((end - baseline) * 1000).rounded(.down))
        while try reader.read(demuxer, into: packet) == .packet {
            if let length = demuxer.length, length > 0 {
                progress.report(Double(demuxer.position) / Double(length))
            }
            let index = packet.stream
            guard let stream = streams.first(where: { $0.index == index }),
                let time = packet.presentationTime ?? packet.decodingTime,
                let text = markups[index]?.read(packet.withBytes { [UInt8]($0) })
            else { continue }
            let start = stream.timeBase.seconds(time) - baseline
            let lasting = packet.duration > 0 ? stream.timeBase.seconds(packet.duration) : usual
            func milliseconds(_ seconds: Double) -> Int64 {
                min(max(Int64(saturating: (seconds * 1000).rounded()), 0), max(limit, 0))
            }
            let from = milliseconds(start)
            cues[index, default: []].append(
                TextCue(span: from..<max(milliseconds(start + lasting), from), text: text))
        }
        var tracks: [TextTrack] = []
        for stream in streams {
            let apart = TextCue.apart(cues[stream.index] ?? [])
            guard !apart.isEmpty else { continue }
            let losesLooks = markups[stream.index]?.losesLooks ?? false
            tracks.append(
                TextTrack(
                    file: try write(job, apart, stream),
                    losses: losesLooks
                        ? ["the subtitles of stream \(stream.index) lost colours, places and fonts"] : []))
        }
        return tracks
    }

    /// - Parameter cues: one after the other. The muxer clears the picture between them, and before the first, so that no
    ///   edit list is needed to tell when that is shown.
    private static func write(_ job: FitJob, _ cues: [TextCue], _ stream: StreamInfo) throws(Failure) -> OwnedFile {
        let file = OwnedFile(try job.scratch.makeFile("text"))
        let muxer = try Muxer(
            descriptor: file.media.descriptor, name: file.media.name, format: "mp4", cancellation: job.cancellation)
        let output = try muxer.addText(
            configuration: TimedText.configuration, timeBase: unit, language: stream.metadata["language"])
        try muxer.start()
        let packet = try Packet()
        for cue in cues {
            try TimedText.sample(cue.text).withUnsafeBufferPointer { (bytes) throws(Failure) in
                try packet.hold(UnsafeRawBufferPointer(bytes), isKey: true)
            }
            packet.presentationTime = cue.span.lowerBound
            packet.decodingTime = cue.span.lowerBound
            packet.duration = cue.span.upperBound - cue.span.lowerBound
            try muxer.write(packet, to: output, timeBase: unit)
        }
        try muxer.finish()
        return file
    }
}
