internal import ReelMedia
internal import ReelModel

/// An open file that a storyboard refers to.
struct Asset: Sendable {
    let descriptor: CInt
    let name: String
}

/// One stream of an asset, decoded frame by frame.
final class AssetReader {
    let stream: StreamInfo
    /// Seconds at which the asset's own zero lies.
    let start: Double
    private let demuxer: Demuxer
    private let decoder: Decoder
    private let packet: Packet
    private var drained = false
    /// The last damage that was read over.
    private(set) var damage: Failure?

    /// Opens the stream that a player would choose; `nil` where the asset has none of that kind.
    init?(_ asset: Asset, _ kind: StreamInfo.Kind, cancellation: Cancellation) throws(Failure) {
        let demuxer = try Demuxer(descriptor: asset.descriptor, name: asset.name, cancellation: cancellation)
        try demuxer.findStreamInfo()
        guard let stream = demuxer.bestStream(kind) else { return nil }
        demuxer.select(streams: [stream.index])
        let decoder = try Decoder(demuxer, stream: stream.index)
        let packet = try Packet()
        self.stream = stream
        start = demuxer.start ?? 0
        self.demuxer = demuxer
        self.decoder = decoder
        self.packet = packet
    }

    /// Whether an asset has a stream of that kind.
    static func has(_ kind: StreamInfo.Kind, _ asset: Asset, cancellation: Cancellation) throws(Failure) -> Bool {
        let demuxer = try Demuxer(descriptor: asset.descriptor, name: asset.name, cancellation: cancellation)
        try demuxer.findStreamInfo()
        return demuxer.bestStream(kind) != nil
    }

    /// Goes to a point at or before a time, in seconds from the asset's own zero. Where that cannot be done, it stays at
    /// its start: what is too early has to be left out in any case.
    func seek(toSeconds seconds: Double) {
        // Never behind the end, so that there is a last picture to be held.
        let target = min(seconds, demuxer.duration.map { $0 - 0.5 } ?? seconds)
        guard target > 0 else { return }
        do throws(Failure) {
            try demuxer.seek(toSeconds: start + target)
            decoder.flush()
        } catch {
            damage = error
        }
    }

    /// Decodes the next frame; `false` where there is none. Damaged pieces are passed over, as players do.
    func next(into frame: borrowing Frame) throws(Failure) -> Bool {
        while true {
            switch try passingOver({ () throws(Failure) in try decoder.receive(into: frame) }) {
            case .frame: return true
            case .end: return false
            case .needsPacket, nil: break
            }
            if drained { return false }
            switch try passingOver({ () throws(Failure) in try demuxer.read(into: packet) }) {
            case .packet: _ = try passingOver { () throws(Failure) in try decoder.send(packet) }
            case .end, nil:
                drained = true
                _ = try passingOver { () throws(Failure) in try decoder.sendEnd() }
            }
        }
    }

    /// Seconds from the asset's own zero to a frame; `nil` where it does not tell.
    func seconds(of frame: borrowing Frame) -> Double? { frame.time.map { stream.timeBase.seconds($0) - start } }

    private func passingOver<Result>(_ work: () throws(Failure) -> Result) throws(Failure) -> Result? {
        do throws(Failure) {
            return try work()
        } catch {
            guard error.kind != .interrupted else { throw error }
            damage = error
            return nil
        }
    }
}
