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
        if count == 0 {
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
        guard count > 0 else { return false }
        let least = abs(slope) / 2 * Float(count)
        for x in max(column - 2, 0)...min(column + 2, width - 1) {
            let sum = Float(sums[row * width + x])
            if (slope > 0 ? sum : -sum) >= least { return true }
        }
        return false
    }
}
