import ReelModel
import Testing

/// Two drafts, and what is said of their difference.
struct DraftChangeTests {
    static func draft(_ tracks: String) throws -> Draft {
        try #require(Draft(try JSON(parsing: #"{"d":10000,"m":{"width":1080,"height":1920},"t":[\#(tracks)]}"#)))
    }

    static let city = #"{"tt":0,"sg":[{"s":0,"d":10000,"n":"city"}]}"#
    static let lofi = #"{"tt":1,"sg":[{"s":0,"d":10000,"n":"Lo-fi","v":0.35}]}"#
    static let title = #"{"tt":7,"sg":[{"s":0,"d":3000,"tx":"Urban Dreams"}]}"#

    static let rows: [(before: String, after: String, lines: [String])] = [
        (city, city, []),
        (city, "\(city),\(title)", [#"Title added: "Urban Dreams" (0-3s)"#]),
        ("\(city),\(lofi)", city, ["BGM removed: Lo-fi (0-10s, 35%)"]),
        (lofi, lofi.replacing("0.35", with: "0.2"), ["BGM volume: Lo-fi, 35% → 20%"]),
        (city, city.replacing("10000", with: "8000"), ["Video retimed: city, 0-10s → 0-8s"]),
        (title, title.replacing(#""s":0"#, with: #""s":2500"#), [#"Title moved: "Urban Dreams", 0-3s → 2.5-5.5s"#]),
        (title, title.replacing("Urban", with: "Rural"), [#"Title changed: "Urban Dreams" → "Rural Dreams" (0-3s)"#]),
        (
            city, city.replacing(#""n""#, with: #""x":1,"n""#),
            ["The timeline changed, in something that its tracks do not show"]
        ),
        (
            lofi, lofi.replacing("0.35", with: "1").replacing("10000", with: "5000"),
            ["BGM retimed: Lo-fi, 0-10s → 0-5s", "BGM volume: Lo-fi, 35% → 100%"]
        ),
        ("", #"{"tt":4,"sg":[{"s":0,"d":1000,"n":"glow"}]}"#, ["Track (type 4) added: glow (0-1s)"]),
    ]

    @Test(arguments: rows)
    func `each difference is told once`(before: String, after: String, lines: [String]) throws {
        let changes = try Self.draft(after).changes(from: try Self.draft(before))
        #expect(changes.map(\.description) == lines)
    }

    @Test func `a first draft is all new, and its canvas no change`() throws {
        #expect(try Self.draft(Self.city).changes(from: nil).map(\.description) == ["Video added: city (0-10s)"])
    }

    @Test func `another canvas is told`() throws {
        let wide = try #require(
            Draft(try JSON(parsing: #"{"m":{"width":1920,"height":1080},"t":[\#(Self.city)]}"#)))
        #expect(wide.changes(from: try Self.draft(Self.city)).map(\.description) == ["Canvas: 1080x1920 → 1920x1080"])
    }
}
