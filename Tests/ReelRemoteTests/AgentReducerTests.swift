import Testing

@testable import ReelRemote

/// One row per case of how an agent's stream may look.
struct AgentReducerTests {
    static func reduce(_ lines: [String]) -> (events: [AgentEvent], reply: AgentReply) {
        var reducer = AgentReducer()
        let events = lines.flatMap { reducer.on(.message(name: nil, data: $0)) } + reducer.finish()
        return (events, reducer.reply)
    }

    static func shown(_ events: [AgentEvent]) -> String {
        events.map { if case .text(let text) = $0 { text } else { "" } }.joined()
    }

    static func text(_ text: String, partial: Bool = false, author: String = "agent", id: String? = nil) -> String {
        let name = id.map { #""id":"\#($0)","# } ?? ""
        return
            #"{\#(name)"content":{"parts":[{"text":"\#(text)"}]},"partial":\#(partial),"invocationId":"i","author":"\#(author)"}"#
    }

    static let call = #"{"content":{"parts":[{"functionCall":{"name":"edit"}}]},"invocationId":"i","author":"agent"}"#
    static let result =
        #"{"content":{"parts":[{"functionResponse":{"name":"edit","response":{"ok":true}}}],"role":"user"},"invocationId":"i","author":"agent"}"#
    static let badResult =
        #"{"content":{"parts":[{"functionResponse":{"name":"edit","response":{"error":"no"}}}]},"author":"agent"}"#

    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var lines: [String]
        var segments: [String]
        var shown: String?
        var failure: AgentFailure?
        var tools: [String] = []
    }

    static let rows = [
        Row(
            testDescription: "partials and their whole",
            lines: [text("He", partial: true), text("llo", partial: true), text("Hello")], segments: ["Hello"]),
        Row(testDescription: "no partials", lines: [text("Hello"), text(" again")], segments: ["Hello", " again"]),
        Row(
            testDescription: "partials without their whole",
            lines: [text("He", partial: true), text("llo", partial: true)], segments: ["Hello"]),
        Row(
            testDescription: "a tool between two texts that are never whole",
            lines: [text("A", partial: true), call, result, text("B", partial: true)], segments: ["A", "B"],
            tools: ["edit"]),
        Row(
            testDescription: "the whole comes after the tool", lines: [text("AB", partial: true), call, text("AB")],
            segments: ["AB"], tools: ["edit"]),
        Row(
            testDescription: "the whole is longer than its partials",
            lines: [text("He", partial: true), text("Hello")], segments: ["Hello"]),
        Row(
            testDescription: "the whole is shorter", lines: [text("Hello  ", partial: true), text("Hello")],
            segments: ["Hello"], shown: "Hello  "),
        Row(
            testDescription: "the whole differs", lines: [text("Hello", partial: true), text("Good day")],
            segments: ["Good day"], shown: "Hello\nGood day"),
        Row(
            testDescription: "each partial holds all so far",
            lines: [
                text("Generating", partial: true), text("Generating your", partial: true),
                text("Generating your video", partial: true), text("Generating your video"),
            ],
            segments: ["Generating your video"]),
        Row(
            testDescription: "a short repetition is not that",
            lines: [text("ha", partial: true), text("ha", partial: true)], segments: ["haha"]),
        Row(
            testDescription: "two speakers at once",
            lines: [
                text("a1", partial: true, author: "a"), text("b1", partial: true, author: "b"),
                text("a1a2", author: "a"), text("b1b2", author: "b"),
            ],
            segments: ["a1a2", "b1b2"], shown: "a1b1a2b2"),
        Row(
            testDescription: "a state between partials",
            lines: [
                text("A", partial: true), #"{"actions":{"stateDelta":{}},"invocationId":"i","author":"agent"}"#,
                text("B", partial: true), text("AB"),
            ], segments: ["AB"]),
        Row(
            testDescription: "the same event twice", lines: [text("Hello", id: "1"), text("Hello", id: "1")],
            segments: ["Hello"]),
        Row(
            testDescription: "the same words in two events", lines: [text("Hello", id: "1"), text("Hello", id: "2")],
            segments: ["Hello", "Hello"]),
        Row(
            testDescription: "a thought",
            lines: [#"{"content":{"parts":[{"text":"hm","thought":true},{"text":"yes"}]},"author":"agent"}"#],
            segments: ["yes"]),
        Row(
            testDescription: "an echo of the user", lines: [text("do it", author: "user"), text("done")],
            segments: ["done"]),
        Row(
            testDescription: "nothing but empty texts",
            lines: [text(""), #"{"content":{"parts":[]},"author":"agent"}"#, "{}"], segments: []),
        Row(
            testDescription: "heartbeats", lines: ["heartbeat", "[DONE]", #"{"type":"heartbeat"}"#, "{}", "null"],
            segments: []),
        Row(testDescription: "a line that is not JSON", lines: ["{\"content\": oops", text("ok")], segments: ["ok"]),
        Row(
            testDescription: "error line", lines: [#"{"error":"Oh: no"}"#], segments: [],
            failure: AgentFailure("Oh: no")),
        Row(
            testDescription: "error line after words", lines: [text("Hello"), #"{"error":"Oh"}"#], segments: ["Hello"],
            failure: AgentFailure("Oh")),
        Row(
            testDescription: "error line that is not JSON", lines: [#"{"error": "backend "exploded" now"}"#],
            segments: [], failure: AgentFailure(#"backend "exploded" now"#)),
        Row(
            testDescription: "error event alone",
            lines: [#"{"errorCode":"EXHAUSTED","errorMessage":"quota","author":"agent"}"#], segments: [],
            failure: AgentFailure("quota (EXHAUSTED)")),
        Row(
            testDescription: "error event with words",
            lines: [#"{"content":{"parts":[{"text":"cut"}]},"errorCode":"MAX_TOKENS","author":"agent"}"#],
            segments: ["cut"]),
        Row(
            testDescription: "error event after words", lines: [text("good"), #"{"errorCode":"X","author":"agent"}"#],
            segments: ["good"]),
        Row(
            testDescription: "refusal within the stream", lines: [#"{"code":"2001","message":"no credits"}"#],
            segments: [], failure: AgentFailure("no credits", code: 2001)),
        Row(
            testDescription: "types: text",
            lines: [
                #"{"type":"text","content":"Hi"}"#, #"{"type":"tool_call","name":"edit","args":{}}"#,
                #"{"type":"tool_result","name":"edit","result":{}}"#, #"{"type":"text","content":"Done"}"#,
            ], segments: ["Hi", "Done"], tools: ["edit"]),
        Row(
            testDescription: "types: chunks",
            lines: [#"{"type":"chunk","text":"Hi "}"#, #"{"type":"chunk","text":"you"}"#, #"{"type":"done"}"#],
            segments: ["Hi you"]),
        Row(
            testDescription: "types: error", lines: [#"{"type":"error","message":"bad"}"#], segments: [],
            failure: AgentFailure("bad")),
        Row(testDescription: "bare text", lines: [#"{"text":"Hi"}"#], segments: ["Hi"]),
        Row(
            testDescription: "a trailing temporary issue",
            lines: [text("Done."), text("I encountered a temporary issue. Try again.")], segments: ["Done."],
            shown: "Done."),
        Row(
            testDescription: "the same in partials",
            lines: [
                text("Done."), text("I enc", partial: true), text("ountered a Temporary issue", partial: true),
                text("I encountered a Temporary issue"),
            ], segments: ["Done."], shown: "Done."),
        Row(
            testDescription: "the same after a tool's success",
            lines: [call, result, text("I encountered a temporary issue.")], segments: [], shown: "", tools: ["edit"]),
        Row(
            testDescription: "after a tool's failure", lines: [badResult, text("I encountered a temporary issue.")],
            segments: [], shown: "I encountered a temporary issue.",
            failure: AgentFailure("I encountered a temporary issue.")),
        Row(
            testDescription: "a temporary issue that is not the last word",
            lines: [text("I encountered a temporary issue. "), text("Done.")],
            segments: ["I encountered a temporary issue. ", "Done."]),
        Row(
            testDescription: "an I that begins nothing",
            lines: [text("I", partial: true), text(" see it", partial: true), text("I see it")], segments: ["I see it"]),
        Row(
            testDescription: "a mark that combines with the text before it",
            lines: [text("e", partial: true), text("\u{301}a", partial: true), text("e\u{301}a")],
            segments: ["e\u{301}a"]),
    ]

    @Test(arguments: rows) func `each text once`(_ row: Row) {
        let (events, reply) = Self.reduce(row.lines)
        #expect(reply.segments == row.segments)
        #expect(Self.shown(events).unicodeScalars.elementsEqual((row.shown ?? row.segments.joined()).unicodeScalars))
        #expect(reply.failure == row.failure)
        #expect(reply.tools == row.tools)
        #expect(reply.isSilent == (row.segments.isEmpty && row.failure == nil))
        let said = events.compactMap { if case .segment(let text) = $0 { text } else { nil } }
        #expect(said == row.segments)
    }

    @Test func `words that come in parts are shown as they come`() {
        var reducer = AgentReducer()
        #expect(reducer.on(.message(name: nil, data: Self.text("Gen", partial: true))) == [.text("Gen")])
        #expect(reducer.on(.message(name: nil, data: Self.text("erating", partial: true))) == [.text("erating")])
        #expect(
            reducer.on(.message(name: nil, data: Self.text("Generating!"))) == [.text("!"), .segment("Generating!")])
        #expect(reducer.on(.sign) == [.working])
        #expect(reducer.on(.message(name: nil, data: Self.call)) == [.toolStarted(name: "edit")])
        #expect(reducer.on(.message(name: nil, data: Self.result)) == [.toolFinished(name: "edit", succeeded: true)])
        #expect(reducer.finish() == [])
    }

    @Test func `an error event after words is a warning`() {
        let (events, _) = Self.reduce([Self.text("good"), #"{"errorCode":"X","author":"agent"}"#])
        #expect(events.last == .warning("X"))
    }
}
