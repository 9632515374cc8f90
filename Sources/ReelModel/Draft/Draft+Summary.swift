extension Draft {
    /// The timeline in one line:
    /// `Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)`.
    public var summary: String {
        let heading = "Timeline (\(tracks.count) track\(tracks.count == 1 ? "" : "s")):"
        let lines = tracks.enumerated().map { index, track in "\(index + 1). \(track.summary)" }
        return ([heading] + lines).joined(separator: " ")
    }
}

extension Draft.Track {
    public var summary: String {
        guard !segments.isEmpty else { return "\(label): empty" }
        return "\(label): " + segments.map { $0.summary(in: kind) }.joined(separator: ", ")
    }

    public var label: String { kind.label }
}

extension Draft.Track.Kind {
    /// As the timeline's summary calls it.
    public var label: String {
        switch self {
        case .video: "Video"
        case .audio: "BGM"
        case .text: "Title"
        case .other(let type): "Track (type \(type.map(String.init) ?? "unknown"))"
        }
    }
}

extension Draft.Segment {
    func summary(in kind: Draft.Track.Kind) -> String {
        var details = [place]
        if volume != nil, kind == .audio { details.append(loudness) }
        return "\(subject(in: kind)) (\(details.joined(separator: ", ")))"
    }

    /// What it is called: words in quotation marks, media by name.
    func subject(in kind: Draft.Track.Kind) -> String {
        switch kind {
        case .text: (text ?? name).map { "\"\($0)\"" } ?? "untitled"
        case .video, .audio, .other: name ?? text ?? "untitled"
        }
    }

    /// From where to where: `0-3s`.
    var place: String { "\(Self.seconds(start))-\(end.map(Self.seconds) ?? "?")s" }

    /// `35%`, of the level that it was recorded at.
    var loudness: String {
        guard let volume, volume.isFinite, abs(volume) < 1e6 else { return "as recorded" }
        return "\(Int((volume * 100).rounded()))%"
    }

    /// Milliseconds as seconds, without needless zeros: 0, 2.5, 10.
    private static func seconds(_ milliseconds: Int64) -> String {
        guard milliseconds % 1000 != 0 else { return String(milliseconds / 1000) }
        return "\((Double(milliseconds) / 100).rounded() / 10)"
    }
}
