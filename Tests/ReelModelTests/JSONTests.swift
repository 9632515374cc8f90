import ReelModel
import Testing

struct JSONTests {
    @Test(arguments: [
        "null", "true", "[]", "{}", "-0.5e+10", #""a\"b\\c""#,
        #"{"id":5529798706024415232,"x":1.50,"y":[1,2,{"z":null}]}"#,
        #"{"b":1,"a":2,"b":3}"#,
    ])
    func `what is read is written as it was`(text: String) throws {
        #expect(try JSON(parsing: text).description == text)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":}", "01", "1.", ".5", "+1", "nul", "\"\u{01}\"", "\"\\x\"", "\"\\u12\"", "[1] 2",
        "'a'",
        "{\"a\" 1}", "{a:1}", "-", "1e", "\"open",
    ])
    func `what is not JSON is refused`(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSON(parsing: text) }
    }

    @Test func `escapes become characters`() throws {
        #expect(try JSON(parsing: #""\u00e9\ud83d\ude00\n\/\u0041""#) == .string("é😀\n/A"))
        #expect(try JSON(parsing: #""\ud83d""#) == .string("\u{FFFD}"))
        #expect(try JSON(parsing: #""\ud83d\u0041""#) == .string("\u{FFFD}A"))
    }

    @Test func `an id of 63 bits stays exact`() throws {
        let id = try #require(try JSON(parsing: #"{"session_id":9223372036854775807}"#)["session_id"])
        #expect(id.integer == .max)
        #expect(id.identifier == "9223372036854775807")
    }

    @Test func `nesting is bounded`() {
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(throws: JSONSyntaxError.self) { try JSON(parsing: deep) }
        let fine = String(repeating: "[", count: JSON.depthLimit) + String(repeating: "]", count: JSON.depthLimit)
        #expect(throws: Never.self) { try JSON(parsing: fine) }
    }

    @Test func `canonical form is blind to the order of members`() throws {
        let a = try JSON(parsing: #"{"t":[{"b":1,"a":2}],"d":3}"#)
        let b = try JSON(parsing: #"{"d":3,"t":[{"a":2,"b":1}]}"#)
        #expect(a != b)
        #expect(a.canonical == b.canonical)
    }

    @Test func `an indented document reads back the same`() throws {
        let value: JSON = ["a": [1, 2.5, "x\u{7F}\t"], "b": [:], "c": []]
        #expect(try JSON(parsing: value.bytes(indent: 2)) == value)
    }

    @Test func `numbers are read in the forms that servers send`() {
        #expect(JSON.string("42").integer == 42)
        #expect(JSON.number("42.0").integer == 42)
        #expect(JSON.number("42.5").integer == nil)
        #expect(JSON.string("x").double == nil)
        #expect(JSON(Double.nan) == .null)
        #expect(JSON(61.2).description == "61.2")
        #expect(JSON(10.0).description == "10")
    }
}
