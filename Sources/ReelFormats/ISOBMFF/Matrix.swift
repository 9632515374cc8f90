internal import ReelModel

/// What turns a picture for display: the upper left of the 3×3 matrix (8.3.2), in whole units.
struct Matrix {
    var a = 1.0
    var b = 0.0
    var c = 0.0
    var d = 1.0

    init() {}

    init(_ bytes: Bytes, at start: Int) {
        guard let a = bytes.i32(start), let b = bytes.i32(start + 4), let c = bytes.i32(start + 12),
            let d = bytes.i32(start + 16)
        else { return }
        (self.a, self.b, self.c, self.d) = (Double(a) / 65536, Double(b) / 65536, Double(c) / 65536, Double(d) / 65536)
    }

    /// This, then the other.
    func followed(by other: Matrix) -> Matrix {
        var product = Matrix()
        product.a = a * other.a + b * other.c
        product.b = a * other.b + b * other.d
        product.c = c * other.a + d * other.c
        product.d = c * other.b + d * other.d
        return product
    }

    /// Degrees clockwise.
    var rotation: Known<Int> {
        if b == 0, c == 0 {
            if a > 0, d > 0 { return .known(0) }
            if a < 0, d < 0 { return .known(180) }
        }
        if a == 0, d == 0 {
            if b > 0, c < 0 { return .known(90) }
            if b < 0, c > 0 { return .known(270) }
        }
        if a * d - b * c < 0 { return .unknown("the display matrix mirrors the picture") }
        if a == 0, b == 0, c == 0, d == 0 { return .known(0) }
        return .unknown("the display matrix turns by no multiple of 90 degrees")
    }
}
