import Foundation
import ReelMedia
import ReelModel
import ReelTestSupport
import Testing

private func expect(
    _ expected: FilterGraph.Pulled, _ pulled: FilterGraph.Pulled, at location: SourceLocation = #_sourceLocation
) {
    #expect(pulled == expected, sourceLocation: location)
}

struct `Frames and graphs` {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `a written picture goes through a graph and comes out as it should`() throws {
        let frame = try Frame(video: Size(width: 5, height: 3), pixelFormat: .yuv420p)
        for plane in 0..<3 {
            try frame.withWritablePlane(plane) { rows throws(Failure) in
                #expect(rows.count == (plane == 0 ? 3 : 2))
                #expect(rows.rowBytes == (plane == 0 ? 5 : 3))
                for row in 0..<rows.count {
                    for column in 0..<rows.rowBytes {
                        rows[row][column] = plane == 0 ? UInt8(10 * row + column) : 128
                    }
                }
            }
        }
        frame.time = 7
        let graph = try FilterGraph(
            "[in]vflip[out]",
            inputs: [
                .video(
                    "in", size: frame.size, pixelFormat: .yuv420p, timeBase: try #require(Rational(1, 30)),
                    frameRate: Rational(30))
            ], outputs: [.video("out")], name: "test")
        let flipped = try Frame()
        expect(.needsInput, try graph.pull(from: "out", into: flipped))
        try graph.push(frame, to: "in")
        expect(.frame, try graph.pull(from: "out", into: flipped))
        let time = flipped.time
        #expect(time == 7)
        let rows = flipped.withPlane(0) { rows in (0..<rows.count).map { Array(rows[$0]) } }
        #expect(rows == [[20, 21, 22, 23, 24], [10, 11, 12, 13, 14], [0, 1, 2, 3, 4]])
        try graph.finish("in")
        expect(.end, try graph.pull(from: "out", into: flipped))
    }

    @Test func `written sound is mixed from several inputs`() throws {
        let timeBase = try #require(Rational(1, 48000))
        let ends = ["a", "b"].map {
            FilterInput.audio($0, sampleRate: 48000, format: .fltp, layout: "stereo", timeBase: timeBase)
        }
        let graph = try FilterGraph(
            "[a][b]amix=inputs=2:normalize=0[out]", inputs: ends, outputs: [.audio("out")], name: "test")
        graph.setFrameSize(960, of: "out")
        for (input, level) in [("a", Float(0.25)), ("b", 0.5)] {
            let frame = try Frame(audio: 1000, sampleRate: 48000, channels: 2)
            for channel in 0..<2 {
                try frame.withWritableSamples(channel: channel) { samples throws(Failure) in
                    samples.update(repeating: level)
                }
            }
            frame.time = 0
            try graph.push(frame, to: input)
            try graph.finish(input)
        }
        let frame = try Frame()
        var counts: [Int] = []
        while try graph.pull(from: "out", into: frame) == .frame {
            counts.append(frame.sampleCount)
            let first = frame.withSamples(channel: 1) { $0.bindMemory(to: Float.self).first }
            #expect(first == .some(.some(0.75)))
        }
        #expect(counts == [960, 40])
    }

    @Test func `a still picture is made from one packet and read back`() throws {
        for (codec, format, name) in [("png", PixelFormat.rgb24, "a.png"), ("mjpeg", .yuvj420p, "a.jpg")] {
            let graph = try FilterGraph(
                "testsrc=size=64x48:duration=1:rate=1,format=\(format)[out]", outputs: [.video("out")], name: name)
            let frame = try Frame()
            expect(.frame, try graph.pull(from: "out", into: frame))
            let encoder = try Encoder(
                VideoEncoding(
                    codec: codec, size: frame.size, pixelFormat: format, timeBase: Rational(1), globalHeader: false),
                name: name)
            let packet = try Packet()
            try encoder.encode(frame, into: packet) { packet throws(Failure) in
                packet.withBytes { bytes in try? Data(bytes).write(to: folder.file(name)) }
            }
            try encoder.finish(into: packet) { packet throws(Failure) in
                packet.withBytes { bytes in try? Data(bytes).write(to: folder.file(name)) }
            }
            #expect(try decodeAll(folder.path(name), .video).frames == 1)
        }
    }

    @Test(arguments: [
        "plain", "it's", "a:b,c;d", "[x]=y", "back\\slash", "100%", "", " lead and trail ", "naïve 日本 🎬",
        "x',movie=/etc/hostname,nullsink;color", "two\nlines",
    ])
    func `words from outside stay words`(text: String) throws {
        // `metadata` writes the value into each frame, where it can be read back.
        let graph = try FilterGraph(
            "color=size=16x16:duration=1:rate=1,metadata=mode=add:key=word:value=\(FilterText.value(text + "."))[out]",
            outputs: [.video("out")], name: "test")
        let frame = try Frame()
        expect(.frame, try graph.pull(from: "out", into: frame))
        let word = frame.metadata["word"]
        #expect(word == text + ".")
    }

    @Test func `a graph with an open end is refused by its label`() {
        let failure = #expect(throws: Failure.self) {
            _ = try FilterGraph("color=size=16x16[out]", outputs: [.video("out"), .video("more")], name: "test")
        }
        #expect(failure?.problem.contains("more") == true)
    }

    @Test func `an unknown filter is named`() {
        let failure = #expect(throws: Failure.self) {
            _ = try FilterGraph("nosuchfilter[out]", outputs: [.video("out")], name: "test")
        }
        #expect(failure?.cause?.contains("nosuchfilter") == true)
    }

    @Test func `formats know themselves`() throws {
        let ten = try #require(PixelFormat(named: "yuv420p10le"))
        #expect(ten.bitDepth == 10)
        #expect(ten.chromaShift == (1, 1))
        #expect(ten.firstComponent?.step == 2)
        #expect(PixelFormat.rgba.hasAlpha && PixelFormat.rgba.isRGB)
        #expect(PixelFormat(named: "no such format") == nil)
        #expect(ChannelLayout.usual(channels: 6) == "5.1")
    }
}
