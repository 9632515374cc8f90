internal import CKernels
internal import ReelMedia
internal import ReelModel

/// Reads each row of each picture once, in place, for all analyzers; only formats that do not keep luma in a plane of its
/// own are converted. Keeps the sums of the last pictures; nothing is allocated from one picture to the next.
final class PictureReader {
    /// The picture at hand, and eight before it.
    private static let kept = 9

    private var ring: [PictureSums] = []
    private var format: PixelFormat?
    private var turn = 0
    private var number = -1
    /// Pictures in the ring.
    private var filled = 0
    private var converter: PlanarConverter?
    private var ranges = CellGrid(width: 0, height: 0)
    /// Two rows of each strip that is looked at for combed rows, as they were in the picture before.
    private var rows = UnsafeMutableRawBufferPointer(start: nil, count: 0)

    private let needs: PictureNeeds
    private var sketches: SketchPlan

    /// - Parameter titles: spans around which pictures are sketched, where that is needed.
    init(_ needs: PictureNeeds, titles: [TimeRange] = []) {
        self.needs = needs
        sketches = SketchPlan(
            titles: needs.contains(.titleSketches) ? titles : [], isAllAlong: needs.contains(.sketches))
    }

    deinit { rows.deallocate() }

    /// `nil` where the picture cannot be read, even converted.
    func read(_ frame: borrowing Frame, at span: TimeRange) -> Picture? {
        guard let format = frame.pixelFormat else { return nil }
        guard format.isPlanarForReading else {
            if converter?.size != frame.size || converter?.format != format {
                converter = try? PlanarConverter(frame.size, format)
            }
            return try? converter?.withPlanes(frame) { read(planar: $0, $0.pixelFormat ?? .gray8, at: span) }
        }
        return read(planar: frame, format, at: span)
    }

    func picture(before distance: Int) -> PictureSums? {
        guard distance > 0, distance < filled else { return nil }
        return ring[(turn + Self.kept - distance) % Self.kept]
    }

    private func read(planar frame: borrowing Frame, _ format: PixelFormat, at span: TimeRange) -> Picture? {
        if ring.first?.size != frame.size || self.format != format {
            let chroma = format.components >= 3 ? format.chromaShift : nil
            guard let made = try? (0..<Self.kept).map({ _ in try PictureSums(size: frame.size, chroma: chroma) }) else {
                return nil
            }
            self.format = format
            ring = made
            filled = 0
            number = -1
            if needs.contains(.ranges) { ranges = CellGrid(width: frame.size.width, height: frame.size.height) }
            rows.deallocate()
            rows = .allocate(
                byteCount: frame.size.height / CellGrid.side * 2 * frame.size.width * (format.bitDepth > 8 ? 2 : 1),
                alignment: MemoryLayout<UInt16>.alignment)
        }
        ring[turn].ranges = nil
        ring[turn].sketch = nil
        picture(before: 1)?.color?.letGo()
        turn = (turn + 1) % Self.kept
        number += 1
        filled = min(filled + 1, Self.kept)
        let sums = ring[turn]
        sums.span = span
        sums.isFullRange = frame.isFullRange ?? (format.components < 3)
        sums.isInterlaced = frame.isInterlaced
        sums.isKey = frame.isKey
        sums.highDynamicRange = frame.highDynamicRange
        sums.isLumaAndDifferences = !frame.isICtCp
        sums.lumaWeights = frame.lumaWeights
        let excess = format.bitDepth - 8
        sums.excess = excess
        sums.ranges = needs.contains(.ranges) && number % Self.rangesEvery == 0 ? ranges : nil
        let isRead = excess > 0 ? luma(frame, sums, excess, UInt16.self) : luma(frame, sums, 0, UInt8.self)
        guard isRead, sums.color?.take(frame, excess: excess) ?? true else {
            // The next one is not told against it.
            filled = 0
            return nil
        }
        sums.lumaExtent = sums.luma.extent
        sums.change = change(to: sums)
        return Picture(sums, past: self)
    }

    // MARK: Planes

    private func luma<Sample: PictureSample>(
        _ frame: borrowing Frame, _ sums: PictureSums, _ excess: Int, _: Sample.Type
    ) -> Bool {
        let before = picture(before: 1)?.luma
        let dark =
            sums.isFullRange ? (PictureSums.darkLimit - 16) / 219 * 255 : PictureSums.darkLimit
        func scaled(_ level: Double) -> Sample { Sample(clamping: Int(level * Double(1 << excess))) }
        return frame.withPlane(0) { rows in
            let width = min(rows.rowBytes / MemoryLayout<Sample>.stride, sums.size.width)
            let stride = rows.stride / MemoryLayout<Sample>.stride
            var darkness = DarkCount(limit: scaled(dark), excess, pixels: width * rows.count)
            var levels = LevelCount(least: scaled(Self.leastLevel), most: scaled(Self.mostLevel))
            var detail = DetailSums()
            let kept = self.rows.assumingMemoryBound(to: Sample.self).baseAddress
            let isSmall = DetailSums.isSmall(sums.size)
            for strip in 0..<rows.count / CellGrid.side {
                guard let first = Self.row(rows, strip * CellGrid.side, Sample.self) else { continue }
                let at = strip * sums.luma.columns
                Sample.strip(first, stride, width, CUnsignedInt(excess), sums.luma.cells + at)
                if let ranges = sums.ranges { Sample.ranges(first, stride, width, ranges.cells + at) }
                darkness.add(first, stride, width, cells: sums.luma.cells + at, sums.luma.columns)
                if needs.contains(.levels) { levels.add(first, stride, width) }
                let row = first + 3 * stride
                let isSampled = strip % Self.detailEvery == 0
                if isSampled, needs.contains(.detail) { detail.read(row, width, excess) }
                guard needs.contains(.combs), isSmall || isSampled else { continue }
                // A row may be shorter than the picture, and is not longer.
                guard let kept = kept.map({ $0 + strip * 2 * sums.size.width }) else { continue }
                detail.readCombs(
                    row, stride, width, excess, sums.luma.cells + at, before: before.map { $0.cells + at }, kept: kept)
            }
            // Rows that fill no strip.
            for y in rows.count / CellGrid.side * CellGrid.side..<rows.count {
                guard let row = Self.row(rows, y, Sample.self) else { continue }
                darkness.add(row: row, width)
                if needs.contains(.levels) { levels.add(row: row, width) }
            }
            sums.sketch = sketches.isDue(sums.span.start) ? sketches.sketch(rows, width, excess, Sample.self) : nil
            sums.pixels = width * rows.count
            sums.dark = darkness.dark
            sums.below = levels.below
            sums.above = levels.above
            sums.detail = detail
            sums.edges =
                needs.contains(.edges) && number % Self.edgesEvery == 0
                ? EdgeLines(rows, width, excess, limit: sums.blackLevel + PictureSums.blackTolerance, Sample.self) : nil
            return true
        } ?? false
    }

    private static func row<Sample>(_ rows: PlaneRows, _ y: Int, _: Sample.Type) -> UnsafePointer<Sample>? {
        rows[y].assumingMemoryBound(to: Sample.self).baseAddress
    }

    /// Of the pictures, one in this many has its outermost lines looked at.
    private static let edgesEvery = 4
    /// Of the pictures, one in this many has its cells looked at for how flat they are: bands stay for longer.
    private static let rangesEvery = 6
    /// What EBU R 103 tolerates of limited range in 8 bits.
    private static let leastLevel = 5.0
    private static let mostLevel = 246.0
    /// Of the strips, one in this many is looked at sample by sample.
    private static let detailEvery = 4

    // MARK: Change

    private func change(to sums: PictureSums) -> PictureChange? {
        guard let before = picture(before: 1) else { return nil }
        var change = PictureChange(luma: sums.luma.difference(to: before.luma))
        if change.isNoneInLuma { change.chroma = Self.larger(sums.chromaDifference(to: before)) }
        if change.luma.littleShare >= PictureChange.motionShare, let earlier = picture(before: 2) {
            let apart = sums.luma.difference(to: earlier.luma).mean
            let bend = sums.luma.bend(before.luma, earlier.luma)
            change.isEven = bend <= Self.evenShare * apart
        }
        if change.luma.mean >= PictureChange.jumpMean {
            change.correlation = sums.luma.correlation(with: before.luma)
        }
        return change
    }

    /// Of how far cells went in two pictures, how much they may deviate from going evenly: rounding and coding.
    private static let evenShare = 0.15

    private static func larger(_ pair: (CellGrid.Difference, CellGrid.Difference)) -> CellGrid.Difference {
        pair.0.mean > pair.1.mean ? pair.0 : pair.1
    }
}

extension PictureSums {
    /// Of both planes of colour; nothing where there are none.
    func chromaDifference(to other: PictureSums) -> (CellGrid.Difference, CellGrid.Difference) {
        guard let blue, let red, let otherBlue = other.blue, let otherRed = other.red else {
            return (CellGrid.Difference(), CellGrid.Difference())
        }
        return (blue.difference(to: otherBlue), red.difference(to: otherRed))
    }
}

extension PixelFormat {
    /// Whether luma and the colour differences each have a plane of their own, a sample in one byte, or in two in this
    /// machine's order.
    fileprivate var isPlanarForReading: Bool {
        guard !isRGB, !isPalette, !isBitPacked, !isBigEndian, let first = firstComponent else { return false }
        let bytes = bitDepth > 8 ? 2 : 1
        return first.offset == 0 && first.shift == 0 && first.step == bytes && (8...16).contains(bitDepth)
            && (components < 3 || planes >= 3)
    }
}
