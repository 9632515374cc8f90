internal import CKernels

/// What the slopes of luma along the rows of some sketches come to: an edge that stays where it is adds up, one that moves
/// does not, nor does grain.
struct SlopeSums: Sendable {
    /// Sketches that their sums have room for.
    static let most = 128
    /// Levels, from the sample before to the one after, of an edge that can be read. White on black has 219.
    private static let edgeLevel: UInt8 = 20
    /// Of the sketches, how many have to have the edge.
    private static let steadiness = 0.9

    private(set) var count = 0
    private(set) var width = 0
    private(set) var height = 0
    private var sums: [Int16] = []
    private var rising: [UInt8] = []
    private var falling: [UInt8] = []

    /// Beyond `most`, nothing is added.
    mutating func add(_ sketch: LumaSketch) {
        if (sketch.width, sketch.height) != (width, height), count == 0 {
            (width, height) = (sketch.width, sketch.height)
            sums = [Int16](repeating: 0, count: width * height)
            rising = [UInt8](repeating: 0, count: width * height)
            falling = [UInt8](repeating: 0, count: width * height)
        }
        guard count < Self.most, (sketch.width, sketch.height) == (width, height) else { return }
        count += 1
        sketch.samples.withUnsafeBufferPointer { samples in
            sums.withUnsafeMutableBufferPointer { sums in
                rising.withUnsafeMutableBufferPointer { rising in
                    falling.withUnsafeMutableBufferPointer { falling in
                        guard let row = samples.baseAddress, let sum = sums.baseAddress, let up = rising.baseAddress,
                            let down = falling.baseAddress
                        else { return }
                        for y in 0..<height {
                            let at = y * width
                            reel_slopes(row + at, width, Self.edgeLevel, sum + at, up + at, down + at)
                        }
                    }
                }
            }
        }
    }

    /// Forgets what was added.
    mutating func clear() {
        count = 0
        for place in sums.indices { (sums[place], rising[place], falling[place]) = (0, 0, 0) }
    }

    /// The mean slope at each sample where an edge stands in nearly all sketches; 0 elsewhere.
    var standing: [Float] {
        guard count > 0 else { return [] }
        let enough = Int((Self.steadiness * Double(count)).rounded(.up))
        return sums.indices.map { place in
            Int(max(rising[place], falling[place])) >= enough ? Float(sums[place]) / Float(count) : 0
        }
    }

    /// Whether, at a place or up to two samples beside it, an edge of that slope stands here as well, at least half as
    /// steep: a picture that is enlarged slowly has moved a little.
    func explains(_ slope: Float, row: Int, column: Int) -> Bool {
        count > 0 && has(slope, row: row, from: column - 2, to: column + 2)
    }

    /// The same, of places that are counted along the rows from the first one; exactly there.
    func has(_ slope: Float, at place: Int) -> Bool {
        guard count > 0 else { return false }
        let column = place % width
        return has(slope, row: place / width, from: column, to: column)
    }

    /// The same, anywhere within so many samples.
    func has(_ slope: Float, near place: Int, within reach: Int) -> Bool {
        guard count > 0 else { return false }
        let (row, column) = place.quotientAndRemainder(dividingBy: width)
        for y in max(row - reach, 0)...min(row + reach, height - 1)
        where has(slope, row: y, from: column - reach, to: column + reach) {
            return true
        }
        return false
    }

    private func has(_ slope: Float, row: Int, from left: Int, to right: Int) -> Bool {
        let least = abs(slope) / 2 * Float(count)
        for x in max(left, 0)...min(right, width - 1) {
            let sum = Float(sums[row * width + x])
            if (slope > 0 ? sum : -sum) >= least { return true }
        }
        return false
    }
}
