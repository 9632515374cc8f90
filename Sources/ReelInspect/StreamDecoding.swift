internal import ReelMedia
internal import ReelModel

/// One stream that is being decoded. A class, because its decoder cannot be kept in an array otherwise.
final class StreamDecoding {
    let index: Int
    private let decoder: Decoder
    private let frame: Frame
    private let timeBase: Rational
    private let origin: PresentationOrigin

    init(_ demuxer: borrowing Demuxer, _ info: StreamInfo, _ origin: PresentationOrigin) throws(Failure) {
        index = info.index
        timeBase = info.timeBase
        self.origin = origin
        frame = try Frame()
        decoder = try Decoder(demuxer, stream: info.index, strictness: .checked)
    }

    /// Decodes a packet and hands on each frame that comes out. What is wrong goes to the faults, and decoding goes on.
    func decode(_ packet: borrowing Packet, _ faults: inout FaultLog, _ each: FrameHandler) {
        let stamp = packet.presentationTime ?? packet.decodingTime
        var sent = Decoder.Sent.full
        while sent == .full {
            do throws(Failure) {
                sent = try decoder.send(packet)
            } catch {
                sent = .accepted
                collect(&faults)
                faults.add(error, stream: index, at: stamp, seconds)
            }
            receive(&faults, each)
        }
    }

    /// The frames that the decoder held back.
    func finish(_ faults: inout FaultLog, _ each: FrameHandler) {
        do throws(Failure) {
            _ = try decoder.sendEnd()
        } catch {
            faults.add(error, stream: index, at: nil, seconds)
        }
        receive(&faults, each)
    }

    typealias FrameHandler = (borrowing Frame) -> Void

    private func receive(_ faults: inout FaultLog, _ each: FrameHandler) {
        // A decoder that fails without end must not keep us.
        var failures = 0
        while failures < 1000 {
            do throws(Failure) {
                guard try decoder.receive(into: frame) == .frame else { break }
                collect(&faults)
                if frame.isCorrupt { faults.addCorrupt(stream: index, at: frame.time, seconds) }
                each(frame)
            } catch {
                failures += 1
                collect(&faults)
                faults.add(error, stream: index, at: nil, seconds)
            }
        }
        collect(&faults)
    }

    private func seconds(_ stamp: Int64) -> Double { origin.seconds(stamp, timeBase) }

    private func collect(_ faults: inout FaultLog) {
        faults.add(decoder.takeErrors(), stream: index, seconds)
    }
}
