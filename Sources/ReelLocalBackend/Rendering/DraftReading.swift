internal import ReelModel

/// A submitted draft, decided: what the renderer is to make of it, and of which uploads.
struct DraftReading: Hashable, Sendable {
    var storyboard: Storyboard
    /// The storyboard's assets, in its order.
    var assets: [Asset]

    struct Problem: Error, Hashable {
        let reason: String
    }

    /// The service exports up to 1080x1920, either way round.
    static let longSideLimit = 1920
    static let shortSideLimit = 1080

    init(_ json: JSON, assets known: [Asset]) throws(Problem) {
        guard let draft = Draft(json), draft.isExportable else {
            throw Problem(reason: "the draft has no track with a segment")
        }
        guard let duration = draft.duration.value, duration > 0 else {
            throw Problem(reason: "the draft has no length")
        }
        assets = []
        storyboard = Storyboard(
            canvas: Self.canvas(draft.canvas.value ?? Size(width: 1920, height: 1080)),
            frameRate: Rational(30), duration: duration, scenes: [], titles: [], music: [])
        for track in draft.tracks {
            for segment in track.segments where segment.start < duration {
                try add(segment, of: track.kind, known)
            }
        }
        arrangeScenes()
    }

    private mutating func add(
        _ segment: Draft.Segment, of kind: Draft.Track.Kind, _ known: [Asset]
    ) throws(Problem) {
        let start = max(0, segment.start)
        let length = min(segment.duration ?? storyboard.duration, storyboard.duration - start)
        guard length > 0 else { return }
        switch kind {
        case .video:
            guard let asset = try asset(of: segment, known) else {
                let words = segment.text ?? segment.name ?? ""
                storyboard.scenes.append(.init(start: start, duration: length, picture: .card(words)))
                return
            }
            let place = place(of: asset)
            switch asset.content.kind {
            case .image:
                storyboard.scenes.append(.init(start: start, duration: length, picture: .still(asset: place)))
            case .video:
                storyboard.scenes.append(.init(start: start, duration: length, picture: .clip(asset: place, from: 0)))
            case .audio: throw Problem(reason: "\(asset.name) is sound and cannot be shown")
            }
        case .audio:
            let asset = try asset(of: segment, known)
            storyboard.music.append(
                .init(
                    name: segment.name ?? asset?.name ?? "Lo-fi", asset: asset.map { place(of: $0) }, start: start,
                    duration: length, volume: segment.volume ?? 1))
        case .text:
            guard let text = segment.text ?? segment.name, !text.isEmpty else { return }
            storyboard.titles.append(.init(text: text, start: start, duration: length))
        case .other:
            // Types that are not published cannot be drawn here; the service may.
            return
        }
    }

    /// The upload that a segment shows; `nil` where it names none.
    private func asset(of segment: Draft.Segment, _ known: [Asset]) throws(Problem) -> Asset? {
        guard let id = segment.json.first(of: "src", "source")?.text else { return nil }
        guard let asset = known.first(where: { $0.id == id }) else {
            throw Problem(reason: "the draft uses \(id), which was not uploaded into this session")
        }
        return asset
    }

    private mutating func place(of asset: Asset) -> Int {
        if let place = assets.firstIndex(of: asset) { return place }
        assets.append(asset)
        return assets.count - 1
    }

    /// In order and without overlap: a scene that begins before the last has ended begins at its end.
    private mutating func arrangeScenes() {
        var end: Int64 = 0
        var arranged: [Storyboard.Scene] = []
        for var scene in storyboard.scenes.sorted(by: { $0.start < $1.start }) {
            let late = max(0, end - scene.start)
            scene.start += late
            scene.duration -= late
            guard scene.duration > 0 else { continue }
            if case .clip(let asset, let from) = scene.picture {
                scene.picture = .clip(asset: asset, from: from + late)
            }
            arranged.append(scene)
            end = scene.start + scene.duration
        }
        storyboard.scenes = arranged
    }

    /// Within the limits, at its own shape, both sides even.
    private static func canvas(_ size: Size) -> Size {
        let scale = min(
            1, Double(longSideLimit) / Double(size.longSide), Double(shortSideLimit) / Double(size.shortSide))
        func even(_ side: Int) -> Int { max(2, Int((Double(side) * scale / 2).rounded()) * 2) }
        return Size(width: even(size.width), height: even(size.height))
    }
}
