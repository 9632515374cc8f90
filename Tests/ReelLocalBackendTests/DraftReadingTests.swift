import ReelModel
import Testing

@testable import ReelLocalBackend

struct DraftReadingTests {
    @Test func ownDraftsBecomeStoryboards() throws {
        let assets = [AgentTests.photo, AgentTests.clip, AgentTests.song]
        let composition = try #require(
            ScriptedAgent.answer("10 s vertical, title 'Hi'", assets: assets, composition: nil).composition)
        let reading = try DraftReading(composition.draft(), assets: assets)
        let expected = Storyboard(
            canvas: Size(width: 1080, height: 1920), frameRate: Rational(30), duration: 10_000,
            scenes: [
                .init(start: 0, duration: 3921, picture: .still(asset: 0)),
                .init(start: 3921, duration: 6079, picture: .clip(asset: 1, from: 0)),
            ],
            titles: [.init(text: "Hi", start: 0, duration: 3000)],
            music: [.init(name: "song", asset: 2, start: 0, duration: 10_000, volume: 0.35)])
        #expect(reading.storyboard == expected)
        #expect(reading.assets == assets)
    }

    @Test func foreignDraftsAreReadLiberally() throws {
        let draft = try JSON(
            parsing:
                #"{"m":{"width":3840,"height":2160},"t":[{"tt":"0","sg":[{"d":2000,"n":"x"},{"s":1500,"d":1500}]},{"tt":4,"sg":[{"d":1}]}]}"#
        )
        let storyboard = try DraftReading(draft, assets: []).storyboard
        #expect(storyboard.canvas == Size(width: 1920, height: 1080))
        #expect(storyboard.duration == 3000)
        #expect(
            storyboard.scenes == [
                .init(start: 0, duration: 2000, picture: .card("x")),
                .init(start: 2000, duration: 1000, picture: .card("")),
            ])
        #expect(storyboard.music.isEmpty)
    }

    @Test(arguments: [
        ("{}", "the draft has no track with a segment"),
        (#"{"t":[{"tt":0,"sg":[]}]}"#, "the draft has no track with a segment"),
        (#"{"t":[{"tt":0,"sg":[{"n":"x"}]}]}"#, "the draft has no length"),
        (
            #"{"t":[{"tt":0,"sg":[{"d":1000,"src":"zz"}]}]}"#,
            "the draft uses zz, which was not uploaded into this session"
        ),
    ])
    func saysWhatIsWrong(draft: String, reason: String) throws {
        let json = try JSON(parsing: draft)
        #expect(throws: DraftReading.Problem(reason: reason)) { try DraftReading(json, assets: []) }
    }
}
