internal import CKernels
internal import ReelMedia
internal import ReelModel

/// The picture that is being drawn, as the encoder takes it: 4:2:0, limited range, BT.709.
final class Canvas {
    /// A colour as it is stored: luma from 16 to 235, chroma around 128 (ITU-R BT.709, 3.4).
    struct Color: Sendable, Hashable {
        var luma: UInt8
        var blue: UInt8
        var red: UInt8
    }

    static let black = Color(luma: 16, blue: 128, red: 128)

    let size: Size
    let frame: Frame

    init(_ size: Size) throws(Failure) {
        self.size = size
        let frame = try Frame(video: size, pixelFormat: .yuv420p)
        self.frame = frame
        try fill { _, _ in Self.black }
    }

    /// Gives each pixel a colour; chroma is asked for at every other column and row.
    func fill(_ color: (_ x: Int, _ y: Int) -> Color) throws(Failure) {
        for plane in 0..<3 {
            let step = plane == 0 ? 1 : 2
            try frame.withWritablePlane(plane) { rows throws(Failure) in
                for y in 0..<rows.count {
                    let row = rows[y]
                    for x in 0..<row.count {
                        let color = color(x * step, y * step)
                        row[x] = plane == 0 ? color.luma : plane == 1 ? color.blue : color.red
                    }
                }
            }
        }
    }

    /// Puts a picture of the window's size into it, as it is.
    func copy(_ picture: borrowing Frame, into window: Framing.Window) throws(Failure) {
        for plane in 0..<3 {
            let shift = plane == 0 ? 0 : 1
            let (left, top) = (window.x >> shift, window.y >> shift)
            let (width, height) = (window.size.width >> shift, window.size.height >> shift)
            try frame.withWritablePlane(plane) { target throws(Failure) in
                picture.withPlane(plane) { source in
                    for y in 0..<min(height, source.count) {
                        let row = UnsafeMutableRawBufferPointer(rebasing: target[top + y][left..<left + width])
                        row.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[y].prefix(width)))
                    }
                }
            }
        }
    }

    /// Puts a picture that is larger than the window into it, scaled so that it just covers it, and enlarged about its
    /// middle by `zoom` besides. It is read between its pixels, so that a slow zoom is smooth.
    func zoom(_ picture: borrowing Frame, by zoom: Double, into window: Framing.Window) throws(Failure) {
        let scale = min(
            Double(picture.size.width) / Double(window.size.width),
            Double(picture.size.height) / Double(window.size.height))
        for plane in 0..<3 {
            let shift = plane == 0 ? 0 : 1
            let (left, top) = (window.x >> shift, window.y >> shift)
            let (width, height) = (window.size.width >> shift, window.size.height >> shift)
            try frame.withWritablePlane(plane) { target throws(Failure) in
                picture.withPlane(plane) { source in
                    guard source.rowBytes > 1, source.count > 1 else { return }
                    let columns = Taps(count: width, of: source.rowBytes, step: scale / zoom)
                    let rows = Taps(count: height, of: source.count, step: scale / zoom)
                    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: source.rowBytes) { blended in
                        for y in 0..<height {
                            let above = Int(rows.first[y])
                            reel_blend_rows_u8(
                                blended.baseAddress, source[above].bindMemory(to: UInt8.self).baseAddress,
                                source[above + 1].bindMemory(to: UInt8.self).baseAddress, UInt32(rows.weight[y]),
                                source.rowBytes)
                            let row = target[top + y].bindMemory(to: UInt8.self)
                            reel_resample_row_u8(
                                row.baseAddress.map { $0 + left }, blended.baseAddress, columns.first, columns.weight,
                                width)
                        }
                    }
                }
            }
        }
    }
}

/// Where the samples of a scaled row or column lie among those of the source: between sample `first` and the next one,
/// at `weight` 256ths of the way.
struct Taps: Sendable, Hashable {
    private(set) var first: [UInt32] = []
    private(set) var weight: [UInt16] = []

    /// - Parameters:
    ///   - length: samples of the source, at least two.
    ///   - step: source samples from one to the next; the middles of both lie on each other.
    init(count: Int, of length: Int, step: Double) {
        first.reserveCapacity(count)
        weight.reserveCapacity(count)
        for index in 0..<count {
            let place = (Double(index) + 0.5 - Double(count) / 2) * step + Double(length) / 2 - 0.5
            let inside = min(max(place, 0), Double(length - 1))
            let left = min(Int(inside), length - 2)
            first.append(UInt32(left))
            weight.append(UInt16(((inside - Double(left)) * 256).rounded()))
        }
    }
}
