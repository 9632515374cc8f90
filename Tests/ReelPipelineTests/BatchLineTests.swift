import ReelModel
import Testing

@testable import ReelPipeline

struct BatchLineTests {
    static let defaults = BatchLine.Defaults(
        backend: "local", exportProfile: "nemo-export", language: nil, pollInterval: 30, folder: "/jobs",
        batch: "/jobs/a.jsonl")

    static func line(_ text: String) throws -> BatchLine {
        try #require(BatchLine.parse(text, defaults).first).line.get()
    }

    @Test func `a line is an order, with paths from the batch's folder`() throws {
        let line = try Self.line(
            #"{"id":"x","files":["a.jpg","/b.mp4"],"prompt":"p","output":"o.mp4","profile":"x","strict":true}"#)
        #expect(line.order.inputs == ["/jobs/a.jpg", "/b.mp4"])
        #expect(line.order.output == "/jobs/o.mp4")
        #expect(line.order.exportProfile == "x")
        #expect(line.order.strict)
        #expect(line.order.pollInterval == 30)
        #expect(line.id == "x")
    }

    @Test(arguments: [
        "nonsense", "[]", "{}", #"{"prompt":"p","colour":1}"#, #"{"prompt":5}"#, #"{"files":"a"}"#,
        #"{"prompt":"p","strict":"yes"}"#, #"{"prompt":"p","session":"s","project":"q"}"#, #"{"id":"only"}"#,
    ])
    func `a bad line is a failure of its own`(text: String) {
        let lines = BatchLine.parse(text + "\n" + #"{"prompt":"p"}"#, Self.defaults)
        #expect(lines.map(\.number) == [1, 2])
        #expect(throws: Failure.self) { try lines[0].line.get() }
        #expect(throws: Never.self) { try lines[1].line.get() }
    }

    @Test func `equal lines are told apart, however their keys are ordered, and empty lines do not count`() throws {
        let text = #"{"prompt":"p","id":"1"}"# + "\n\n" + #"{"id":"1","prompt":"p"}"# + "\n"
        let first = BatchLine.parse(text, Self.defaults)
        #expect(first.map(\.number) == [1, 3])
        let keys = try first.map { try $0.line.get().key }
        #expect(Set(keys).count == 2)
        #expect(try BatchLine.parse(text, Self.defaults).map { try $0.line.get().key } == keys)
    }

    @Test func `lines of a project follow one another`() throws {
        let text = ["a", "p", "b", "p"].map { #"{"prompt":"\#($0)","project":"\#($0)"}"# }.joined(separator: "\n")
        let lanes = BatchRunner.lanes(try BatchLine.parse(text, Self.defaults).map { try $0.line.get() })
        #expect(lanes.map { $0.map(\.number) } == [[1], [2, 4], [3]])
    }
}
