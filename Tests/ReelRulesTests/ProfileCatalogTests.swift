import Foundation
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelRules

struct ProfileCatalogTests {
    @Test func `the list and the folder are equal`() throws {
        let folder = Places.root.appending(path: "Sources/ReelRules/Profiles").path
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(files.sorted() == ProfileCatalog.names.map { "\($0).yaml" }.sorted())
        #expect(ProfileCatalog.names == ProfileCatalog.names.sorted())
        #expect(try ProfileCatalog.builtin().map(\.name) == ProfileCatalog.names)
    }

    @Test func `nemo-upload takes thirteen types and 200 MB for the whole request`() throws {
        let profile = try ProfileCatalog.profile("nemo-upload")
        #expect(profile.use == .upload)
        #expect(
            profile.types?.value == [
                "mp4", "mov", "avi", "webm", "mkv", "jpg", "png", "gif", "webp", "mp3", "wav", "m4a", "aac",
            ])
        #expect(profile.types?.code == "4001")
        #expect(profile.extensions?.code == "4001")
        #expect(profile.maxBytes?.value == 200_000_000)
        #expect(profile.maxBytes?.code == "4002")
        #expect(profile.maxBytes?.severity == .reject)
        #expect(profile.fileByteLimit == 199_997_952)
        #expect(profile.sources["contract"]?.asOf == "2026-11-23")
    }

    @Test func `nemo-export wants H.264 in MP4, at most 1080x1920, index first`() throws {
        let profile = try ProfileCatalog.profile("nemo-export")
        #expect(profile.use == .delivery)
        #expect(profile.types?.value == ["mp4"])
        #expect(profile.videoCodecs?.value == ["h264"])
        #expect(profile.maxLongSide?.value == 1920)
        #expect(profile.maxShortSide?.value == 1080)
        #expect(profile.indexFirst?.severity == .risk)
        #expect(profile.videoRequired?.severity == .reject)
    }

    @Test func `the largest form around a file fits into the envelope`() throws {
        // The longest name, every byte of it escaped, with the longest boundary and the longest media type.
        let boundary = String(repeating: "b", count: 70)
        let name = String(repeating: "%22", count: 255)
        let type = try #require(FileType.all.map(\.mediaType).max { $0.count < $1.count })
        let form =
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\(name)\"\r\n"
            + "Content-Type: \(type)\r\n\r\n" + "\r\n--\(boundary)--\r\n"
        let envelope = try #require(try ProfileCatalog.profile("nemo-upload").envelopeBytes)
        #expect(form.utf8.count * 3 / 2 < envelope)
    }

    @Test(arguments: [
        ("limits: {max_byte: {value: 1, strength: hard, source: s}}", "max_byte", "no limit called max_byte"),
        ("limits: {max_bytes: {value: x, strength: hard, source: s}}", "limits.max_bytes.value", "whole number"),
        ("limits: {max_bytes: {value: 1, strenght: hard, source: s}}", "limits.max_bytes.strenght", "no such key"),
        ("limits: {max_bytes: {value: 1, strength: firm, source: s}}", "limits.max_bytes.strength", "firm"),
        ("limits: {max_bytes: {value: 1, strength: hard, source: t}}", "limits.max_bytes.source", "no source called t"),
        ("limits: {types: {value: [mp5], strength: hard, source: s}}", "limits.types", "mp5"),
        ("limits: {types: {value: mp4, strength: hard, source: s}}", "limits.types.value", "list"),
        ("limits: {index_first: {value: 3, strength: hard, source: s}}", "limits.index_first.value", "true or false"),
        ("checks: {black-insid: {severity: reject, min_duration: 1, source: s}}", "black-insid", "no rule called"),
        ("checks: {truncated: {severity: reject, source: s}}", "checks.truncated", "not judged by a profile's checks"),
        ("checks: {black-inside: {severity: bad, min_duration: 1, source: s}}", "severity", "bad is none of"),
        ("checks: {black-inside: {severity: off, min_duraton: 1, source: s}}", "min_duraton", "no such key"),
        ("checks: {black-inside: {severity: off, source: s}}", "checks.black-inside", "min_duration is missing"),
        ("checks: {black-inside: {severity: off, min_duration: x, source: s}}", "min_duration", "to be a number"),
        ("checks: {black-inside: {severity: off, min_duration: 1, source: t}}", "source", "no source called t"),
        ("colour: blue", "colour", "no such key"),
    ])
    func `a mistake is refused by file, line and key`(_ line: String, _ key: String, _ problem: String) {
        let yaml = """
            name: mine
            title: Mine
            use: publish
            summary: For a client.
            sources: {s: {title: a letter, as_of: "2026-11-01"}}
            \(line)
            """
        let failure = #expect(throws: Failure.self) { try ProfileCatalog.load(yaml: yaml, file: "mine.yaml") }
        #expect(failure?.kind == .usage)
        #expect(failure?.subject.hasPrefix("mine.yaml line 6: ") == true)
        #expect(failure?.subject.contains(key) == true)
        #expect(failure?.problem.contains(problem) == true)
    }

    @Test(arguments: ["", "a: [", "- a", "name: x", "a: 1\na: 2"])
    func `what is no profile is refused`(_ yaml: String) {
        let failure = #expect(throws: Failure.self) { try ProfileCatalog.load(yaml: yaml, file: "mine.yaml") }
        #expect(failure?.subject.hasPrefix("mine.yaml") == true)
    }

    @Test func `a profile of one's own is read whole`() throws {
        let yaml = """
            name: mine
            title: Mine
            use: publish
            summary: For a client.
            sources: {s: {title: a letter, url: "https://example.org", as_of: "2026-11-01"}}
            limits:
              max_duration: {value: 59.5, strength: recommended, source: s, note: as they said}
              audio_codecs: {value: [aac], strength: hard, effect: transcoded, source: s}
            """
        let profile = try ProfileCatalog.load(yaml: yaml, file: "mine.yaml")
        #expect(profile.maxDuration == Limit(59.5, strength: .recommended, source: "s", note: "as they said"))
        #expect(profile.audioCodecs?.severity == .changed)
        #expect(profile.sources["s"]?.url == "https://example.org")
    }

    @Test func `a check of one's own is read, and off is no check`() throws {
        let head = "name: m\ntitle: M\nuse: publish\nsummary: S\nsources: {s: {title: t, as_of: \"2026\"}}\n"
        let yaml =
            head
            + "checks: {black-inside: {severity: risk, min_duration: 0.25, max_edge_duration: 3, source: s, note: why}}"
        let profile = try ProfileCatalog.load(yaml: yaml, file: "m.yaml")
        let thresholds = ["min_duration": 0.25, "max_edge_duration": 3]
        let check = Check(severity: .risk, thresholds: thresholds, source: "s", note: "why")
        #expect(profile.checks == ["black-inside": check])
        #expect(BlackInside.applies(to: .profile(profile)))
        let off = try ProfileCatalog.load(yaml: yaml.replacing("risk", with: "off"), file: "m.yaml")
        #expect(!BlackInside.applies(to: .profile(off)))
        #expect(!BlackInside.applies(to: .profile(try ProfileCatalog.profile("nemo-upload"))))
    }

    @Test func `every check of a built-in profile names a rule and all of its thresholds`() throws {
        for profile in try ProfileCatalog.builtin() {
            for (id, check) in profile.checks {
                let rule = try #require(Catalog.all.first { $0.page.id == id })
                #expect(rule is any CheckRule.Type)
                #expect(Set(check.thresholds.keys) == Set(rule.page.thresholds.map(\.name)), "\(profile.name): \(id)")
                #expect(profile.sources[check.source] != nil)
            }
            // What is delivered is held against every check there is, but for what only destinations can know.
            if profile.use == .delivery {
                for rule in Catalog.all
                where rule is any CheckRule.Type && rule.page.reads.isDisjoint(with: Analysis.ofDestinations) {
                    #expect(profile.checks[rule.page.id] != nil, "\(profile.name) has no check \(rule.page.id)")
                }
            }
        }
    }

    @Test func `an unknown name lists the known ones`() {
        let failure = #expect(throws: Failure.self) { try ProfileCatalog.profile("tiktak") }
        #expect(failure?.remedy.contains("nemo-export, nemo-upload") == true)
    }
}
