internal import ReelMedia
internal import ReelModel

/// One stream that is being decoded. A class, because its decoder cannot be kept in an array otherwise.
final class StreamDecoding {
    let index: Int
    private let decoder: Decoder
    private let frame: Frame
    private let timeBase: Rational
    private let origin: PresentationOrigin
    private let threading: Threading
    /// From when on frames are handed on and faults told, where decoding does not begin where the stream does; what
    /// comes before leans on what was not decoded.
    private let cleanFrom: Double?
    /// From when on faults are told, where that is later.
    var faultsFrom = -Double.infinity
    /// Whether a frame was handed on.
    private var hasBegun = false
    /// Whether damage was met by several threads: what came out, and what was said of it, may be otherwise the next time.
    private(set) var isDoubtful = false

    init(
        _ demuxer: borrowing Demuxer, _ info: StreamInfo, _ origin: PresentationOrigin, threading: Threading,
        cleanFrom: Double? = nil
    ) throws(Failure) {
        self.cleanFrom = cleanFrom
        self.threading = threading
        index = info.index
        timeBase = info.timeBase
        self.origin = origin
        frame = try Frame()
        decoder = try Decoder(
            demuxer, stream: info.index, strictness: .checked, threads: threading.threads(for: info))
    }

    /// Decodes a packet and hands on each frame that comes out. What is wrong goes to the faults, and decoding goes on.
    func decode(_ packet: borrowing Packet, _ faults: inout FaultLog, _ each: FrameHandler) {
        let (stamp, before) = (packet.presentationTime ?? packet.decodingTime, faults.count)
        var sent = Decoder.Sent.full
        while sent == .full {
            do throws(Failure) {
                sent = try decoder.send(packet)
            } catch {
                sent = .accepted
                collect(&faults)
                if tells(stamp) { faults.add(error, stream: index, at: stamp, seconds) }
            }
            receive(&faults, each)
        }
        noteDoubt(faults, since: before)
    }

    /// The frames that the decoder held back.
    func finish(_ faults: inout FaultLog, _ each: FrameHandler) {
        let before = faults.count
        do throws(Failure) {
            _ = try decoder.sendEnd()
        } catch {
            faults.add(error, stream: index, at: nil, seconds)
        }
        receive(&faults, each)
        noteDoubt(faults, since: before)
    }

    private func noteDoubt(_ faults: FaultLog, since before: Int) {
        if threading == .many, decoder.isThreaded, faults.count > before { isDoubtful = true }
    }

    typealias FrameHandler = (borrowing Frame) -> Void

    private func receive(_ faults: inout FaultLog, _ each: FrameHandler) {
        // A decoder that fails without end must not keep us.
        var failures = 0
        while failures < 1000 {
            do throws(Failure) {
                guard try decoder.receive(into: frame) == .frame else { break }
                collect(&faults)
                guard isClean(frame.time) else { continue }
                hasBegun = true
                if frame.isCorrupt, tells(frame.time) { faults.addCorrupt(stream: index, at: frame.time, seconds) }
                if decoder.leftUndecoded(frame), tells(frame.time) {
                    faults.addUndecoded(stream: index, at: frame.time, seconds)
                }
                each(frame)
            } catch {
                failures += 1
                collect(&faults)
                if tells(nil) { faults.add(error, stream: index, at: nil, seconds) }
            }
        }
        collect(&faults)
    }

    private func seconds(_ stamp: Int64) -> Double { origin.seconds(stamp, timeBase) }

    private func collect(_ faults: inout FaultLog) {
        faults.add(decoder.takeErrors().filter { tells($0.time) }, stream: index, seconds)
    }

    private func isClean(_ stamp: Int64?) -> Bool {
        guard let cleanFrom else { return true }
        // A tick of rounding is none.
        return stamp.map { seconds($0) >= cleanFrom - 1e-4 } ?? hasBegun
    }

    private func tells(_ stamp: Int64?) -> Bool {
        guard isClean(stamp) else { return false }
        return stamp.map { seconds($0) >= faultsFrom - 1e-4 } ?? (faultsFrom == -.infinity)
    }
}
