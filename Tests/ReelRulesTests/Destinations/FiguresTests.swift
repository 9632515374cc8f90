import Foundation
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelRules

/// The profiles against a table of figures that was gathered apart from them.
struct FiguresTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let profile: String
        /// `choice/limit` where it holds under a choice only.
        let limit: String
        let value: String
        let strength: String
        let answer: String?
        var testDescription: String { "\(profile) \(limit) \(value)" }
    }

    static let rows: [Row] = {
        let text = (try? String(contentsOf: Places.fixtures.appending(path: "destinations.txt"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            return Row(
                profile: cells[0], limit: cells[1], value: cells[2], strength: cells[3],
                answer: cells[4] == "-" ? nil : cells[4])
        }
    }()

    /// Where sources contradict each other, the profile keeps both figures, and the wider one is the must.
    private static let settled = ["linkedin-video max_bytes 5000000000"]

    @Test func `all figures of the table are in the profiles`() throws {
        #expect(Self.rows.count == 421)
        var profiles: [String: Profile] = [:]
        for profile in try ProfileCatalog.builtin() { profiles[profile.name] = profile }
        for row in Self.rows {
            let profile = try #require(profiles[row.profile], "\(row.profile) is missing")
            let parts = row.limit.split(separator: "/").map(String.init)
            let limits =
                parts.count == 2
                ? profile.choices[parts[0]]?[parts[1]] ?? []
                : profile[all: try #require(LimitKind.named(parts[0]))]
            let same = limits.first { Self.spelled($0.value) == Self.spelled(row.value) }
            let limit = try #require(same, "\(row): \(limits.map { Self.spelled($0.value) })")
            if !Self.settled.contains(row.testDescription) {
                #expect(limit.strength.rawValue == row.strength, "\(row)")
            }
            #expect(limit.answer == row.answer, "\(row)")
        }
    }

    @Test func `every destination of the table has a profile, and every profile is in it`() throws {
        let publish = try ProfileCatalog.builtin().filter { $0.use == .publish }.map(\.name)
        #expect(Set(Self.rows.map(\.profile)).sorted() == publish.sorted())
        #expect(publish.count == 51)
    }

    @Test func `what is in no table has a source of its own`() throws {
        for profile in try ProfileCatalog.builtin() {
            for kind in profile.limitedKinds {
                for limit in profile[all: kind] {
                    let source = try #require(profile.sources[limit.source], "\(profile.name) \(kind.name)")
                    #expect(!source.title.isEmpty && !source.asOf.isEmpty)
                }
            }
        }
    }

    /// As the table spells values.
    private static func spelled(_ figure: LimitFigure) -> String {
        switch figure {
        case .whole(let value): "\(value)"
        case .number(let value): spelled("\(value)")
        case .flag(let value): "\(value)"
        case .text(let value): value
        case .texts(let values): values.count > 20 ? "image/*" : values.joined(separator: ",")
        case .numbers(let values): values.map { spelled("\($0)") }.joined(separator: ",")
        case .table(let rows):
            rows.map { "\($0.name)=\($0.values.joined(separator: ","))" }.joined(separator: ";")
        }
    }

    /// Without a closing `.0`; `<N`, which bytes have to stay below, as the most that is below.
    private static func spelled(_ text: String) -> String {
        if text.hasPrefix("<"), let bound = Int64(text.dropFirst()) { return "\(bound - 1)" }
        return text.split(separator: ",").map { $0.hasSuffix(".0") ? String($0.dropLast(2)) : String($0) }
            .joined(separator: ",")
    }
}
