internal import ReelMedia
internal import ReelModel

/// The file that is being made: its picture and, where there is any, its sound, coded and interleaved.
final class Film {
    private let muxer: Muxer
    private let video: Encoder
    private let videoStream: Int
    private let videoTimeBase: Rational
    private let sound: Sound?
    private let packet: Packet

    /// Samples in a block of AAC-LC (ISO/IEC 14496-3, 4.1.1.1).
    static let soundBlock = 1024

    private final class Sound {
        let encoder: Encoder
        let stream: Int

        init(_ encoder: consuming Encoder, stream: Int) {
            self.encoder = encoder
            self.stream = stream
        }
    }

    init(
        descriptor: CInt, name: String, canvas: Size, timeline: Timeline, hasSound: Bool, cancellation: Cancellation
    ) throws(Failure) {
        let muxer = try Muxer(descriptor: descriptor, name: name, format: "mp4", cancellation: cancellation)
        let video = try Encoder(Self.picture(canvas, timeline), name: name)
        let videoStream = try muxer.addStream(video)
        var sound: Sound?
        if hasSound {
            let encoder = try Encoder(
                AudioEncoding(codec: "aac", sampleRate: Timeline.sampleRate, channels: 2, bitRate: 160_000), name: name)
            let stream = try muxer.addStream(encoder)
            sound = Sound(encoder, stream: stream)
        }
        try muxer.start(options: ["movflags": "+faststart"])
        let packet = try Packet()
        self.muxer = muxer
        self.video = video
        self.videoStream = videoStream
        videoTimeBase = timeline.timeBase
        self.sound = sound
        self.packet = packet
    }

    /// What services take and every player shows: High profile, a key frame every two seconds so that seeking is
    /// quick, and a speed at which a film is made faster than it plays. Quicker settings (`superfast`, or less search
    /// between pixels) saved hardly any time where a noisy photograph is zoomed, and took 1.4 to 2.4 times the bytes.
    private static func picture(_ canvas: Size, _ timeline: Timeline) -> VideoEncoding {
        let keyInterval = max(Int((timeline.frameRate.doubleValue * 2).rounded()), 1)
        return VideoEncoding(
            codec: "libx264", size: canvas, pixelFormat: .yuv420p, timeBase: timeline.timeBase,
            frameRate: timeline.frameRate, sampleAspectRatio: Rational(1),
            options: ["preset": "veryfast", "crf": "20", "profile": "high", "g": "\(keyInterval)"],
            color: .bt709)
    }

    /// Adds the picture of a frame.
    func add(picture frame: borrowing Frame, at index: Int) throws(Failure) {
        frame.time = Int64(index)
        frame.forgetPictureType()
        try video.encode(frame, into: packet) { packet throws(Failure) in try write(video: packet) }
    }

    /// Adds the next samples, `soundBlock` of them unless they are the last.
    func add(sound block: StereoBlock, at position: Int) throws(Failure) {
        guard let sound, block.count > 0 else { return }
        let frame = try Frame(audio: block.count, sampleRate: Timeline.sampleRate, channels: 2)
        try frame.withWritableSamples(channel: 0) { samples throws(Failure) in _ = samples.update(from: block.left) }
        try frame.withWritableSamples(channel: 1) { samples throws(Failure) in _ = samples.update(from: block.right) }
        frame.time = Int64(position)
        try sound.encoder.encode(frame, into: packet) { packet throws(Failure) in try write(sound, packet) }
    }

    /// Writes what the encoders hold back, and the index in front of it all.
    func finish() throws(Failure) {
        try video.finish(into: packet) { packet throws(Failure) in try write(video: packet) }
        if let sound {
            try sound.encoder.finish(into: packet) { packet throws(Failure) in try write(sound, packet) }
        }
        try muxer.finish()
    }

    private func write(video packet: borrowing Packet) throws(Failure) {
        // The encoder does not say it, and without it the last frame would last no time.
        packet.duration = 1
        try muxer.write(packet, to: videoStream, timeBase: videoTimeBase)
    }

    private func write(_ sound: Sound, _ packet: borrowing Packet) throws(Failure) {
        try muxer.write(packet, to: sound.stream, timeBase: sound.encoder.timeBase)
    }
}
