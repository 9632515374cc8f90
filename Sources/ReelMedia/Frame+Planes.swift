internal import CFFmpeg
public import ReelModel

/// The rows of one plane of a picture, valid only inside the closure that is given it.
public struct PlaneRows {
    let base: UnsafeMutablePointer<UInt8>
    /// Bytes from one row to the next; negative where the picture is stored from the bottom up.
    public let stride: Int
    /// Bytes of a row that hold samples.
    public let rowBytes: Int
    public let count: Int

    /// The bytes of a row, from 0 at the top.
    public subscript(row: Int) -> UnsafeRawBufferPointer {
        precondition(row >= 0 && row < count)
        return UnsafeRawBufferPointer(start: base + row * stride, count: rowBytes)
    }
}

/// The rows of one plane, to be written.
public struct WritablePlaneRows {
    let rows: PlaneRows
    public var rowBytes: Int { rows.rowBytes }
    public var count: Int { rows.count }

    public subscript(row: Int) -> UnsafeMutableRawBufferPointer {
        precondition(row >= 0 && row < rows.count)
        return UnsafeMutableRawBufferPointer(start: rows.base + row * rows.stride, count: rows.rowBytes)
    }
}

extension Frame {
    /// The rows of a plane, read in place. `nil` where the picture has no such plane in memory.
    public func withPlane<Result, E: Error>(
        _ plane: Int, _ body: (PlaneRows) throws(E) -> Result
    ) throws(E) -> Result? {
        guard let rows = rows(plane) else { return nil }
        return try body(rows)
    }

    /// The rows of a plane, to be written. Samples that somebody else still refers to are copied first. Throws where
    /// the picture has no such plane, or there is no memory.
    public func withWritablePlane<Result>(
        _ plane: Int, _ body: (WritablePlaneRows) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard av_frame_make_writable(raw) == 0, let rows = rows(plane) else { throw Failure.noMemory("plane \(plane)") }
        return try body(WritablePlaneRows(rows: rows))
    }

    /// The samples of one channel of planar sound, or of all channels interleaved (channel 0), as bytes in the frame's
    /// format, read in place. `nil` where there is no such channel.
    public func withSamples<Result, E: Error>(
        channel: Int, _ body: (UnsafeRawBufferPointer) throws(E) -> Result
    ) throws(E) -> Result? {
        guard let bytes = samples(channel) else { return nil }
        return try body(UnsafeRawBufferPointer(bytes))
    }

    /// The samples of one channel of planar 32-bit float sound, to be written.
    public func withWritableSamples<Result>(
        channel: Int, _ body: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard sampleFormat == .fltp, av_frame_make_writable(raw) == 0, let bytes = samples(channel) else {
            throw Failure.noMemory("channel \(channel)")
        }
        return try body(bytes.bindMemory(to: Float.self))
    }

    private func rows(_ plane: Int) -> PlaneRows? {
        guard let format = pixelFormat, plane >= 0, plane < format.planes, let base = data(plane) else { return nil }
        let rowBytes = Int(av_image_get_linesize(format.raw, raw.pointee.width, CInt(plane)))
        guard rowBytes > 0 else { return nil }
        let chroma = plane == 1 || plane == 2
        let shift = chroma ? format.chromaShift.vertical : 0
        let height = (size.height + (1 << shift) - 1) >> shift
        return PlaneRows(
            base: base, stride: stride(plane), rowBytes: rowBytes, count: format.isPalette && chroma ? 0 : height)
    }

    private func samples(_ channel: Int) -> UnsafeMutableRawBufferPointer? {
        guard let format = sampleFormat, channel >= 0, channel < (format.isPlanar ? channels : 1),
            let base = raw.pointee.extended_data?[channel]
        else { return nil }
        let count = sampleCount * format.bytesPerSample * (format.isPlanar ? 1 : channels)
        return UnsafeMutableRawBufferPointer(start: base, count: count)
    }

    private func data(_ plane: Int) -> UnsafeMutablePointer<UInt8>? {
        switch plane {
        case 0: raw.pointee.data.0
        case 1: raw.pointee.data.1
        case 2: raw.pointee.data.2
        case 3: raw.pointee.data.3
        default: nil
        }
    }

    private func stride(_ plane: Int) -> Int {
        switch plane {
        case 0: Int(raw.pointee.linesize.0)
        case 1: Int(raw.pointee.linesize.1)
        case 2: Int(raw.pointee.linesize.2)
        default: Int(raw.pointee.linesize.3)
        }
    }
}
