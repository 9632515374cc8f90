import ReelModel
import Testing

@testable import ReelRules

/// Walks the data: each destination takes some file, and refuses one that breaks any of its hard limits.
struct HardLimitTests {
    @Test func `every limit is judged by a rule, or says that it is about the procedure`() {
        let judged = Set(Catalog.all.flatMap { $0.limits })
        for kind in LimitKind.all {
            switch kind.scope {
            case .file, .post: #expect(judged.contains(kind), "no rule judges \(kind.name)")
            case .procedure: #expect(!judged.contains(kind), "\(kind.name) is judged, and said not to be")
            }
        }
        #expect(Set(LimitKind.all.map(\.name)).count == LimitKind.all.count)
    }

    @Test(arguments: ProfileCatalog.names)
    func `a good file passes`(_ name: String) throws {
        let profile = try ProfileCatalog.profile(name)
        guard profile.use == .publish else { return }
        _ = try #require(Facts.taken(by: profile), "nothing usual passes \(name)")
    }

    @Test(arguments: ProfileCatalog.names)
    func `each hard limit refuses what breaks it`(_ name: String) throws {
        let profile = try ProfileCatalog.profile(name)
        guard profile.use == .publish, let good = Facts.taken(by: profile) else { return }
        for kind in profile.limitedKinds where kind.scope == .file {
            for limit in profile[all: kind] where limit.severity >= .risk {
                var facts = good
                try #require(Breach.make(&facts, kind, limit.value), "no way to break \(kind.name)")
                let subject = Subject(facts, against: .profile(profile))
                let found = Catalog.all.filter { $0.limits.contains(kind) && $0.applies(to: subject.standard) }
                    .flatMap { rule -> [Finding] in
                        guard case .found(let findings) = rule.judge(subject) else { return [] }
                        return findings
                    }
                let hit = found.first { $0.profile == name && $0.code == limit.code && $0.severity == limit.severity }
                #expect(hit != nil, "\(name) \(kind.name) \(limit.value.words): \(found.map(\.message))")
                if limit.severity == .reject {
                    let whole = Engine.judge(subject.facts, profiles: [profile])
                    #expect(
                        Verdict(findings: whole.findings, notEvaluated: whole.notEvaluated, strict: false) == .fail,
                        "\(name) \(kind.name)")
                }
            }
        }
    }
}

/// Ways to break a limit.
private enum Breach {
    /// Changes facts so that they are just outside; `false` where there is no way for that kind.
    static func make(_ facts: inout Facts, _ kind: LimitKind, _ value: LimitFigure) -> Bool {
        if let whole = Int64(value) { return make(&facts, kind.name, whole) }
        if let number = Double(value) { return make(&facts, kind.name, number) }
        if let texts = [String](value) { return make(&facts, kind.name, texts) }
        return makeOther(&facts, kind.name)
    }

    private static func make(_ facts: inout Facts, _ kind: String, _ limit: Int64) -> Bool {
        let next = Int(limit) + 1
        switch kind {
        case "max_bytes", "max_animated_bytes", "max_png_bytes", "max_voice_bytes":
            facts.bytes = limit + 1
            if kind == "max_animated_bytes" { facts.image?.frames = .known(10) }
        case "min_bytes": facts.bytes = limit - 1
        case "max_video_bit_rate": facts.editVideo { $0.bitRate = .known(limit + 1) }
        case "min_video_bit_rate": facts.editVideo { $0.bitRate = .known(limit - 1) }
        case "preferred_audio_bit_rate": facts.editAudio { $0.bitRate = .known(limit * 2) }
        case "max_audio_sample_rate": facts.editAudio { $0.sampleRate = .known(96_000) }
        case "max_audio_channels": facts.editAudio { $0.channels = .known(next) }
        case "max_audio_streams": facts.audio = .known((1...next).map { .example(index: $0) })
        case "max_width": resize(&facts, next, 1000)
        case "max_height": resize(&facts, 1000, next)
        case "min_width": resize(&facts, Int(limit) - 1, 1920)
        case "min_height": resize(&facts, 1080, Int(limit) - 1)
        case "max_short_side": resize(&facts, next, next + 2)
        case "max_long_side": resize(&facts, next, 100)
        case "min_short_side": resize(&facts, Int(limit) - 1, 1920)
        case "max_side_sum": resize(&facts, next / 2 + 1, next / 2 + 1)
        case "max_pixels", "fewer_pixels": resize(&facts, next, 1)
        case "bit_depth": facts.image?.bitDepth = .known(next)
        case "hdr_min_bit_depth":
            facts.editVideo {
                $0.color.dynamicRange = .known(.hlg)
                $0.bitDepth = .known(8)
            }
        case "max_frames": facts.image?.frames = .known(next)
        case _: return false
        }
        return true
    }

    private static func make(_ facts: inout Facts, _ kind: String, _ limit: Double) -> Bool {
        switch kind {
        case "max_duration":
            facts.setLength(limit + 0.5)
            facts.image?.frames = .known(10)
            facts.image?.duration = .known(limit + 0.5)
        case "min_duration": facts.setLength(limit - 0.1)
        case "min_fps": facts.editVideo { $0.frameRate = .known(Rational(Int64(limit) - 1)) }
        case "max_fps": facts.editVideo { $0.frameRate = Known(Rational(Int64(limit) * 50 + 1, 50), else: "") }
        case "max_whole_fps": facts.editVideo { $0.frameRate = .known(Rational(Int64(limit) + 1)) }
        case "aspect_min": resize(&facts, max(Int(limit * 10_000) - 20, 1), 10_000)
        case "aspect_max": resize(&facts, Int(limit * 1000) + 20, 1000)
        case _: return false
        }
        return true
    }

    private static func make(_ facts: inout Facts, _ kind: String, _ limit: [String]) -> Bool {
        switch kind {
        case "types":
            let kindOfFile = facts.type.value?.kind
            guard
                let other = FileType.all.first(where: { $0.kind == kindOfFile && !limit.contains($0.id) })
                    ?? FileType.named("pdf")
            else { return false }
            facts.type = .known(other)
            facts.fileExtension = other.id
        case "video_codecs": facts.editVideo { $0.codec = .known("mpeg2video") }
        case "audio_codecs":
            facts.editAudio {
                $0.codec = .known("ac3")
                $0.profile = .unknown(Facts.notInHeader)
            }
        case "color_models": facts.image?.colorModel = .known("cmyk")
        case _: return false
        }
        return true
    }

    private static func makeOther(_ facts: inout Facts, _ kind: String) -> Bool {
        switch kind {
        case "index_first": facts.fastStart = .known(false)
        case "no_edit_lists": facts.editLists = .known(.significant)
        case "no_fragments": facts.fragmented = .known(true)
        case "video_first":
            facts.editVideo { $0.index = 1 }
            facts.editAudio { $0.index = 0 }
        case "scan": facts.editVideo { $0.scan = .known("interlaced") }
        case "chroma": facts.editVideo { $0.pixelFormat = .known("yuv444p") }
        case "pixel_aspect": facts.editVideo { $0.sampleAspectRatio = Known(Rational(4, 3), else: "") }
        case "closed_gop": facts.editPackets(0) { $0.closedGroups = .known(false) }
        case "constant_frame_rate": facts.editVideo { $0.variableFrameRate = .known(true) }
        case "single_picture": facts.image?.furtherPictures = .known(1)
        case _: return false
        }
        return true
    }

    private static func resize(_ facts: inout Facts, _ width: Int, _ height: Int) {
        facts.image?.width = .known(width)
        facts.image?.height = .known(height)
        facts.editVideo {
            $0.width = .known(width)
            $0.height = .known(height)
        }
    }
}
