import Foundation
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelRules

/// Profiles that build on others, and limits that hold for one call.
struct ProfileDataTests {
    private let head = """
        name: mine
        title: Mine
        use: publish
        summary: For a client.
        sources: {s: {title: a letter, as_of: "2026-11-01"}}

        """

    @Test func `a profile extends another, changes limits and takes one away`() throws {
        let yaml = """
            name: client
            extends: x-video
            sources: {s: {title: a letter, as_of: "2026-11-01", tier: user}}
            limits:
              max_bytes: {value: 1000, strength: hard, source: s}
              max_fps: ~
              audio_codecs: {value: [opus], strength: hard, source: x_media}
            """
        let base = try ProfileCatalog.profile("x-video"), own = try ProfileCatalog.load(yaml: yaml, file: "c.yaml")
        #expect(own.name == "client" && own.title == base.title && own.use == .publish)
        #expect(own.maxBytes?.value == 1000)
        #expect(own[.maxFPS] == nil && base[.maxFPS] != nil)
        #expect(own[all: .maxDuration] == base[all: .maxDuration])
        #expect(own.sources["s"]?.tier == .user)
        #expect(throws: Failure.self) { try ProfileCatalog.load(yaml: "name: a\nextends: nothing\n", file: "c.yaml") }
    }

    @Test func `several steps are kept, and the closest that matters is the one to keep`() throws {
        let profile = try ProfileCatalog.load(
            yaml: head + """
                limits:
                  max_bytes:
                    - {value: 1000, strength: hard, source: s}
                    - {value: 500, strength: hard, effect: unverified, source: s}
                    - {value: 100, strength: recommended, effect: ignored, source: s}
                """, file: "m.yaml")
        #expect(profile[all: .maxBytes].map(\.value) == [1000, 500, 100])
        #expect(profile.maxBytes?.value == 500)
    }

    @Test func `what only third parties say is a risk`() throws {
        let profile = try ProfileCatalog.profile("facebook-page-video")
        #expect(profile[.maxDuration]?.isHearsay == true)
        #expect(profile[.maxDuration]?.severity == .risk)
        #expect(try ProfileCatalog.profile("instagram-reels")[.maxDuration]?.severity == .reject)
    }

    @Test(arguments: [
        ("max_bytes=5000000", LimitKind.named("max_bytes"), LimitFigure.whole(5_000_000)),
        ("max_fps=30", LimitKind.named("max_fps"), .number(30)),
        ("types=mp4,mov", LimitKind.named("types"), .texts(["mp4", "mov"])),
        ("index_first=false", LimitKind.named("index_first"), .flag(false)),
        ("aspect_recommended=1,0.5625", LimitKind.named("aspect_recommended"), .numbers([1, 0.5625])),
        ("chroma=4:2:0", LimitKind.named("chroma"), .text("4:2:0")),
    ])
    func `a limit is set for one call`(_ assignment: String, _ kind: LimitKind?, _ value: LimitFigure) throws {
        let base = try ProfileCatalog.profile("tiktok-video")
        let set = try ProfileOverride.set(assignment, on: base)
        let limited = try #require(kind)
        let limit = try #require(set[all: limited].first)
        #expect(limit.value == value)
        #expect(limit.severity == .reject)
        #expect(set.sources[limit.source]?.tier == .user)
    }

    @Test(arguments: ["max_bytes", "max_byte=3", "max_bytes=many", "types=mp5", "passthrough=a"])
    func `what cannot be set is refused`(_ assignment: String) throws {
        let base = try ProfileCatalog.profile("tiktok-video")
        #expect(throws: Failure.self) { try ProfileOverride.set(assignment, on: base) }
    }

    @Test func `an empty value takes a limit away, and a code stays with what is set`() throws {
        let base = try ProfileCatalog.profile("tiktok-video")
        #expect(try ProfileOverride.set("max_fps=", on: base)[.maxFPS] == nil)
        #expect(try ProfileOverride.set("max_fps=50", on: base)[.maxFPS]?.code == "frame_rate_check_failed")
    }

    // MARK: What platforms tell

    private func told(_ json: String, _ name: String) throws -> Profile {
        try #require(try RuntimeAnswers.apply(json, file: "x.json", to: [try ProfileCatalog.profile(name)]).first)
    }

    @Test func `a Mastodon server tells its own limits`() throws {
        let instance = """
            {"domain": "example.org", "configuration": {"media_attachments": {
              "supported_mime_types": ["image/jpeg", "image/png", "video/mp4", "audio/mpeg", "audio/x-flac"],
              "image_size_limit": 10485760, "image_matrix_limit": 16777216, "video_size_limit": 41943040,
              "video_frame_rate_limit": 60, "video_matrix_limit": 2304000}}}
            """
        let video = try told(instance, "mastodon-video")
        #expect(video.maxBytes?.value == 41_943_039)
        #expect(video[.maxPixels]?.value == 2_304_000)
        #expect(video[.maxWholeFPS]?.value == 60)
        #expect(video.types?.value == ["mp4", "m4v"])
        let image = try told(instance, "mastodon-image")
        #expect(image.maxBytes?.value == 10_485_759)
        #expect(image[.maxPixels]?.value == 16_777_216)
        #expect(image.types?.value == ["jpg", "png"])
        #expect(try told(instance, "mastodon-audio").types?.value == ["mp3", "flac"])
    }

    @Test func `the other platforms tell theirs`() throws {
        #expect(try told(#"{"data": {"max_video_post_duration_sec": 300}}"#, "tiktok-video").maxDuration?.value == 300)
        #expect(try told(#"{"attachment_size_limit": 52428800}"#, "discord-attachment").maxBytes?.value == 52_428_800)
        let boosted = try told(#"{"premium_tier": 3}"#, "discord-attachment")
        #expect(boosted.maxBytes?.value == 104_857_600)
        #expect(boosted.maxBytes?.code == "40005")
        #expect(try told(#"{"premium_tier": 1}"#, "discord-attachment").maxBytes?.value == 10_485_760)
        #expect(try told(#"{"data": {"subscription_type": "PremiumPlus"}}"#, "x-video").maxDuration?.value == 7500)
        #expect(try told(#"{"premium": false}"#, "x-video").maxDuration?.value == 1200)
        #expect(try told(#"{"premium": true}"#, "x-dm-video").maxBytes?.value == 1_000_000_000)
        let left = #"{"canUpload": true, "remainingDailyVideos": 3, "remainingDailyBytes": 1000}"#
        #expect(try told(left, "bluesky-video").maxBytes?.value == 1000)
    }

    @Test(arguments: ["{", "[]", "{\"a\": 1}", "{\"premium_tier\": 3}"])
    func `what tells nothing is refused`(_ text: String) throws {
        let profiles = [try ProfileCatalog.profile("tiktok-video")]
        #expect(throws: Failure.self) { try RuntimeAnswers.apply(text, file: "x.json", to: profiles) }
    }

    // MARK: Names and days

    @Test func `a platform's name is where its films go, and a choice follows an at sign`() throws {
        #expect(try ProfileCatalog.profile("tiktok").name == "tiktok-video")
        #expect(try ProfileCatalog.profile("discord-attachment@nitro").maxBytes?.value == 524_288_000)
        #expect(throws: Failure.self) { try ProfileCatalog.profile("discord-attachment@gold") }
        for name in ProfileCatalog.usual.values { #expect(ProfileCatalog.names.contains(name)) }
    }

    @Test func `a profile is overdue after its shelf life`() throws {
        var profile = try ProfileCatalog.profile("x-video")
        let gathered = try #require(CivilDay("2026-11-23"))
        #expect(profile.asOf == "2026-11-23" && profile.shelfLife == 180)
        #expect(profile.daysOverdue(on: CivilDay(number: gathered.number + 180)) == nil)
        #expect(profile.daysOverdue(on: CivilDay(number: gathered.number + 181)) == 1)
        profile.asOf = nil
        #expect(profile.daysOverdue(on: CivilDay(number: gathered.number + 9999)) == nil)
    }

    @Test func `days are counted as the calendar does`() throws {
        #expect(CivilDay("1970-01-01")?.number == 0)
        #expect(CivilDay("2000-03-01")?.number == 11_017)
        #expect(CivilDay("2024-02-29")?.number == 19_782)
        #expect(CivilDay("2026-13-01") == nil && CivilDay("soon") == nil)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        for number in stride(from: -20_000, to: 60_000, by: 37) {
            let date = Date(timeIntervalSince1970: Double(number) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            let text = String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
            #expect(CivilDay(text)?.number == number, "\(text)")
        }
    }

    // MARK: The schema

    @Test func `every profile is valid under the schema, and a mistake is not`() throws {
        let python = ExternalTool("python3")
        guard python.isInstalled, (try? python.run(["-c", "import jsonschema"])) != nil else {
            try Test.cancel("python3 with the module jsonschema is not here")
        }
        var documents: [JSON] = []
        for (name, yaml) in ProfileCatalog.texts {
            let tree = try ProfileTree(yaml: String(decoding: yaml, as: UTF8.self), file: name)
            documents.append(["name": .string(name), "document": Self.json(tree)])
        }
        let wrong: JSON = ["name": "a", "extends": "b", "limits": ["max_byte": ["value": 1]]]
        documents.append(["name": "wrong", "document": wrong])
        let folder = try TemporaryFolder()
        let all: JSON = ["schema": ProfileSchema.json, "documents": .array(documents)]
        try Data(all.bytes()).write(to: folder.file("all.json"))
        let script = """
            import json, sys, jsonschema
            all = json.load(open(sys.argv[1]))
            jsonschema.Draft202012Validator.check_schema(all["schema"])
            validator = jsonschema.Draft202012Validator(all["schema"])
            for one in all["documents"]:
                for error in validator.iter_errors(one["document"]): print(one["name"], error.json_path)
            """
        let said = try python.run(["-c", script, folder.path("all.json")]).output
        #expect(said == "wrong $.limits\n")
    }

    /// The JSON that a document stands for.
    private static func json(_ tree: ProfileTree) -> JSON {
        switch tree.content {
        case .scalar(let text, let isPlain):
            if isPlain, ["", "~", "null"].contains(text) { return .null }
            if isPlain, text == "true" || text == "false" { return .bool(text == "true") }
            if isPlain, let whole = Int64(text) { return JSON(whole) }
            if isPlain, let number = Double(text) { return JSON(number) }
            return .string(text)
        case .list(let elements): return .array(elements.map { json($0) })
        case .mapping(let members): return .object(members.map { .init($0.key, json($0.value)) })
        case .wrong: return .null
        }
    }
}
