internal import CKernels
internal import ReelModel

/// The picture in squares of at least 16 pixels, each with its last turn of relative luminance and of saturated red.
struct FlashField: Sendable {
    /// Of the picture, how much has to change at once (ITU-R BT.1702: a quarter).
    static let area = 0.25
    /// WCAG: a tenth of the maximum of relative luminance, where the darker picture is below 0.8 of it; that is 20 cd/m2
    /// below 160 cd/m2 in ITU-R BT.1702.
    private static let general = Criterion(change: 0.1, below: 0.8, contrast: .infinity)
    /// BT.1702-3 for high dynamic range: the same, and from 160 cd/m2 on a Michelson contrast of 1/17.
    private static let generalOfHighRange = Criterion(change: 0.1, below: 0.8, contrast: 1.0 / 17)
    /// Of red less green and blue, 20 of 320, where red is at least 0.8 of all three.
    private static let reds = Criterion(change: 20.0 / 320, below: .infinity, contrast: .infinity)
    private static let saturation: Float = 0.8

    /// Of the squares, how many have just gone up and down.
    struct Changes: Sendable {
        var up = 0.0
        var down = 0.0
    }

    private(set) var luminance = Changes()
    private(set) var red = Changes()
    private var luminances: [Turn] = []
    private var reds: [Turn] = []
    private var size = Size(width: 0, height: 0)
    private var colors = ColorMeans()

    mutating func read(_ sums: PictureSums) {
        luminance = Changes()
        red = Changes()
        // Pixels along a square, and cells of luma; a power of two, so that cells of colour fill it too.
        var cells = 2
        while sums.luma.columns / (cells * 2) >= 56 { cells *= 2 }
        let columns = sums.luma.columns / cells
        let rows = sums.luma.rows / cells
        guard columns > 0, rows > 0 else { return }
        if size != sums.size || luminances.count != columns * rows {
            size = sums.size
            luminances = [Turn](repeating: Turn(), count: columns * rows)
            reds = luminances
        }
        colors.read(sums, cells, columns, rows)
        let weights = (red: Float(sums.lumaWeights.red), blue: Float(sums.lumaWeights.blue))
        let green = 1 - weights.red - weights.blue
        let display = DisplayLight.of(sums.highDynamicRange)
        let general = sums.highDynamicRange == nil ? Self.general : Self.generalOfHighRange
        var counts = (up: 0, down: 0, redUp: 0, redDown: 0)
        for at in 0..<columns * rows {
            let color = colors.at(at)
            let r = color.luma + 2 * (1 - weights.red) * color.red
            let b = color.luma + 2 * (1 - weights.blue) * color.blue
            let g = (color.luma - weights.red * r - weights.blue * b) / green
            let light = display.color(red: r, green: g, blue: b)
            switch luminances[at].take(light.luminance, general) {
            case 1: counts.up += 1
            case -1: counts.down += 1
            default: break
            }
            let all = light.red + light.green + light.blue
            let excess = max(light.red - light.green - light.blue, 0)
            let saturated = all > 0 && light.red >= Self.saturation * all ? excess : 0
            switch reds[at].take(saturated, Self.reds) {
            case 1: counts.redUp += 1
            case -1: counts.redDown += 1
            default: break
            }
        }
        let all = Double(columns * rows)
        luminance = Changes(up: Double(counts.up) / all, down: Double(counts.down) / all)
        red = Changes(up: Double(counts.redUp) / all, down: Double(counts.redDown) / all)
    }

    /// How far apart two values lie at least for a change that counts.
    private struct Criterion: Sendable {
        /// Where the lower is below a limit.
        var change: Float
        var below: Float
        /// Where it is not: their difference over their sum.
        var contrast: Float

        func counts(_ low: Float, _ high: Float) -> Bool {
            high - low >= (low < below ? change : contrast * (high + low))
        }
    }

    /// A value that goes up and down, and how far it is from its last turn.
    private struct Turn: Sendable {
        private var direction: Int8 = 0
        private var low = Float.infinity
        private var high = -Float.infinity

        /// 1 where the value has just risen from its lowest by what counts, -1 where it has fallen, else 0.
        mutating func take(_ value: Float, _ criterion: Criterion) -> Int {
            low = min(low, value)
            high = max(high, value)
            if direction <= 0, criterion.counts(low, value) {
                direction = 1
                high = value
                return 1
            }
            if direction >= 0, criterion.counts(value, high) {
                direction = -1
                low = value
                return -1
            }
            if direction > 0 { low = value } else if direction < 0 { high = value }
            return 0
        }
    }
}

/// Mean colours of squares.
private struct ColorMeans: Sendable {
    private var luma: [Float] = []
    private var blue: [Float] = []
    private var red: [Float] = []
    private var black: Float = 0
    private var range: Float = 1
    private var chromaRange: Float = 1

    /// - Parameters:
    ///   - cells: of luma, along a square.
    ///   - columns: squares in a row.
    mutating func read(_ sums: PictureSums, _ cells: Int, _ columns: Int, _ rows: Int) {
        black = Float(sums.blackLevel)
        range = Float(sums.range)
        chromaRange = sums.isFullRange ? 255 : 224
        Self.means(&luma, sums.luma, cells, cells, columns, rows)
        let wide = max(cells >> sums.chromaShift.horizontal, 1)
        let high = max(cells >> sums.chromaShift.vertical, 1)
        guard let itsBlue = sums.blue, let itsRed = sums.red else {
            blue.removeAll(keepingCapacity: true)
            red.removeAll(keepingCapacity: true)
            return
        }
        Self.means(&blue, itsBlue, wide, high, columns, rows)
        Self.means(&red, itsRed, wide, high, columns, rows)
    }

    /// Luma from 0 to 1, colour differences from -0.5 to 0.5.
    func at(_ square: Int) -> (luma: Float, blue: Float, red: Float) {
        let level = (luma[square] - black) / range
        guard !blue.isEmpty, !red.isEmpty else { return (level, 0, 0) }
        return (level, (blue[square] - 128) / chromaRange, (red[square] - 128) / chromaRange)
    }

    /// In levels. A plane of colour may have a cell less than luma has squares for: what is there counts.
    private static func means(
        _ means: inout [Float], _ grid: CellGrid, _ wide: Int, _ high: Int, _ columns: Int, _ rows: Int
    ) {
        if means.count != columns * rows { means = [Float](repeating: 128, count: columns * rows) }
        means.withUnsafeMutableBufferPointer { means in
            guard let means = means.baseAddress else { return }
            for row in 0..<rows where row * high < grid.rows {
                let first = grid.cells + row * high * grid.columns
                let whole = min(columns, grid.columns / wide)
                reel_square_means(
                    first, grid.columns, wide, min(high, grid.rows - row * high), whole, means + row * columns)
                let rest = grid.columns - whole * wide
                if whole < columns, rest > 0 {
                    reel_square_means(
                        first + whole * wide, grid.columns, rest, min(high, grid.rows - row * high), 1,
                        means + row * columns + whole)
                }
            }
        }
    }
}
