import ReelModel
import Testing

/// The header's facts joined with deeper ones.
struct `Filling facts` {
    private func facts(_ depth: Depth) -> Facts {
        Facts(depth: depth, bytes: 10, fileExtension: "mp4", type: .known(.mp4))
    }

    @Test func `what the header knows stays, what it does not is filled`() {
        var header = facts(.header)
        header.duration = .known(1)
        var deeper = facts(.packets)
        deeper.duration = .known(2)
        deeper.bitRate = .known(3)
        let joined = header.filled(from: deeper)
        #expect(joined.duration == .known(1))
        #expect(joined.bitRate == .known(3))
        #expect(joined.depth == .packets)
    }

    @Test func `a reason stays where nobody knows better`() {
        var header = facts(.header)
        header.duration = .unknown("the header's reason")
        var deeper = facts(.frames)
        deeper.duration = .unknown("another")
        #expect(header.filled(from: deeper).duration == .unknown("the header's reason"))
    }

    @Test func `streams are matched by their index, and none is added`() {
        var header = facts(.header)
        header.video = .known([VideoFacts(index: 1, codec: .known("h264"))])
        header.audio = .known([AudioFacts(index: 0, codec: .unknown("why"))])
        var picture = VideoFacts(index: 1, codec: .known("hevc"))
        picture.pixelFormat = .known("yuv420p")
        var other = VideoFacts(index: 2, codec: .known("mjpeg"))
        other.attachedPicture = true
        var deeper = facts(.frames)
        deeper.video = .known([other, picture])
        deeper.audio = .known([AudioFacts(index: 0, codec: .known("aac"))])
        let joined = header.filled(from: deeper)
        #expect(joined.video.value?.map(\.index) == [1])
        #expect(joined.mainVideo?.codec == .known("h264"))
        #expect(joined.mainVideo?.pixelFormat == .known("yuv420p"))
        #expect(joined.mainAudio?.codec == .known("aac"))
    }

    @Test func `streams that the header could not list are the deeper ones`() {
        var deeper = facts(.frames)
        deeper.video = .known([VideoFacts(index: 0, codec: .known("mpeg2video"))])
        deeper.others = .known([])
        deeper.measured = Measured(faultCount: 2)
        let joined = facts(.header).filled(from: deeper)
        #expect(joined.video == deeper.video)
        #expect(joined.others == .known([]))
        #expect(joined.measured?.faultCount == 2)
        #expect(joined.depth == .frames)
    }

    @Test func `an image is filled field by field`() {
        var image = ImageFacts()
        image.width = .known(4)
        var seen = ImageFacts()
        seen.width = .known(5)
        seen.alpha = .known(true)
        var header = facts(.header)
        header.image = image
        var deeper = facts(.frames)
        deeper.image = seen
        #expect(header.filled(from: deeper).image?.width == .known(4))
        #expect(header.filled(from: deeper).image?.alpha == .known(true))
        #expect(facts(.header).filled(from: deeper).image == seen)
    }
}
