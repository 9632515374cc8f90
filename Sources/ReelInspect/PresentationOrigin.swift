internal import ReelMedia
internal import ReelModel

/// Where a file's time stamps count from. ISO BMFF and Matroska have a time line of their own that begins at 0, and a
/// stream that starts later starts late; others count from anywhere, and begin with their earliest stream.
struct PresentationOrigin: Sendable {
    let offset: Double

    init(_ demuxer: borrowing Demuxer) {
        let name = demuxer.formatName
        let hasTimeLine = name.hasPrefix("mov,") || name.hasPrefix("matroska,")
        offset = hasTimeLine ? 0 : demuxer.start ?? 0
    }

    /// A time stamp as seconds from the start of the presentation.
    func seconds(_ stamp: Int64, _ timeBase: Rational) -> Double { timeBase.seconds(stamp) - offset }
}
