internal import ReelMedia
internal import ReelModel

/// Carries out a plan for an image.
struct ImageFit {
    private let target: ImageTarget
    private let type: FileType
    private let job: FitJob

    init(_ target: ImageTarget, output: FileType, _ job: FitJob) {
        self.target = target
        type = output
        self.job = job
    }

    func carryOut(_ progress: ProgressSpan) throws(Failure) -> FitOutcome {
        guard let format = StillFormat(type) else { throw job.senseless("images of type \(type) are not written here") }
        guard (1...8).contains(target.orientation) else {
            throw job.senseless("there is no orientation \(target.orientation)")
        }
        let (stored, hasMore) = try StillPicture.first(of: job)
        guard let source = stored.frame.pixelFormat else { throw job.senseless("there is no picture in it") }
        progress.report(0.2)
        let turned = try upright(stored, source)
        let isTransparent = source.hasAlpha && turned.isTransparent
        let shape = Shape(
            format: format, pixelFormat: format.pixelFormat(of: source, isTransparent: isTransparent),
            flatten: isTransparent && format == .jpeg, isFullRange: stored.frame.isFullRange == true)
        let full = turned.size.within(target.maxSize)
        let (bytes, attempt, count) = try search(turned, full, shape, progress.part(0.3, 1))
        try job.output.write(bytes)
        var losses = losses(stored, source, shape, hasMore: hasMore)
        let size = full.scaled(by: attempt.scale)
        if size != turned.size { losses.append("the picture was made smaller, from \(turned.size) to \(size)") }
        return FitOutcome(
            bytes: try job.output.bytes(), encodes: count,
            saturated: attempt == StillSearch.Attempt(quality: StillSearch.best, scale: 1), losses: losses)
    }

    /// How the picture is coded, whatever its size.
    private struct Shape {
        let format: StillFormat
        let pixelFormat: String
        let flatten: Bool
        let isFullRange: Bool
    }

    private func upright(_ picture: StillPicture, _ source: PixelFormat) throws(Failure) -> StillPicture {
        var filters = StillFormat.upright(target.orientation)
        if source.hasAlpha { filters.insert("format=rgba", at: 0) }
        guard !filters.isEmpty else { return picture }
        return try picture.filtered("[in]" + filters.joined(separator: ",") + "[out]", name: job.input.name)
    }

    private func search(
        _ picture: StillPicture, _ full: Size, _ shape: Shape, _ progress: ProgressSpan
    ) throws(Failure) -> (bytes: [UInt8], attempt: StillSearch.Attempt, count: Int) {
        var search = StillSearch(limit: job.maxBytes, isLossless: shape.format == .png)
        var attempt = search.first()
        var prepared = try prepare(picture, full, shape)
        var best: (attempt: StillSearch.Attempt, bytes: [UInt8])?
        while true {
            try job.checkCancelled()
            let size = full.scaled(by: attempt.scale)
            if prepared.size != size { prepared = try prepare(picture, size, shape) }
            let bytes = try encode(prepared, shape, quality: attempt.quality)
            if job.maxBytes.map({ bytes.count <= $0 }) ?? true { best = (attempt, bytes) }
            progress.report(1 - 1 / Double(search.count + 2))
            switch search.next(attempt, bytes: Int64(bytes.count)) {
            case .encode(let next): attempt = next
            case .accept(let accepted):
                guard let best, best.attempt == accepted else { throw job.over(Int64(bytes.count)) }
                return (best.bytes, accepted, search.count)
            case .giveUp: throw job.over(Int64(bytes.count))
            }
        }
    }

    private func prepare(_ picture: StillPicture, _ size: Size, _ shape: Shape) throws(Failure) -> StillPicture {
        let graph = shape.format.graph(
            to: size, pixelFormat: shape.pixelFormat, flatten: shape.flatten, isFullRange: shape.isFullRange)
        return try picture.filtered(graph, name: job.input.name)
    }

    /// Of PNG the smaller of two that are the same to the eye: with a palette, where that holds all colours, or without.
    private func encode(_ picture: StillPicture, _ shape: Shape, quality: Int) throws(Failure) -> [UInt8] {
        let plain = try encodeAsIt(picture, shape, quality: quality)
        guard shape.format == .png, let other = try picture.withPalette() else { return plain }
        let small = try encodeAsIt(other, shape, quality: quality)
        return small.count < plain.count ? small : plain
    }

    private func encodeAsIt(_ picture: StillPicture, _ shape: Shape, quality: Int) throws(Failure) -> [UInt8] {
        guard let format = picture.frame.pixelFormat else { throw job.senseless("there is no picture in it") }
        let encoder = try Encoder(
            shape.format.encoding(picture.size, format, quality: quality), name: job.output.name, threads: 1)
        let packet = try Packet()
        var bytes: [UInt8] = []
        func take(_ packet: borrowing Packet) { packet.withBytes { bytes += $0 } }
        picture.frame.time = 0
        picture.frame.forgetPictureType()
        try encoder.encode(picture.frame, into: packet, take)
        try encoder.finish(into: packet, take)
        return bytes
    }

    private func losses(
        _ stored: StillPicture, _ source: PixelFormat, _ shape: Shape, hasMore: Bool
    ) -> [String] {
        var losses: [String] = []
        if shape.flatten { losses.append("transparent parts were put on white") }
        if hasMore { losses.append("only the first picture of the animation was kept") }
        if source.bitDepth > 8 { losses.append("samples of \(source.bitDepth) bits became 8 bits") }
        // The orientation is not lost: it is in the pixels now.
        if stored.frame.metadata.keys.contains(where: { $0 != "Orientation" }) {
            losses.append("what was noted beside the picture (camera, time, place) was left out")
        }
        return losses
    }
}

extension Size {
    /// The largest of the same shape that goes into `bound`; never larger than it is.
    func within(_ bound: Size) -> Size {
        scaled(
            by: min(1, Double(bound.width) / Double(max(width, 1)), Double(bound.height) / Double(max(height, 1))))
    }

    func scaled(by factor: Double) -> Size {
        guard factor < 1 else { return self }
        return Size(
            width: max(Int((Double(width) * factor).rounded()), 1),
            height: max(Int((Double(height) * factor).rounded()), 1))
    }
}
