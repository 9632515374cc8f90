import Testing

@testable import ReelRender

struct `Words are set in lines` {
    private func lines(_ text: String, width: Int = 400, maxLines: Int = 3) -> [String] {
        TextLayout(text, width: width, largest: 40, smallest: 20, maxLines: maxLines).lines
    }

    @Test func `short words stay in one line`() { #expect(lines("Summer sale") == ["Summer sale"]) }

    @Test func `long words are broken at spaces, in lines of about the same length`() {
        #expect(lines("Three photos of one kitchen") == ["Three photos", "of one kitchen"])
    }

    @Test func `line breaks that were written are kept`() {
        #expect(lines("one\ntwo\r\nthree") == ["one", "two", "three"])
    }

    @Test func `Chinese is broken between characters`() {
        let set = lines("欢迎来到我们的厨房欢迎来到", width: 400)
        #expect(set.count == 2)
        #expect(set.joined() == "欢迎来到我们的厨房欢迎来到")
    }

    @Test func `no line is wider than its room, whatever the words`() {
        for text in [String(repeating: "W", count: 90), "a " + String(repeating: "mmmm ", count: 60), "x"] {
            let layout = TextLayout(text, width: 300, largest: 40, smallest: 20, maxLines: 3)
            #expect(layout.lines.count <= 3)
            for line in layout.lines { #expect(TextLayout.width(of: line) * Double(layout.fontSize) <= 300) }
        }
    }

    @Test func `what does not fit at the smallest size is cut off, and is seen to be`() {
        let set = lines(String(repeating: "word ", count: 100))
        #expect(set.count == 3)
        #expect(set.last?.hasSuffix("…") == true)
    }

    @Test func `more words make smaller letters`() {
        let few = TextLayout("word word", width: 400, largest: 40, smallest: 10, maxLines: 3)
        let many = TextLayout(String(repeating: "word ", count: 20), width: 400, largest: 40, smallest: 10, maxLines: 3)
        #expect(many.fontSize < few.fontSize)
    }

    @Test(arguments: [
        ("a\u{7}b\tc", ["a b c"]), ("party 🎉🎉", ["party"]), ("👩‍👩‍👧", []), ("  ", []), ("1\u{FE0F}\u{20E3} €", ["1 €"]),
        ("100% 'quoted' a\\b: [c]", ["100% 'quoted' a\\b: [c]"]),
    ])
    func `what no text face can draw is left out`(text: String, kept: [String]) {
        #expect(TextLayout.drawable(text) == kept)
    }
}
