import Foundation
import ReelTestSupport
import Testing

@testable import ReelRemote

/// What real ADK servers sent, byte for byte.
struct CaptureTests {
    struct Capture: Sendable, CustomTestStringConvertible {
        var name: String
        var segments: [String]
        var tools: [String] = []
        var failure: AgentFailure?
        var testDescription: String { name }
    }

    static let whole = ["Generating your video…\n", "calling tool", "Done 完成 ✅"]
    static let exploded = "backend \"exploded\"\nline two"
    static let stale =
        "StaleSessionError: The last_update_time provided in the session object is earlier than the "
        + "update_time in storage. Please check if it is a stale session."
    static let video = ["generate_video_with_seedance"]

    static let committed = [
        Capture(name: "adk-2.13-partials-thought-tool", segments: whole, tools: video),
        Capture(
            name: "adk-2.13-exception", segments: ["about to fail"], failure: AgentFailure("RuntimeError: " + exploded)),
        Capture(name: "adk-1.25-exception", segments: ["about to fail"], failure: AgentFailure(exploded)),
        Capture(name: "adk-2.13-silent-edit", segments: [], tools: ["edit_multitrack"]),
        Capture(name: "adk-2.13-error-event", segments: [], failure: AgentFailure("quota (RESOURCE_EXHAUSTED)")),
        Capture(name: "adk-2.13-stale-session", segments: ["Generating your video…\n"], failure: AgentFailure(stale)),
    ]

    static let elsewhere = [
        Capture(name: "conc2", segments: whole, tools: video),
        Capture(name: "default_streaming", segments: whole, tools: video),
        Capture(name: "v125_make", segments: whole, tools: video),
        Capture(name: "v125_conc1", segments: whole, tools: video),
        Capture(name: "v125_conc2", segments: whole, tools: video),
        Capture(name: "v125_silent", segments: [], tools: ["edit_multitrack"]),
        Capture(name: "v125_errevent", segments: [], failure: AgentFailure("quota (RESOURCE_EXHAUSTED)")),
    ]

    /// The body; some captures begin with the head.
    static func body(_ url: URL) throws -> [UInt8] {
        let bytes = Array(try Data(contentsOf: url))
        guard bytes.starts(with: Array("HTTP/".utf8)) else { return bytes }
        let mark = Array("\r\n\r\n".utf8)
        let end = try #require(bytes.indices.first { bytes[$0...].starts(with: mark) })
        return Array(bytes[(end + 4)...])
    }

    static func check(_ capture: Capture, _ bytes: [UInt8]) {
        var reducer = AgentReducer()
        var parser = EventStreamParser()
        // One byte at a time through both.
        var events = bytes.flatMap { parser.on([$0]) }.flatMap { reducer.on($0) }
        events += parser.finish().flatMap { reducer.on($0) } + reducer.finish()
        #expect(reducer.reply.segments == capture.segments)
        #expect(reducer.reply.tools == capture.tools)
        #expect(reducer.reply.failure == capture.failure)
        #expect(AgentReducerTests.shown(events) == capture.segments.joined())
        // The reducer sees nothing but the parser's events: that these do not depend on the cut is all there is to it.
        let expected = EventStreamParserTests.parse([bytes])
        var beginning = EventStreamParser()
        var before: [EventStreamParser.Event] = []
        for cut in bytes.indices {
            var rest = beginning
            let after = rest.on(bytes[cut...]) + rest.finish()
            if before + after != expected {
                Issue.record("\(capture.name) reads differently when it is cut at byte \(cut)")
            }
            before += beginning.on([bytes[cut]])
        }
    }

    @Test(arguments: committed) func `reads as expected, wherever it is cut`(_ capture: Capture) throws {
        Self.check(capture, try Self.body(Places.fixtures.appending(path: "SSE/\(capture.name).raw")))
    }

    @Test(
        .enabled(if: Places.shared("adk/captures") != nil, "the full set of captures is not here"), arguments: elsewhere
    )
    func `the full set reads as expected`(_ capture: Capture) throws {
        Self.check(capture, try Self.body(#require(Places.shared("adk/captures/\(capture.name).raw"))))
    }
}
