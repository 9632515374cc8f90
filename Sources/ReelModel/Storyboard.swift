/// What a renderer is asked to make: everything that a draft leaves to interpretation is decided here. Times are
/// milliseconds on the timeline.
public struct Storyboard: Sendable, Hashable, Codable {
    /// Both sides even.
    public var canvas: Size
    public var frameRate: Rational
    public var duration: Int64
    /// In order, without overlap; where there is none, the picture is black.
    public var scenes: [Scene]
    public var titles: [Title]
    public var music: [Music]

    public init(
        canvas: Size, frameRate: Rational, duration: Int64, scenes: [Scene], titles: [Title], music: [Music]
    ) {
        self.canvas = canvas
        self.frameRate = frameRate
        self.duration = duration
        self.scenes = scenes
        self.titles = titles
        self.music = music
    }

    public struct Scene: Sendable, Hashable, Codable {
        public enum Picture: Sendable, Hashable, Codable {
            /// A still, by its place in the list of assets: fitted to the canvas, with a gentle zoom.
            case still(asset: Int)
            /// A clip, by its place in the list of assets, from `from` milliseconds on; its own sound is mixed in.
            case clip(asset: Int, from: Int64)
            /// A plain card that bears these words: what stands in for a picture that nobody supplied.
            case card(String)
        }

        public var start: Int64
        public var duration: Int64
        public var picture: Picture

        public init(start: Int64, duration: Int64, picture: Picture) {
            self.start = start
            self.duration = duration
            self.picture = picture
        }
    }

    public struct Title: Sendable, Hashable, Codable {
        public var text: String
        public var start: Int64
        public var duration: Int64

        public init(text: String, start: Int64, duration: Int64) {
            self.text = text
            self.start = start
            self.duration = duration
        }
    }

    public struct Music: Sendable, Hashable, Codable {
        /// Chooses the synthesised bed: the same name sounds the same.
        public var name: String
        /// An uploaded piece, by its place in the list of assets, instead of a synthesised bed.
        public var asset: Int?
        public var start: Int64
        public var duration: Int64
        /// 1 is as recorded.
        public var volume: Double

        public init(name: String, asset: Int? = nil, start: Int64, duration: Int64, volume: Double) {
            self.name = name
            self.asset = asset
            self.start = start
            self.duration = duration
            self.volume = volume
        }
    }
}
