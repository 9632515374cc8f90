internal import ReelMedia
internal import ReelModel

/// One part of a film, decoded from a key frame on.
final class SampledPiece {
    /// Seconds of sound after a seek that are not listened to: a block of AAC leans on the one before, MP3 on up to nine,
    /// and Opus takes 80 ms to settle (RFC 7845, 4.6).
    private static let settling = 0.3

    let part: SamplePlan.Part
    let isAlone: Bool
    private let main: StreamInfo
    private let decodable: Set<Int>
    private let isStart: Bool
    private let scope: Scope
    private let threading: Threading
    private var decodings: [Int: StreamDecoding] = [:]
    private(set) var tallies: [Int: StreamTally] = [:]
    private var eyes: [any PictureAnalyzer]
    private let pictures: PictureReader
    private var picturesSeen = 0
    private var keysSeen = 0
    private var listeners: [Int: Listener] = [:]
    private var faults = FaultLog()
    /// Whether several threads met damage in it; known when the part is over.
    private(set) var isDoubtful = false
    private let origin: PresentationOrigin

    init(
        _ scope: Scope, _ origin: PresentationOrigin, _ streams: [StreamInfo], _ main: StreamInfo,
        decodable: Set<Int>, isAlone: Bool, _ part: SamplePlan.Part, threading: Threading
    ) {
        self.threading = threading
        self.scope = scope
        self.origin = origin
        self.main = main
        self.decodable = decodable
        self.isAlone = isAlone
        self.part = part
        isStart = part.target == 0
        let looking = Analyzers.ofPicture.filter { scope.analyses.contains($0.analysis) }
        eyes = main.kind == .video ? looking.map { $0.init() } : []
        pictures = PictureReader(looking.reduce(into: []) { $0.formUnion($1.needs) })
        for stream in streams { tallies[stream.index] = StreamTally(stream, origin) }
        guard !isAlone else { return }
        for sound in streams.filter({ $0.kind == .audio }).prefix(Measured.soundLimit) {
            listeners[sound.index] = Listener(scope.analyses, passingOver: isStart ? 0 : 1)
        }
    }

    func take(_ packet: borrowing Packet, _ demuxer: borrowing Demuxer) {
        let stream = packet.stream
        guard let info = tallies[stream]?.info, decodable.contains(stream) else { return }
        tallies[stream]?.add(packet)
        if decodings[stream] == nil {
            do throws(Failure) {
                let clean = cleanStart(packet, info)
                decodings[stream] = try StreamDecoding(
                    demuxer, info, origin, threading: threading, cleanFrom: clean)
            } catch {
                faults.add("\(error.problem)", stream: stream, seconds: nil)
                return
            }
        }
        if stream == main.index, packet.isKey { enter(packet, demuxer) }
        decodings[stream]?.decode(packet, &faults) { take($0, of: stream) }
    }

    /// Where an H.264 stream is come into at a picture that is no IDR, what it says of pictures before it points at nothing:
    /// what decoders say of that is not the film's fault, up to the next key frame.
    private func enter(_ packet: borrowing Packet, _ demuxer: borrowing Demuxer) {
        let isFirst = keysSeen == 0
        keysSeen += 1
        guard !isStart, keysSeen <= 2 else { return }
        if isFirst, let framing = Framings.framing(of: main, demuxer), framing is H264Framing {
            let entry = packet.withBytes { framing.read(CodedBytes($0)).entry }
            if entry != .clean { decodings[main.index]?.faultsFrom = .infinity }
        } else if keysSeen == 2 {
            let stamp = packet.presentationTime ?? packet.decodingTime
            decodings[main.index]?.faultsFrom = stamp.map { origin.seconds($0, main.timeBase) } ?? -.infinity
        }
    }

    /// From when on what comes out of a decoder that begins here is as it would be in the whole film; `nil`: from the
    /// beginning.
    private func cleanStart(_ packet: borrowing Packet, _ info: StreamInfo) -> Double? {
        guard !isStart else { return nil }
        if info.kind == .video { return info.index == main.index ? part.key : nil }
        return (packet.presentationTime ?? packet.decodingTime).map {
            origin.seconds($0, info.timeBase) + Self.settling
        }
    }

    private func take(_ frame: borrowing Frame, of stream: Int) {
        guard let span = tallies[stream]?.add(frame) else { return }
        if stream == main.index, !eyes.isEmpty {
            guard let picture = pictures.read(frame, at: span) else { return }
            picturesSeen += 1
            for place in eyes.indices { eyes[place].see(picture) }
        } else if let listener = listeners[stream] {
            listener.hear(frame, at: span)
        }
    }

    func note(_ lines: [LoggedLine]) {
        if !lines.isEmpty { faults.add(lines, stream: nil) { _ in 0 } }
    }

    func fail(_ failure: Failure) { faults.add(failure, stream: nil, at: nil) { _ in 0 } }

    /// The part is over: what decoders held back comes out.
    func finish() {
        for stream in decodings.keys.sorted() {
            decodings[stream]?.finish(&faults) { take($0, of: stream) }
        }
        isDoubtful = decodings.values.contains { $0.isDoubtful }
        decodings = [:]
    }

    /// What was found in it.
    var measured: Measured {
        var measured = Measured()
        if main.kind == .video { measured.picture = PictureMeasurements(stream: main.index, frames: picturesSeen) }
        for place in eyes.indices { eyes[place].finish(into: &measured) }
        for (stream, listener) in listeners.sorted(by: { $0.key < $1.key }) {
            guard let tally = tallies[stream], tally.frames > 0 else { continue }
            measured.otherSounds.append(
                listener.finish(SoundMeasurements(stream: stream, rate: tally.sampleRate ?? 0)))
        }
        measured.faults = faults.firstFaults
        measured.faultCount = faults.count
        return measured
    }
}
