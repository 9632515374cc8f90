internal import ReelMedia
internal import ReelModel

/// A picture in memory that can be kept and passed on.
final class StillPicture {
    let frame: Frame

    private init(_ frame: consuming Frame) { self.frame = frame }

    var size: Size { frame.size }

    /// The first picture of a file, and whether there are more.
    static func first(of job: FitJob) throws(Failure) -> (picture: StillPicture, hasMore: Bool) {
        let demuxer = try job.demuxer()
        guard let stream = demuxer.bestStream(.video) else {
            throw Failure(
                .unreadable, subject: job.input.name, problem: "there is no picture in it",
                remedy: "Check that it is an image")
        }
        demuxer.select(streams: [stream.index])
        let decoder = try Decoder(demuxer, stream: stream.index)
        let packet = try Packet()
        let frame = try Frame()
        let reader = PatientReader(job)
        var (packets, got, ended) = (0, false, false)
        while !(got && packets > 1), !ended {
            if try reader.read(demuxer, into: packet) == .packet {
                packets += 1
                if !got { _ = try decoder.send(packet) }
            } else {
                ended = true
                if !got { _ = try decoder.sendEnd() }
            }
            if !got { got = try decoder.receive(into: frame) == .frame }
        }
        guard got, frame.pixelFormat != nil else {
            throw Failure(
                .unreadable, subject: job.input.name, problem: "its picture cannot be decoded",
                remedy: "Check that the file is whole", cause: decoder.takeErrors().last?.text)
        }
        return (StillPicture(frame), packets > 1)
    }

    /// The picture after a chain of filters.
    /// - Parameter description: from `in` to `out`, in the library's language.
    func filtered(_ description: String, name: String) throws(Failure) -> StillPicture {
        guard let format = frame.pixelFormat, let second = Rational(1, 1) else { throw Self.broken(name) }
        let graph = try FilterGraph(
            description,
            inputs: [.video("in", size: frame.size, pixelFormat: format, timeBase: second)], outputs: [.video("out")],
            name: name)
        frame.time = 0
        try graph.push(frame, to: "in")
        try graph.finish("in")
        let made = try Frame()
        guard try graph.pull(from: "out", into: made) == .frame else { throw Self.broken(name) }
        return StillPicture(made)
    }

    /// Whether any pixel of an `rgba` picture lets through what is behind it.
    var isTransparent: Bool {
        frame.withPlane(0) { rows in
            (0..<rows.count).contains { row in
                let bytes = rows[row]
                return stride(from: 3, to: bytes.count, by: 4).contains { bytes[$0] != 255 }
            }
        } ?? false
    }

    /// The same picture with a palette, where it has no more colours than one holds: of `rgb24` or `rgba`, else `nil`.
    func withPalette() throws(Failure) -> StillPicture? {
        guard let format = frame.pixelFormat, format == .rgb24 || format == .rgba else { return nil }
        let width = format == .rgba ? 4 : 3
        var places: [UInt32: UInt8] = [:]
        var colors: [UInt32] = []
        var indexes: [UInt8] = []
        let isWhole: Bool? = frame.withPlane(0) { rows in
            indexes.reserveCapacity(rows.count * rows.rowBytes / width)
            var last: (color: UInt32, place: UInt8)?
            for row in 0..<rows.count {
                let bytes = rows[row]
                for start in stride(from: 0, to: bytes.count - width + 1, by: width) {
                    let alpha: UInt32 = width == 4 ? UInt32(bytes[start + 3]) : 255
                    let color =
                        alpha << 24 | UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8
                        | UInt32(bytes[start + 2])
                    if last?.color != color {
                        if places[color] == nil {
                            guard colors.count < 256 else { return false }
                            places[color] = UInt8(colors.count)
                            colors.append(color)
                        }
                        last = (color, places[color] ?? 0)
                    }
                    indexes.append(last?.place ?? 0)
                }
            }
            return true
        }
        let columns = size.width
        guard isWhole == true, indexes.count == columns * size.height else { return nil }
        return StillPicture(try Frame.of(palette: colors, like: frame) { indexes[$0 * columns + $1] })
    }

    private static func broken(_ name: String) -> Failure {
        Failure(
            .notDone, subject: name, problem: "its picture cannot be converted", remedy: "Please report this file")
    }
}
