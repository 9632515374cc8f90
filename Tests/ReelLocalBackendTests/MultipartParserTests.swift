import Testing

@testable import ReelLocalBackend

struct MultipartParserTests {
    static let body = Array(
        ("a preamble\r\n--b0\r\nContent-Disposition: form-data; name=\"files\"; filename=\"C:\\\\x\\\\a \\\"1\\\".jpg\"\r\n"
            + "Content-Type: image/jpeg\r\n\r\none\r\n--b\r\n-b0 \r\r\ntwo\r\n--b0  \r\n"
            + "content-disposition: form-data; filename=\"%22é%22.png\"; name=files\r\n\r\n\r\n--b0\r\n\r\nbare\r\n--b0--\r\nrest")
            .utf8)

    static let expected: [MultipartParser.Event] = [
        .partBegan(MultipartPart(name: "files", fileName: "a \"1\".jpg", contentType: "image/jpeg")),
        .bytes(Array("one\r\n--b\r\n-b0 \r\r\ntwo".utf8)), .partEnded,
        .partBegan(MultipartPart(name: "files", fileName: "\"é\".png")), .partEnded,
        .partBegan(MultipartPart(name: nil, fileName: nil)), .bytes(Array("bare".utf8)), .partEnded,
    ]

    /// Pieces of bytes that follow each other, joined.
    private func joined(_ events: [MultipartParser.Event]) -> [MultipartParser.Event] {
        var result: [MultipartParser.Event] = []
        for event in events {
            if case .bytes(let more) = event, case .bytes(let before)? = result.last {
                result[result.count - 1] = .bytes(before + more)
            } else {
                result.append(event)
            }
        }
        return result
    }

    @Test func everySplitInTwoGivesTheSame() throws {
        for split in 0...Self.body.count {
            var parser = MultipartParser(boundary: "b0")
            let events = try parser.consume(Self.body[..<split]) + parser.consume(Self.body[split...])
            #expect(joined(events) == Self.expected, "split at \(split)")
            #expect(parser.isComplete)
        }
    }

    @Test(arguments: 1...9) func everyPieceLengthGivesTheSame(length: Int) throws {
        var parser = MultipartParser(boundary: "b0")
        var events: [MultipartParser.Event] = []
        for start in stride(from: 0, to: Self.body.count, by: length) {
            events += try parser.consume(Self.body[start..<min(start + length, Self.body.count)])
        }
        #expect(joined(events) == Self.expected)
        #expect(parser.isComplete)
    }

    @Test func cutBodyIsIncomplete() throws {
        let end = Self.body.count - "--\r\nrest".utf8.count
        for cut in 0..<end {
            var parser = MultipartParser(boundary: "b0")
            _ = try parser.consume(Self.body[..<cut])
            #expect(!parser.isComplete)
        }
    }

    @Test func boundaryInsideAPartIsRefused() {
        var parser = MultipartParser(boundary: "b0")
        #expect(throws: MultipartParser.Problem(reason: "the boundary occurs inside a part")) {
            try parser.consume(Array("--b0\r\n\r\nx\r\n--b0xy".utf8))
        }
    }

    @Test func endlessHeaderIsRefused() {
        var parser = MultipartParser(boundary: "b0")
        #expect(throws: MultipartParser.Problem(reason: "a part's header is too long")) {
            try parser.consume(Array("--b0\r\nX: ".utf8) + [UInt8](repeating: 0x61, count: 20_000))
        }
    }
}
