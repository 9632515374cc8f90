import ReelModel
import Testing

@testable import ReelLocalBackend

struct AgentTests {
    static let photo = Asset(id: "a1", name: "a.jpg", content: .jpg, bytes: 1, size: Size(width: 600, height: 900))
    static let other = Asset(id: "a2", name: "b.png", content: .png, bytes: 1, size: Size(width: 900, height: 600))
    static let clip = Asset(
        id: "a3", name: "clip.mp4", content: .mp4, bytes: 1, duration: 6.28, size: Size(width: 640, height: 360))
    static let song = Asset(id: "a4", name: "song.mp3", content: .mp3, bytes: 1, duration: 60)

    private func turn(_ message: String, _ assets: [Asset] = [], after: Composition? = nil) -> Layout {
        ScriptedAgent.answer(message, assets: assets, composition: after)
    }

    private func draft(_ turn: Layout) throws -> Draft {
        try #require(Draft(turn.composition.draft()))
    }

    @Test func photosAndClipBecomeADraft() throws {
        let draft = try draft(
            turn("three product photos into a 1080p vertical video", [Self.photo, Self.other, Self.clip]))
        #expect(
            draft.summary
                == "Timeline (3 tracks): 1. Video: a.jpg (0-4s), b.png (4-8s), clip.mp4 (8-14.2s) "
                + "2. BGM: Lo-fi (0-14.2s, 35%) 3. Title: \"Three product photos\" (0-3s)")
        #expect(draft.canvas == .known(Size(width: 1080, height: 1920)))
        #expect(draft.json["d"] == 14_200)
    }

    @Test func wordsAloneBecomeCards() throws {
        let draft = try draft(turn("create three images of a mountain sunset, 30 seconds"))
        let segments = draft.tracks[0].segments
        #expect(segments.map(\.duration) == [10_000, 10_000, 10_000])
        #expect(segments[0].text?.hasSuffix("local card 1 of 3") == true)
        #expect(draft.canvas == .known(Size(width: 1920, height: 1080)))
    }

    @Test func askedLengthIsSharedAsFarAsTheMaterialLasts() {
        let both = turn("20 s", [Self.photo, Self.clip]).composition
        #expect(both.durations == [13_800, 6200])
        let clipOnly = turn("20 s", [Self.clip]).composition
        #expect(clipOnly.durations == [6200])
        #expect(turn("10秒", [Self.photo, Self.other, Self.clip]).composition.duration == 10_000)
    }

    @Test(arguments: [
        ("vertical", 1080, 1920), ("9:16 please", 1080, 1920), ("a square post", 1080, 1080),
        ("landscape", 1920, 1080), ("vertical 720p", 720, 1280), ("4k widescreen", 1920, 1080),
        ("whatever", 1080, 1920),
    ])
    func shapes(message: String, width: Int, height: Int) {
        #expect(turn(message, [Self.photo]).composition.canvas == Size(width: width, height: height))
    }

    @Test func uploadedSoundIsTheMusic() {
        let music = turn("vertical", [Self.photo, Self.song]).composition.music
        #expect(music == Composition.Music(name: "song", asset: "a4", volume: 0.35))
    }

    @Test func editsChangeOneThing() {
        let start = turn("vertical", [Self.photo]).composition
        var expected = start
        expected.title = "Night Market"
        #expect(turn("change the title to 'Night Market'", [Self.photo], after: start).composition == expected)
        expected = start
        expected.title = nil
        #expect(turn("remove the title", [Self.photo], after: start).composition == expected)
        expected = start
        expected.music?.volume = 0.2
        #expect(turn("music volume 20%", [Self.photo], after: start).composition == expected)
        expected.music = nil
        #expect(turn("no music", [Self.photo], after: start).composition == expected)
        expected = start
        expected.wished = 12_000
        #expect(turn("make it 12 seconds", [Self.photo], after: start).composition == expected)
        expected = start
        expected.scenes.append(.init(name: "b.png", asset: "a2", natural: 4000))
        #expect(turn("and this one", [Self.photo, Self.other], after: start).composition == expected)
    }

    @Test func whatItDoesNotUnderstandChangesNothing() {
        let start = turn("vertical", [Self.photo]).composition
        let after = turn("make it look better", [Self.photo], after: start)
        #expect(after.composition == start)
        #expect(!after.changed)
        #expect(after.report.contains("nothing was changed"))
    }

    @Test func itAnswersInChineseWhereItIsAskedSo() {
        let start = turn("vertical", [Self.photo]).composition
        let after = turn("标题“城市之梦”", [Self.photo], after: start)
        #expect(after.composition.title == "城市之梦")
        #expect(after.report.hasPrefix("本地后端"))
        #expect(after.report.contains("标题“城市之梦”"))
    }
}
