internal import ReelMedia
internal import ReelModel

/// Makes pictures of one shape upright, of one size, and of the canvas's colours.
final class Upright {
    let shape: PictureShape
    private let graph: FilterGraph

    /// What transparent pictures are laid on.
    private static let ground = "0x16181d"

    /// - Parameters:
    ///   - size: of the upright result.
    ///   - crop: the middle of it that is kept.
    init(_ shape: PictureShape, to size: Size, crop: Size? = nil, stream: StreamInfo, name: String) throws(Failure) {
        let stored = shape.orientation.swapsSides ? size.turned : size
        // A film that does not say so is taken to be what its size suggests, as players do; of images the decoder knows.
        let matrix = stream.colorMatrix == nil && shape.size.shortSide >= 720 && !shape.format.isRGB ? "bt709" : "auto"
        let scale = "scale=\(stored.width):\(stored.height):flags=bicubic+accurate_rnd+full_chroma_int"
        let toCanvas = "out_color_matrix=bt709:out_range=tv"
        var filters: [String]
        if shape.format.hasAlpha {
            let ground = "color=c=\(Self.ground):s=\(stored):r=25,format=rgba"
            filters = [
                "[in]\(scale),format=rgba[over];\(ground)[under];[under][over]overlay=format=rgb:shortest=1",
                "scale=\(toCanvas)",
            ]
        } else {
            filters = ["[in]\(scale):in_color_matrix=\(matrix):\(toCanvas)"]
        }
        filters.append("format=yuv420p")
        filters += shape.orientation.filters
        if let crop, crop != size { filters.append("crop=\(crop.width):\(crop.height)") }
        let graph = try FilterGraph(
            filters.joined(separator: ",") + ",setsar=1[out]",
            inputs: [.video("in", size: shape.size, pixelFormat: shape.format, timeBase: stream.timeBase)],
            outputs: [.video("out")], name: name)
        self.shape = shape
        self.graph = graph
    }

    /// Makes one picture upright. `isLast`: no other will follow.
    func convert(_ picture: borrowing Frame, into result: borrowing Frame, isLast: Bool) throws(Failure) -> Bool {
        try graph.push(picture, to: "in")
        if isLast { try graph.finish("in") }
        return try graph.pull(from: "out", into: result) == .frame
    }
}
