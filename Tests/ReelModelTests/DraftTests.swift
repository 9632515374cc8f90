import ReelModel
import Testing

struct DraftTests {
    private func draft(_ text: String) throws -> Draft { try #require(Draft(try JSON(parsing: text))) }

    @Test func `the summary has the published form`() throws {
        let draft = try draft(
            #"""
            {"d":10000,"t":[{"tt":0,"sg":[{"s":0,"d":10000,"n":"city timelapse"}]},
            {"tt":1,"sg":[{"s":0,"d":10000,"n":"Lo-fi","v":0.35}]},
            {"tt":7,"sg":[{"s":0,"d":3000,"tx":"Urban Dreams"}]}]}
            """#)
        #expect(
            draft.summary == "Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) "
                + #"3. Title: "Urban Dreams" (0-3s)"#)
        #expect(draft.duration == .known(10_000))
    }

    @Test func `segments without a start follow each other`() throws {
        let segments = try draft(#"{"t":[{"tt":"0","sg":[{"d":1500},{"d":2000},{"d":null}]}]}"#).tracks[0].segments
        #expect(segments.map(\.start) == [0, 1500, 3500])
        #expect(segments.map(\.end) == [1500, 3500, nil])
    }

    @Test func `an unknown track type is kept and shown`() throws {
        let draft = try draft(#"{"t":[{"tt":4,"sg":[{"d":1000,"n":"sparkle"}]},{"sg":null}]}"#)
        #expect(
            draft.summary == "Timeline (2 tracks): 1. Track (type 4): sparkle (0-1s) 2. Track (type unknown): empty")
    }

    @Test(arguments: [#"{}"#, #"{"t":null}"#, #"{"t":[]}"#, #"{"t":[{"tt":0,"sg":[]}]}"#])
    func `an empty timeline is not exportable`(text: String) throws {
        #expect(try draft(text).isExportable == false)
    }

    @Test func `a draft may come as text, and is kept as it came`() throws {
        let inner = #"{"zz":9007199254740993,"t":[{"tt":0,"sg":[{"d":1}]}]}"#
        let draft = try #require(Draft(.string(inner)))
        #expect(draft.json.description == inner)
        #expect(draft.isExportable)
        #expect(Draft(.null) == nil)
        #expect(Draft(.string("no")) == nil)
    }

    @Test func `the canvas is found where drafts keep it`() throws {
        #expect(try draft(#"{"m":{"width":1080,"height":1920}}"#).canvas == .known(Size(width: 1080, height: 1920)))
        #expect(try draft(#"{"m":{"width":-1,"height":1920}}"#).canvas.value == nil)
    }

    @Test func `a draft orders what it holds`() throws {
        let order = Expectation(
            draft: try draft(
                #"{"m":{"width":720,"height":1280},"t":[{"tt":0,"sg":[{"d":2500}]},{"tt":1,"sg":[{"d":2500}]}]}"#))
        #expect(order.size == Size(width: 720, height: 1280))
        #expect(order.duration == 2.5)
        #expect(order.audio == true)
        #expect(order.codec == "h264")
    }

    @Test func `times that overflow are unknown`() throws {
        let segment = try draft(#"{"t":[{"sg":[{"s":9223372036854775807,"d":5}]}]}"#).tracks[0].segments[0]
        #expect(segment.end == nil)
    }

    @Test func `sound that can be heard is ordered with its place`() throws {
        let order = Expectation(
            draft: try draft(
                #"""
                {"t":[{"tt":0,"sg":[{"d":10000,"n":"a.mp4"}]},
                {"tt":1,"sg":[{"s":1000,"d":8000,"n":"Lo-fi","v":0.35},{"s":9000,"d":1000,"n":"off","v":0}]}]}
                """#))
        #expect(order.sounds == [OrderedSegment(name: "Lo-fi", span: TimeRange(start: 1, end: 9))])
        #expect(order.audio == true && order.duration == 10 && order.draftDuration == 10)
        #expect(Expectation(audio: false).completed(by: order).sounds == [])
        #expect(Expectation(tolerance: 1).isEmpty && !order.isEmpty)
    }

    @Test func `words over the picture are ordered with their place`() throws {
        let order = Expectation(
            draft: try draft(
                #"""
                {"t":[{"tt":7,"sg":[{"s":4000,"d":1000,"tx":"Late"},{"s":0,"d":3000,"tx":"Urban Dreams"},
                {"s":3000,"d":500,"tx":"Urban Dreams"},{"s":6000,"d":1000,"tx":"  "},{"s":7000,"d":0,"tx":"none"}]}]}
                """#))
        #expect(
            order.titles == [
                OrderedSegment(name: "Urban Dreams", span: TimeRange(start: 0, end: 3.5)),
                OrderedSegment(name: "Late", span: TimeRange(start: 4, end: 5)),
            ])
        #expect(Expectation(codec: "h264").completed(by: order).titles == order.titles)
    }
}
