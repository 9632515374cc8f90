internal import ReelMedia
internal import ReelModel

/// Turns pictures of one size and format to 8 bits with luma and colour in planes of their own, limited range.
final class PlanarConverter {
    let size: Size
    let format: PixelFormat
    private let graph: FilterGraph
    private let planar: Frame

    init(_ size: Size, _ format: PixelFormat) throws(Failure) {
        self.size = size
        self.format = format
        planar = try Frame()
        graph = try FilterGraph(
            "[in]scale=out_range=tv,format=yuv420p[out]",
            inputs: [.video("in", size: size, pixelFormat: format, timeBase: .microsecond)], outputs: [.video("out")],
            name: "planar")
    }

    func withPlanes<Result>(
        _ frame: borrowing Frame, _ body: (borrowing Frame) -> Result?
    ) throws(Failure) -> Result? {
        try graph.push(frame, to: "in")
        guard try graph.pull(from: "out", into: planar) == .frame else { return nil }
        return body(planar)
    }
}
