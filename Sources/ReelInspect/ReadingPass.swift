internal import ReelMedia
internal import ReelModel

/// The one pass over a file: every packet is read, and where it is asked for every frame decoded, once, with every
/// analyzer riding along. Memory does not grow with the file.
final class ReadingPass {
    /// A demuxer that fails as often as this on end is not going to recover.
    private static let patience = 100

    private var tallies: [StreamTally]
    private var watches: [PacketWatch]
    private var zeros = ZeroRuns()
    private var readingFaults: [StructureFault] = []
    private var decodings: [StreamDecoding?]
    private var eyes: [any PictureAnalyzer]
    private let leftOut: Set<Analysis>
    private var picturesSeen = 0
    /// What listens to each sound stream, by its place in the file.
    private var listeners: [Int: Listener] = [:]
    private let pictures: PictureReader
    private var faults = FaultLog()
    private let mainVideo: Int?
    private let mainAudio: Int?
    private let decoding: Bool
    private let isImage: Bool
    /// Whether the picture turned out to be of a kind that the decoder of its codec lacks.
    private var lacksDecoder = false
    /// Whether several threads met damage.
    private var isDoubtful: Bool { decodings.contains { $0?.isDoubtful == true } }

    init(_ demuxer: borrowing Demuxer, _ scope: Scope, type: FileType?, _ threading: Threading) {
        let streams = demuxer.streams
        let origin = PresentationOrigin(demuxer)
        decoding = scope.depth == .frames
        let looking = Analyzers.ofPicture.filter { scope.analyses.contains($0.analysis) }
        eyes = looking.map { $0.init() }
        pictures = PictureReader(looking.reduce(into: []) { $0.formUnion($1.needs) }, titles: scope.titles)
        for place in eyes.indices { eyes[place].prepare(for: scope) }
        leftOut = scope.leftOut
        tallies = streams.map { StreamTally($0, origin) }
        watches = []
        for stream in streams { watches.append(PacketWatch(stream, demuxer, origin)) }
        decodings = streams.map { _ in nil }
        // A still picture is not a film: its blackness has no length.
        isImage = type?.kind == .image
        mainVideo = isImage ? nil : streams.first { $0.kind == .video && !$0.isAttachedPicture }?.index
        let sounds = streams.filter { $0.kind == .audio }
        mainAudio = sounds.first?.index
        guard decoding else { return }
        for sound in sounds.prefix(Measured.soundLimit) { listeners[sound.index] = Listener(scope.analyses) }
        for stream in streams where stream.kind == .video || stream.kind == .audio {
            // What cannot be decoded here is not damaged; the facts say so.
            if Decodability.of(stream, demuxer) == .known(false) { continue }
            do throws(Failure) {
                decodings[stream.index] = try StreamDecoding(demuxer, stream, origin, threading: threading)
            } catch {
                faults.add("\(error.problem)", stream: stream.index, seconds: nil)
            }
        }
    }

    /// - Returns: `doubtful` as soon as that shows, with the rest unread.
    func run(
        _ demuxer: borrowing Demuxer, name: String, progress: @escaping (Double) -> Void, cancellation: Cancellation
    ) throws(Failure) -> PassResult {
        let packet = try Packet()
        var progress = Progress(total: demuxer.length, report: progress)
        var failures = 0
        while failures < Self.patience {
            try cancellation.check(subject: name)
            do throws(Failure) {
                guard try demuxer.read(into: packet) == .packet else { break }
                failures = 0
            } catch {
                if error.kind == .interrupted { throw error }
                failures += 1
                collect(demuxer)
                faults.add(error, stream: nil, at: nil) { _ in 0 }
                noteFailure(error, at: demuxer.position)
                continue
            }
            collect(demuxer)
            take(packet)
            if isDoubtful { return .doubtful }
            progress.reached(packet.position)
        }
        for stream in tallies.indices {
            decodings[stream]?.finish(&faults) { take($0, of: stream) }
        }
        if isDoubtful { return .doubtful }
        collect(demuxer)
        noteMissingPackets(demuxer)
        progress.finish()
        return .complete
    }

    /// Adds what was found to what the headers told.
    func complete(_ facts: inout Facts) {
        var measured = Measured()
        measured.leftOut = leftOut
        for tally in tallies {
            let index = tally.info.index
            measured.streams.append(tally.measured)
            if let place = facts.video.value?.firstIndex(where: { $0.index == index }) {
                facts.video = facts.video.map { edited($0) { tally.complete(&$0[place]) } }
            }
            if let place = facts.audio.value?.firstIndex(where: { $0.index == index }) {
                facts.audio = facts.audio.map { edited($0) { tally.complete(&$0[place]) } }
            }
        }
        if var image = facts.image, let tally = tallies.first(where: { $0.info.kind == .video }) {
            tally.complete(&image)
            if lacksDecoder { image.decodable = .known(false) }
            facts.image = image
        }
        completeWhole(&facts)
        completePackets(&facts)
        guard decoding else { return }
        measured.picture = mainVideo.map { PictureMeasurements(stream: $0, frames: picturesSeen) }
        for place in eyes.indices { eyes[place].finish(into: &measured) }
        measured.sound = mainAudio.flatMap(heard)
        measured.otherSounds = listeners.keys.sorted().filter { $0 != mainAudio }.compactMap(heard)
        measured.silence = measured.sound?.silences.map(\.span) ?? []
        measured.faults = faults.firstFaults
        measured.faultCount = faults.count
        facts.measured = measured
    }

    /// What was heard of a sound stream; `nil` where nothing was.
    private func heard(_ stream: Int) -> SoundMeasurements? {
        guard let listener = listeners[stream], let tally = tallies.first(where: { $0.info.index == stream }),
            tally.frames > 0
        else { return nil }
        return listener.finish(SoundMeasurements(stream: stream, rate: tally.sampleRate ?? 0))
    }

    /// What was seen of the packets. A picture's file is one packet or some, and no film.
    private func completePackets(_ facts: inout Facts) {
        guard facts.image == nil else { return }
        facts.packets = zip(watches, tallies).map { $0.facts(span: $1.packetSpan) }
        let found = zeros.faults + readingFaults + watches.flatMap { $0.faults }
        facts.structureFaults = .known(Array(found.prefix(StructureFault.limit)))
    }

    /// The end of what lasts longest.
    private func completeWhole(_ facts: inout Facts) {
        guard facts.image == nil else { return }
        let ends = tallies.filter { ($0.info.kind == .video && !$0.info.isAttachedPicture) || $0.info.kind == .audio }
            .compactMap { ($0.frames > 0 ? $0.decodedSpan : $0.packetSpan)?.end }
        guard let end = ends.max(), end > 0 else { return }
        facts.duration = .known(end)
        facts.bitRate = .known(Int64(min((Double(facts.bytes) * 8 / end).rounded(), 0x1p62)))
    }

    private func take(_ packet: borrowing Packet) {
        let stream = packet.stream
        // Streams that turn up later than the headers said are not among those that were asked about.
        guard tallies.indices.contains(stream) else { return }
        tallies[stream].add(packet)
        watches[stream].see(packet, &zeros)
        if isImage, packet.withBytes(Decodability.isAnimatedWebP) {
            lacksDecoder = true
            decodings[stream] = nil
        }
        guard let decoder = decodings[stream] else { return }
        if packet.isCorrupt {
            let stamp = packet.presentationTime ?? packet.decodingTime
            faults.add(
                "the demuxer marks this packet as damaged", stream: stream, seconds: stamp.map(tallies[stream].seconds))
        }
        decoder.decode(packet, &faults) { take($0, of: stream) }
    }

    private func take(_ frame: borrowing Frame, of stream: Int) {
        guard let span = tallies[stream].add(frame) else { return }
        if stream == mainVideo, !eyes.isEmpty {
            guard let picture = pictures.read(frame, at: span) else { return }
            picturesSeen += 1
            for place in eyes.indices { eyes[place].see(picture) }
        } else if let listener = listeners[stream] {
            listener.hear(frame, at: span)
        }
    }

    /// What the demuxer logged, at about the time of what it read last.
    private func collect(_ demuxer: borrowing Demuxer) {
        let lines = demuxer.takeErrors()
        if !lines.isEmpty { faults.add(lines, stream: nil) { _ in 0 } }
    }

    private func noteFailure(_ error: Failure, at position: Int64) {
        guard readingFaults.count < StructureFault.limit else { return }
        readingFaults.append(
            StructureFault(
                .brokenFraming, offset: position, "The container cannot be followed: \(error.cause ?? error.problem)"))
    }

    /// A file that was cut ends quietly: only its index knows of more.
    private func noteMissingPackets(_ demuxer: borrowing Demuxer) {
        for tally in tallies {
            guard let promised = demuxer.indexedPackets(of: tally.info.index), promised > tally.packets else {
                continue
            }
            readingFaults.append(
                StructureFault(
                    .samplesOutsideFile, offset: demuxer.length, stream: tally.info.index, time: tally.packetSpan?.end,
                    "The index lists \(promised) packets, the file holds \(tally.packets)"))
            faults.add(
                "the index lists \(promised) packets, the file holds \(tally.packets)", stream: tally.info.index,
                seconds: tally.packetSpan?.end)
        }
    }
}

/// A copy, changed.
private func edited<Value>(_ value: Value, _ edit: (inout Value) -> Void) -> Value {
    var copy = value
    edit(&copy)
    return copy
}
