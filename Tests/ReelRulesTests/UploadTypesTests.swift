import ReelModel
import ReelRules
import Testing

/// Every type there is, under every name, before the gate to the cloud editor.
struct UploadTypesTests {
    @Test(arguments: FileType.all.map(Named.init))
    func `each type under each name is answered as the service would, with the way out`(_ named: Named) throws {
        let type = named.type
        let profile = try ProfileCatalog.profile("nemo-upload")
        let accepted = try #require(profile.types?.value), endings = try #require(profile.extensions?.value)
        for name in endings + [type.id, "", "txt", "zip"] {
            let facts = Facts.example(type) { $0.fileExtension = name }
            let (all, notEvaluated) = Engine.judge(facts, profiles: [profile])
            let findings = all.filter { $0.severity > .note }
            let what = "\(type) named .\(name): \(findings.map(\.message))"
            #expect(notEvaluated.isEmpty)
            if !accepted.contains(type.id) {
                #expect(findings.map(\.rule) == ["type-not-accepted"], "\(what)")
                #expect(findings.map(\.code) == ["4001"])
                let fix = findings.first?.fix.words ?? ""
                if let target = Conversion.target(of: type, accepted: accepted) {
                    let ways = Conversion.canRead(type) ? "Convert it to" : "Export it as"
                    #expect(fix.hasPrefix("\(ways) \(target.id)") || fix.hasPrefix("\(ways) png"), "\(what) \(fix)")
                } else {
                    #expect(fix.hasPrefix("Send the media itself") || fix.hasPrefix("Export it again as one of"))
                }
            } else if type.extensions.contains(name), endings.contains(name) {
                #expect(findings.isEmpty, "\(what)")
            } else {
                #expect(findings.map(\.rule) == ["extension-mismatch"], "\(what)")
                #expect(findings.map(\.code) == ["4001"])
                #expect(findings.map(\.fix.words) == ["Rename it to .\(type.id)."])
            }
        }
    }

    @Test(arguments: [
        ("avif", "jpg"), ("tiff", "jpg"), ("jp2", "jpg"), ("jxl", "jpg"), ("psd", "jpg"), ("m4v", "mp4"),
        ("mpg", "mp4"),
        ("ts", "mp4"), ("flv", "mp4"), ("wmv", "mp4"), ("3gp", "mp4"), ("mxf", "mp4"), ("ogg", "mp4"), ("flac", "m4a"),
        ("aiff", "m4a"), ("amr", "m4a"),
    ])
    func `what is refused and can be converted says into what`(id: String, target: String) throws {
        let profile = try ProfileCatalog.profile("nemo-upload")
        let type = try #require(FileType.named(id))
        #expect(
            Engine.judge(.example(type), profiles: [profile]).findings.first?.fix.words
                == "Convert it to \(target): reelgate fit.")
    }

    @Test(arguments: [("heic", "jpg"), ("mid", nil), ("zip", nil)])
    func `what cannot be converted here does not send anybody to fit`(id: String, target: String?) throws {
        let profile = try ProfileCatalog.profile("nemo-upload")
        let type = try #require(FileType.named(id))
        let fix = try #require(Engine.judge(.example(type), profiles: [profile]).findings.first?.fix.words)
        #expect(!fix.contains("reelgate fit"))
        if let target { #expect(fix.hasPrefix("Export it as \(target) ")) }
        guard case .impossible = Planner.plan(.example(type), profile: profile) else {
            Issue.record("a plan for what cannot be read")
            return
        }
    }

    /// jpg, png, webp and mp4 go most smoothly, the service says.
    @Test func `a type that is taken and goes less smoothly gets a note, the smooth ones none`() throws {
        let profile = try ProfileCatalog.profile("nemo-upload")
        for type in FileType.all where profile.types?.value.contains(type.id) == true {
            let rules = Engine.judge(.example(type), profiles: [profile]).findings.map(\.rule)
            let isSmooth = ["jpg", "png", "webp", "mp4"].contains(type.id) || type.kind == .audio
            #expect(rules == (isSmooth ? [] : ["smoother-type"]), "\(type)")
        }
    }

    struct Named: CustomTestStringConvertible, Sendable {
        let type: FileType
        var testDescription: String { type.id }
    }
}
