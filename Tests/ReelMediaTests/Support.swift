import Foundation
import ReelMedia
import ReelModel
import ReelTestSupport
import Testing

/// A descriptor for the time of a closure.
func withDescriptor<Result>(_ path: String, writing: Bool = false, _ body: (CInt) throws -> Result) throws -> Result {
    let descriptor = open(path, writing ? O_RDWR | O_CREAT | O_TRUNC : O_RDONLY, 0o600)
    try #require(descriptor >= 0, "\(path) cannot be opened")
    defer { close(descriptor) }
    return try body(descriptor)
}

/// Makes `frames` pictures of a test pattern and as long a tone, H.264 and AAC, all with ReelMedia.
func makeClip(
    at path: String, frames: Int = 50, size: String = "320x240", format: String = "mp4",
    options: [String: String] = ["movflags": "+faststart"]
) throws {
    try withDescriptor(path, writing: true) { descriptor in
        let size = try #require(Size(size))
        let rate = try #require(Rational(25, 1))
        let timeBase = try #require(Rational(1, 25))
        let graph = try FilterGraph(
            "testsrc2=size=\(size):rate=25,format=yuv420p,trim=end_frame=\(frames)[v];"
                + "sine=440:sample_rate=48000,aformat=fltp:channel_layouts=stereo,"
                + "atrim=end_sample=\(frames * 48000 / 25)[a]",
            outputs: [.video("v"), .audio("a")], name: path)
        let video = try Encoder(
            VideoEncoding(
                codec: "libx264", size: size, pixelFormat: .yuv420p, timeBase: timeBase, frameRate: rate,
                options: ["preset": "ultrafast"]), name: path)
        let audio = try Encoder(AudioEncoding(sampleRate: 48000, channels: 2, bitRate: 96000), name: path)
        let frameSize = audio.frameSize
        graph.setFrameSize(try #require(frameSize), of: "a")
        let muxer = try Muxer(descriptor: descriptor, name: path, format: format)
        let videoStream = try muxer.addStream(video)
        let audioStream = try muxer.addStream(audio)
        try muxer.start(options: options)
        let frame = try Frame()
        let packet = try Packet()
        while try graph.pull(from: "v", into: frame) == .frame {
            frame.forgetPictureType()
            try video.encode(frame, into: packet) { packet throws(Failure) in
                try muxer.write(packet, to: videoStream, timeBase: timeBase)
            }
        }
        try video.finish(into: packet) { packet throws(Failure) in
            try muxer.write(packet, to: videoStream, timeBase: timeBase)
        }
        let audioTimeBase = audio.timeBase
        while try graph.pull(from: "a", into: frame) == .frame {
            try audio.encode(frame, into: packet) { packet throws(Failure) in
                try muxer.write(packet, to: audioStream, timeBase: audioTimeBase)
            }
        }
        try audio.finish(into: packet) { packet throws(Failure) in
            try muxer.write(packet, to: audioStream, timeBase: audioTimeBase)
        }
        try muxer.finish()
    }
}

/// Decodes a stream to its end: how many frames and samples came out, and the last picture's first bytes.
func decodeAll(_ path: String, _ kind: StreamInfo.Kind) throws -> (frames: Int, samples: Int, times: [Int64]) {
    try withDescriptor(path) { descriptor in
        let demuxer = try Demuxer(descriptor: descriptor, name: path)
        try demuxer.findStreamInfo()
        let best = demuxer.bestStream(kind)
        let stream = try #require(best)
        demuxer.select(streams: [stream.index])
        let decoder = try Decoder(demuxer, stream: stream.index)
        let packet = try Packet()
        let frame = try Frame()
        var result = (frames: 0, samples: 0, times: [Int64]())
        func drain() throws -> Bool {
            while true {
                switch try decoder.receive(into: frame) {
                case .frame:
                    result.frames += 1
                    result.samples += frame.sampleCount
                    let time = frame.time
                    result.times.append(try #require(time))
                case .needsPacket: return true
                case .end: return false
                }
            }
        }
        while try demuxer.read(into: packet) == .packet {
            while try decoder.send(packet) == .full { _ = try drain() }
            _ = try drain()
        }
        _ = try decoder.sendEnd()
        while try drain() {}
        return result
    }
}

/// Types and sizes of the boxes at the top of an ISO BMFF file, in order.
func topBoxes(_ path: String) throws -> [String] {
    let data = try Data(contentsOf: URL(filePath: path))
    var types: [String] = []
    var offset = 0
    while offset + 8 <= data.count {
        let size = data[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
        types.append(String(decoding: data[offset + 4..<offset + 8], as: UTF8.self))
        if size < 8 { break }
        offset += size
    }
    return types
}
