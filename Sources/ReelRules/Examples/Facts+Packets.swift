package import ReelModel

extension Facts {
    /// The same good facts, every packet read: 30 pictures a second, a key frame every two seconds.
    package static func packetsExample(_ type: FileType, _ edit: (inout Facts) -> Void = { _ in }) -> Facts {
        example(type) { facts in
            facts.depth = .packets
            facts.readPackets()
            edit(&facts)
        }
    }

    /// Adds what reading every packet of a good file shows.
    mutating func readPackets() {
        guard image == nil else { return }
        structureFaults = .known([])
        var streams: [PacketFacts] = []
        for video in video.value ?? [] {
            var stream = PacketFacts(
                index: video.index, packets: 300, bytes: 3_750_000, span: TimeRange(start: 0, end: 10))
            stream.peakBitRate = .known(4_000_000)
            stream.frameRates = .known(PacketFacts.FrameRates(minimum: 30, average: 30, maximum: 30))
            stream.keyFrames = 5
            stream.keyFrameIntervals = .known(PacketFacts.Intervals(shortest: 2, mean: 2, longest: 2))
            stream.closedGroups = .known(true)
            stream.startsWithKeyFrame = .known(true)
            stream.parameterSetsPresent = .known(true)
            var kinds = PacketFacts.PictureKinds()
            (kinds.intra, kinds.predicted, kinds.bidirectional) = (5, 95, 200)
            kinds.arithmetic = true
            stream.pictures = .known(kinds)
            streams.append(stream)
        }
        for audio in audio.value ?? [] {
            var stream = PacketFacts(
                index: audio.index, packets: 469, bytes: 160_000, span: TimeRange(start: 0, end: 10))
            stream.peakBitRate = .known(130_000)
            streams.append(stream)
        }
        packets = streams
        for index in streams.indices {
            editVideo { if $0.index == index { $0.decodable = .known(true) } }
            editAudio { if $0.index == index { $0.decodable = .known(true) } }
        }
    }

    /// Changes what the packets of one stream showed.
    package mutating func editPackets(_ stream: Int, _ edit: (inout PacketFacts) -> Void) {
        guard let at = packets?.firstIndex(where: { $0.index == stream }), var changed = packets?[at] else { return }
        edit(&changed)
        packets?[at] = changed
    }
}
