internal import ReelMedia

/// The eight outermost lines of samples at each side of a picture, from the edge inwards: of each, the share of its parts
/// of eight samples that are brighter than black. Cells cannot tell a bar that is narrower than they are.
struct EdgeLines: Sendable {
    var top = SIMD8<Float>()
    var bottom = SIMD8<Float>()
    var left = SIMD8<Float>()
    var right = SIMD8<Float>()

    /// Each line as bright as it is in either.
    mutating func raise(_ other: EdgeLines) {
        func raise(_ most: inout SIMD8<Float>, _ lines: SIMD8<Float>) {
            most.replace(with: lines, where: lines .> most)
        }
        raise(&top, other.top)
        raise(&bottom, other.bottom)
        raise(&left, other.left)
        raise(&right, other.right)
    }
}

extension EdgeLines {
    /// `nil` where the picture is too small.
    ///
    /// - Parameters:
    ///   - width: of its samples.
    ///   - limit: what is brighter than black, in levels of 8 bits.
    init?<Sample: PictureSample>(_ rows: PlaneRows, _ width: Int, _ excess: Int, limit: Double, _: Sample.Type) {
        let side = CellGrid.side
        guard width >= 2 * side, rows.count >= 2 * side,
            let first = rows[0].assumingMemoryBound(to: Sample.self).baseAddress
        else { return nil }
        let stride = rows.stride / MemoryLayout<Sample>.stride
        let most = Int(limit * Double(side)) << excess
        let (across, down) = (Float(width / side), Float(rows.count / side))
        let (last, end) = (first + (rows.count - 1) * stride, first + (width - 1))
        for line in 0..<side {
            top[line] = Float(Sample.litParts(first + line * stride, 1, width, most)) / across
            bottom[line] = Float(Sample.litParts(last - line * stride, 1, width, most)) / across
            left[line] = Float(Sample.litParts(first + line, stride, rows.count, most)) / down
            right[line] = Float(Sample.litParts(end - line, stride, rows.count, most)) / down
        }
    }
}
