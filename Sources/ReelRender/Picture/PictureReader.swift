internal import ReelMedia
internal import ReelModel

/// The pictures of an asset, in order, as they are stored.
final class PictureReader {
    let name: String
    private let reader: AssetReader

    init(_ asset: Asset, cancellation: Cancellation) throws(Failure) {
        guard let reader = try AssetReader(asset, .video, cancellation: cancellation) else {
            throw Failure(
                .unreadable, subject: asset.name, problem: "it holds no picture",
                remedy: "Give an image or a video in its place")
        }
        name = asset.name
        self.reader = reader
    }

    var stream: StreamInfo { reader.stream }

    func seek(toSeconds seconds: Double) { reader.seek(toSeconds: seconds) }

    /// Decodes the next picture; `false` where there is none.
    func next(into frame: borrowing Frame) throws(Failure) -> Bool { try reader.next(into: frame) }

    /// Seconds from the asset's own zero.
    func seconds(of frame: borrowing Frame) -> Double? { reader.seconds(of: frame) }

    /// Why there was not one picture.
    var noPicture: Failure {
        Failure(
            .unreadable, subject: name, problem: "none of its pictures can be decoded",
            remedy: "Check that the file is whole, or convert it to JPEG or H.264",
            cause: reader.damage.map { $0.cause ?? $0.problem })
    }
}

/// What a decoded picture looks like before it is turned upright.
struct PictureShape: Sendable, Hashable {
    let size: Size
    let format: PixelFormat
    let sampleAspectRatio: Rational?
    let orientation: Orientation

    /// `nil` where it is no picture.
    init?(_ frame: borrowing Frame, _ stream: StreamInfo) {
        guard let format = frame.pixelFormat else { return nil }
        size = frame.size
        self.format = format
        sampleAspectRatio = stream.sampleAspectRatio ?? frame.sampleAspectRatio
        orientation = Orientation(frame, stream)
    }

    /// As it is displayed: upright, with square pixels.
    var displayed: Size {
        var shown = size
        if let ratio = sampleAspectRatio?.doubleValue, ratio > 0.1, ratio < 10 {
            shown.width = max(Int((Double(size.width) * ratio).rounded()), 1)
        }
        return orientation.swapsSides ? shown.turned : shown
    }
}
