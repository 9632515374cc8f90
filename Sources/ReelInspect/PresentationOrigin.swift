internal import ReelMedia
internal import ReelModel

/// Where a file's time stamps count from. Containers with a time line of their own begin at 0, and a stream that starts
/// later starts late; broadcast streams count from anywhere, and begin with their earliest stream.
struct PresentationOrigin: Sendable {
    let offset: Double

    init(_ demuxer: borrowing Demuxer) {
        let counted = ["mpegts", "mpeg", "mpegvideo", "flv", "asf"].contains(demuxer.formatName)
        offset = counted ? demuxer.start ?? 0 : 0
    }

    /// A time stamp as seconds from the start of the presentation.
    func seconds(_ stamp: Int64, _ timeBase: Rational) -> Double { timeBase.seconds(stamp) - offset }
}
