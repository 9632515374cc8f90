import ReelTestSupport
import Testing

@testable import ReelRemote

struct EventStreamParserTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var stream: String
        var events: [EventStreamParser.Event]

        init(_ name: String, _ stream: String, _ events: [EventStreamParser.Event]) {
            testDescription = name
            self.stream = stream
            self.events = events
        }
    }

    static let rows = [
        Row("one event", "data: a\n\n", [.message(name: nil, data: "a")]),
        Row("no space after the colon", "data:a\n\n", [.message(name: nil, data: "a")]),
        Row("one space goes, two do not", "data:  a\n\n", [.message(name: nil, data: " a")]),
        Row(
            "carriage returns", "data: a\r\rdata: b\r\r",
            [.message(name: nil, data: "a"), .message(name: nil, data: "b")]),
        Row("both", "data: a\r\n\r\n", [.message(name: nil, data: "a")]),
        Row("several lines", "data: a\ndata\ndata: b\n\n", [.message(name: nil, data: "a\n\nb")]),
        Row("byte order mark", "\u{FEFF}data: a\n\n", [.message(name: nil, data: "a")]),
        Row("comment", ": still here\n\n", [.sign]),
        Row("empty data", "data:\n\ndata: \n\n", [.sign, .sign]),
        Row("an event without data", "event: heartbeat\n\n", [.sign]),
        Row("a named event", "event: error\ndata: x\n\n", [.message(name: "error", data: "x")]),
        Row("other fields", "id: 1\nretry: 5\nnonsense\ndata: a\n\n", [.message(name: nil, data: "a")]),
        Row(
            "no blank line at the end", "data: a\n\ndata: b\n",
            [.message(name: nil, data: "a"), .message(name: nil, data: "b")]),
        Row("no line break at the end", "data: b", [.message(name: nil, data: "b")]),
        Row("blank lines between", "\n\n\ndata: b\n\n\n\n", [.message(name: nil, data: "b")]),
        Row("beyond ASCII", "data: 完成 ✅ é\n\n", [.message(name: nil, data: "完成 ✅ é")]),
    ]

    static func parse(_ chunks: [some Sequence<UInt8>]) -> [EventStreamParser.Event] {
        var parser = EventStreamParser()
        return chunks.flatMap { parser.on($0) } + parser.finish()
    }

    @Test(arguments: rows) func `reads what was sent, however it is cut`(_ row: Row) {
        let bytes = Array(row.stream.utf8)
        #expect(Self.parse([bytes]) == row.events)
        #expect(Self.parse(bytes.map { [$0] }) == row.events)
        for cut in bytes.indices { #expect(Self.parse([bytes[..<cut], bytes[cut...]]) == row.events) }
    }

    @Test func `an event beyond the limit is passed over`() {
        var parser = EventStreamParser(limit: 10)
        let events = parser.on(Array("data: 0123456789abcdef\n\ndata: ok\n\n".utf8))
        #expect(events == [.sign, .message(name: nil, data: "ok")])
    }

    @Test func `bytes that are no UTF-8 do not stop it`() {
        #expect(
            Self.parse([Array("data: a".utf8) + [0xFF] + Array("b\n\n".utf8)]) == [
                .message(name: nil, data: "a\u{FFFD}b")
            ])
    }
}
