import Foundation
import ReelMedia
import ReelModel
import ReelTestSupport
import Testing

struct `Files made and read back` {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `what was encoded is decoded, frame for frame and sample for sample`() throws {
        let path = folder.path("a.mp4")
        try makeClip(at: path, frames: 50)
        let video = try decodeAll(path, .video)
        #expect(video.frames == 50)
        #expect(Set(zip(video.times, video.times.dropFirst()).map { $1 - $0 }).count == 1)
        let audio = try decodeAll(path, .audio)
        // The last block of AAC is padded to its full length.
        #expect((96000..<96000 + 1024).contains(audio.samples))
    }

    @Test(arguments: [(StreamInfo.Kind.video, 1, false), (.video, 3, true), (.audio, 3, false)])
    func `whether several threads decode is known`(kind: StreamInfo.Kind, threads: Int, isThreaded: Bool) throws {
        try makeClip(at: folder.path("a.mp4"))
        try withDescriptor(folder.path("a.mp4")) {
            let demuxer = try Demuxer(descriptor: $0, name: "a.mp4")
            let best = demuxer.bestStream(kind)
            let decoder = try Decoder(demuxer, stream: try #require(best).index, threads: threads)
            let found = decoder.isThreaded
            #expect(found == isThreaded)
        }
    }

    @Test func `the index goes first over the same descriptor`() throws {
        try makeClip(at: folder.path("first.mp4"))
        #expect(try topBoxes(folder.path("first.mp4")) == ["ftyp", "moov", "free", "mdat"])
        try makeClip(at: folder.path("last.mp4"), options: [:])
        #expect(try topBoxes(folder.path("last.mp4")) == ["ftyp", "free", "mdat", "moov"])
        #expect(try decodeAll(folder.path("first.mp4"), .video).frames == 50)
    }

    /// The second of these widths is one at which x264 would read memory that nobody wrote: see `X264Vectors`.
    @Test(arguments: ["320x240", "180x320"])
    func `the same input gives the same bytes`(size: String) throws {
        let first = folder.path("first.mp4")
        try makeClip(at: first, size: size)
        for run in 0..<4 {
            // Memory that was used before, and differently each time.
            let used = (0..<64).map { [UInt8](repeating: UInt8(run * 60 + 15), count: $0 * 4096 + 64) }
            #expect(used.count == 64)
            let again = folder.path("again.mp4")
            try makeClip(at: again, size: size)
            #expect(try Data(contentsOf: URL(filePath: first)) == Data(contentsOf: URL(filePath: again)))
        }
    }

    @Test func `an independent judge agrees about the result`() throws {
        let path = folder.path("a.mp4")
        try makeClip(at: path, frames: 50)
        let entries = "stream=codec_name,width,height,nb_read_frames,r_frame_rate,channels,sample_rate"
        let told = try ExternalTool.ffprobe.run([
            "-v", "error", "-count_frames", "-show_entries", entries, "-of", "csv=p=0", path,
        ]).output
        #expect(told.split(separator: "\n") == ["h264,320,240,25/1,50", "aac,48000,2,0/0,94"])
    }

    @Test(arguments: [("matroska", "mkv"), ("mpegts", "ts"), ("mov", "mov"), ("flv", "flv")])
    func `a remux keeps every packet's bytes`(format: String, fileExtension: String) throws {
        let source = folder.path("a.mp4")
        let target = folder.path("b.\(fileExtension)")
        try makeClip(at: source)
        try remux(source, to: target, format: format)
        let back = folder.path("c.mp4")
        try remux(target, to: back, format: "mp4")
        #expect(try decodeAll(back, .video).frames == 50)
        let hash = ["-v", "error", "-map", "0:v", "-f", "framehash", "-hash", "md5", "-"]
        func hashes(_ path: String) throws -> [Substring] {
            try ExternalTool.ffmpeg.run(["-i", path] + hash).output.split(separator: "\n")
                .filter { !$0.hasPrefix("#") }.compactMap { $0.split(separator: ",").last }
        }
        #expect(try hashes(source) == hashes(back))
    }

    @Test func `a stream that is read over shared descriptors is read whole by each`() throws {
        let path = folder.path("a.mp4")
        try makeClip(at: path, frames: 10)
        try withDescriptor(path) { descriptor in
            let first = try Demuxer(descriptor: descriptor, name: path)
            let second = try Demuxer(descriptor: descriptor, name: path)
            let packet = try Packet()
            var counts = [0, 0]
            var more = true
            while more {
                more = false
                if try first.read(into: packet) == .packet {
                    counts[0] += 1
                    more = true
                }
                if try second.read(into: packet) == .packet {
                    counts[1] += 1
                    more = true
                }
            }
            #expect(counts[0] > 20)
            #expect(counts[0] == counts[1])
        }
    }

    @Test func `seeking goes to the key frame at or before`() throws {
        let path = folder.path("a.mp4")
        try makeClip(at: path, frames: 300, size: "64x48")
        try withDescriptor(path) { descriptor in
            let demuxer = try Demuxer(descriptor: descriptor, name: path)
            let best = demuxer.bestStream(.video)
            let stream = try #require(best)
            demuxer.select(streams: [stream.index])
            try demuxer.seek(toSeconds: 11)
            let packet = try Packet()
            let step = try demuxer.read(into: packet)
            #expect(step == .packet)
            let (isKey, time) = (packet.isKey, packet.presentationTime)
            #expect(isKey)
            // x264 puts a key frame every 250 frames unless it is told otherwise.
            #expect(stream.timeBase.seconds(try #require(time)) == 10)
        }
    }

    private func remux(_ source: String, to target: String, format: String) throws {
        try withDescriptor(source) { input in
            try withDescriptor(target, writing: true) { output in
                let demuxer = try Demuxer(descriptor: input, name: source)
                try demuxer.findStreamInfo()
                let muxer = try Muxer(descriptor: output, name: target, format: format)
                let streams = demuxer.streams
                for stream in streams { _ = try muxer.addStream(copying: stream.index, of: demuxer) }
                try muxer.start()
                let packet = try Packet()
                while try demuxer.read(into: packet) == .packet {
                    let stream = packet.stream
                    try muxer.write(packet, to: stream, timeBase: streams[stream].timeBase)
                }
                try muxer.finish()
            }
        }
    }
}
