import Foundation
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelRules

/// Walks the list of rules: what every one of them has to have.
struct CatalogTests {
    @Test func `ids are unique, in order and in kebab case`() {
        let ids = Catalog.pages.map(\.id)
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == ids.count)
        for id in ids {
            #expect(id.wholeMatch(of: /[a-z]+(-[a-z0-9]+)*/) != nil, "\(id) is no kebab case")
        }
    }

    @Test(arguments: Catalog.pages.map(Page.init))
    func `a page is complete`(_ page: Page) {
        let page = page.page
        for text in [page.summary, page.why, page.fix.words] {
            #expect(text.count > 10)
            #expect(text.hasSuffix("."), "\(text) is no sentence")
        }
        #expect(page.examples.contains { $0.outcome == .passes })
        // One rule finds no fault, and only says what cannot be judged.
        #expect(page.examples.contains { $0.outcome == (page.id == "undecodable-codec" ? .notEvaluated : .fires) })
        #expect(Set(page.examples.map(\.title)).count == page.examples.count)
        for threshold in page.thresholds {
            #expect(threshold.name.wholeMatch(of: /[a-z]+(_[a-z0-9]+)*/) != nil)
            #expect(!threshold.unit.isEmpty && threshold.meaning.count > 10)
        }
        let ids = Set(Catalog.pages.map(\.id))
        for other in page.yieldsTo { #expect(ids.contains(other), "\(page.id) yields to \(other), which is no rule") }
    }

    @Test func `the folder and the list are equal, file by file`() throws {
        let folder = Places.root.appending(path: "Sources/ReelRules/Rules")
        var files: [String] = []
        for group in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            for file in try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: group).path) {
                files.append("\(group)/\(file)")
            }
        }
        let listed = Catalog.all.map { "\($0.page.group.rawValue.capitalized)/\($0).swift" }
        #expect(files.sorted() == listed.sorted())
        // A rule's id is its type's name.
        for rule in Catalog.all {
            let spelled = rule.page.id.split(separator: "-").map { $0.capitalized }.joined()
            #expect("\(rule)" == spelled)
        }
    }

    @Test(arguments: Case.all)
    func `an example is judged as it says`(_ example: Case) {
        let rule = example.rule
        let applies = rule.applies(to: example.example.subject.standard)
        #expect(applies, "the rule does not apply to its own example")
        let judgement = rule.judge(example.example.subject)
        switch (example.example.outcome, judgement) {
        case (.passes, .passed), (.passes, .notApplicable), (.notEvaluated, .notEvaluated): break
        case (.fires, .found(let findings)):
            for finding in findings {
                #expect(finding.rule == rule.page.id)
                #expect(!finding.message.isEmpty && !finding.message.hasSuffix("."))
                #expect(finding.fix.words.hasSuffix("."))
                // Told as words, it would be advised where it is refused.
                if case .told(let words) = finding.fix { #expect(!words.contains("reelgate fit")) }
                #expect((finding.profile == nil) == (finding.source == nil))
            }
            #expect(!findings.isEmpty)
        case (_, let other): Issue.record("expected \(example.example.outcome), got \(other)")
        }
    }

    @Test(arguments: Case.all)
    func `a rule judges by what it says that it reads`(_ example: Case) {
        var facts = example.example.subject.facts
        guard let measured = facts.measured else { return }
        facts.measured = Self.only(example.rule.page.reads, of: measured)
        let subject = Subject(facts, against: example.example.subject.standard)
        #expect(example.rule.judge(subject) == example.rule.judge(example.example.subject))
    }

    @Test func `whatever is looked for is judged by a rule`() {
        #expect(Catalog.pages.reduce(into: []) { $0.formUnion($1.reads) } == Set(Analysis.allCases))
        for page in Catalog.pages where page.depth < .frames { #expect(page.reads.isEmpty, "\(page.id)") }
    }

    /// What those analyses tell, and what they do not as if it had not been looked for.
    private static func only(_ reads: Set<Analysis>, of measured: Measured) -> Measured {
        var left = measured
        if !reads.contains(.black) { left.black = [] }
        if !reads.contains(.silence) { left.silence = [] }
        left.picture = measured.picture.map { full in
            var picture = PictureMeasurements(stream: full.stream, frames: full.frames)
            if reads.contains(.bands) { picture.bands = full.bands }
            if reads.contains(.bars) { picture.bars = full.bars }
            if reads.contains(.blocks) { picture.blocks = full.blocks }
            if reads.contains(.blur) { picture.blur = full.blur }
            if reads.contains(.cadence) { picture.cadence = full.cadence }
            if reads.contains(.captions) { picture.captions = full.captions }
            if reads.contains(.combing) { picture.combing = full.combing }
            if reads.contains(.edges) { (picture.emptyStart, picture.emptyEnd) = (full.emptyStart, full.emptyEnd) }
            if reads.contains(.flashes) { picture.flashes = full.flashes }
            if reads.contains(.flicker) { picture.flicker = full.flicker }
            if reads.contains(.garbage) { picture.garbage = full.garbage }
            if reads.contains(.jumps) { (picture.cuts, picture.strays) = (full.cuts, full.strays) }
            if reads.contains(.lettering) { picture.lettering = full.lettering }
            if reads.contains(.levels) { picture.levels = full.levels }
            if reads.contains(.singleColor) { picture.singleColor = full.singleColor }
            if reads.contains(.still) { (picture.still, picture.stillShare) = (full.still, full.stillShare) }
            picture.tooSmall = full.tooSmall
            return picture
        }
        left.sound = measured.sound.map { full in
            var sound = SoundMeasurements(stream: full.stream, rate: full.rate)
            if reads.contains(.channels) { (sound.channels, sound.level) = (full.channels, full.level) }
            if reads.contains(.clipping) { sound.clipped = full.clipped }
            if reads.contains(.levelSteps) { sound.steps = full.steps }
            if reads.contains(.loudness) { sound.loudness.integrated = full.loudness.integrated }
            if reads.contains(.peaks) {
                sound.loudness.truePeak = full.loudness.truePeak
                sound.loudness.truePeakTime = full.loudness.truePeakTime
            }
            if reads.contains(.silence) { sound.silences = full.silences }
            if reads.contains(.stereo) { sound.stereo = full.stereo }
            return sound
        }
        return left
    }

    @Test func `an unknown rule is a wrong use that names the way out`() {
        #expect(throws: Failure.self) { try Catalog.page("no-such-rule") }
    }

    struct Page: CustomTestStringConvertible, Sendable {
        let page: RulePage
        var testDescription: String { page.id }
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let rule: any Rule.Type
        let example: Example
        var testDescription: String { "\(rule.page.id): \(example.title)" }

        static let all: [Case] = Catalog.all.flatMap { rule in rule.page.examples.map { Case(rule: rule, example: $0) }
        }
    }
}
