/// A session's timeline as the backend keeps it. The JSON is kept as it came and is what an export sends back; the
/// typed view beside it reads what is published of its short keys (`t` tracks, `tt` type, `sg` segments, `d` duration
/// in milliseconds, `m` metadata) and, where a segment's inner keys are unpublished, tries the usual spellings.
public struct Draft: Sendable, Hashable {
    public let json: JSON
    public let tracks: [Track]

    /// Reads an object, or the text of one; `nil` where there is neither.
    public init?(_ json: JSON) {
        var json = json
        if case .string(let text) = json, let inner = try? JSON(parsing: text) { json = inner }
        guard case .object = json else { return nil }
        self.json = json
        tracks = (json["t"]?.elements ?? []).map(Track.init)
    }

    /// Whether there is anything to render: at least one track with a segment.
    public var isExportable: Bool { tracks.contains { !$0.segments.isEmpty } }

    /// Milliseconds: the end of the last segment, else what the draft says of itself.
    public var duration: Known<Int64> {
        let ends = tracks.flatMap(\.segments).compactMap(\.end)
        return Known(
            ends.max() ?? json["d"]?.integer ?? json["m"]?["duration"]?.integer,
            else: "the draft gives no duration and no segment with one")
    }

    /// The picture that was ordered.
    public var canvas: Known<Size> {
        let places = [json["m"], json["canvas"], json["canvas_config"], json]
        for place in places.compactMap({ $0 }) {
            if let width = place.first(of: "width", "w")?.integer, let height = place.first(of: "height", "h")?.integer,
                (1...65_536).contains(width), (1...65_536).contains(height)
            {
                return .known(Size(width: Int(width), height: Int(height)))
            }
        }
        return .unknown("the draft gives no canvas size")
    }

    public struct Track: Sendable, Hashable {
        public enum Kind: Sendable, Hashable {
            case video, audio, text
            /// A type that is not published; shown as it is, never dropped.
            case other(Int64?)
        }

        public let kind: Kind
        public let segments: [Segment]

        init(_ json: JSON) {
            let type = json["tt"]?.integer
            kind =
                switch type {
                case 0: .video
                case 1: .audio
                case 7: .text
                case _: .other(type)
                }
            var segments: [Segment] = []
            for segment in json["sg"]?.elements ?? [] {
                segments.append(Segment(segment, after: segments.last?.end ?? 0))
            }
            self.segments = segments
        }
    }

    public struct Segment: Sendable, Hashable {
        public let json: JSON
        /// Milliseconds on the timeline; where the segment does not say, the end of the one before it.
        public let start: Int64
        /// Milliseconds.
        public let duration: Int64?
        public let name: String?
        public let text: String?
        /// 1 is as recorded.
        public let volume: Double?

        init(_ json: JSON, after previousEnd: Int64) {
            self.json = json
            let places = [json, json["m"]].compactMap { $0 }
            func find<Value>(_ read: (JSON) -> Value?) -> Value? { places.lazy.compactMap(read).first }
            start = find { $0.first(of: "s", "st", "start", "start_time", "startTime")?.integer } ?? previousEnd
            duration = find { $0.first(of: "d", "duration")?.integer }.flatMap { $0 >= 0 ? $0 : nil }
            name = find { $0.first(of: "n", "name", "title", "file_name", "filename")?.text }
            text = find { $0.first(of: "tx", "text", "txt", "content")?.text }
            volume = find { $0.first(of: "v", "vol", "volume")?.double }
        }

        /// Milliseconds on the timeline.
        public var end: Int64? {
            duration.flatMap { duration in
                let (end, overflow) = start.addingReportingOverflow(duration)
                return overflow ? nil : end
            }
        }
    }
}
