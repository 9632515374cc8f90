/// How the pictures of one rate are spread evenly over the frames of a higher one.
struct CadenceShape: Hashable, Sendable {
    /// Different pictures in `frames` frames, after which it begins anew.
    let pictures: Int
    let frames: Int
    /// Of each phase, and of each frame of a period, whether it shows another picture than the one before.
    private let news: [Bool]

    private init(_ pictures: Int, of frames: Int) {
        self.pictures = pictures
        self.frames = frames
        news = (0..<frames).flatMap { phase in
            (0..<frames).map { place in
                // The first of all has a frame before it, too.
                (place * pictures + phase) / frames != (place * pictures + phase - pictures + frames) / frames - 1
            }
        }
    }

    /// The rates that films, video, screens and generators have (8, 10, 12, 15, 16, 18, 20, 23.976, 24, 25, 30, 36, 40, 48, 50,
    /// 60) in those that are delivered (24, 25, 30, 48, 50, 60): each of these ratios once. 23.976 in 25 is 47 in 49, but for
    /// one frame in seven thousand.
    static let all: [CadenceShape] = [
        (1, 2), (1, 3), (1, 4), (1, 5), (2, 3), (2, 5), (3, 4), (3, 5), (4, 5), (5, 6), (5, 8), (5, 12), (12, 25),
        (24, 25),
        (47, 49),
    ].map { CadenceShape($0.0, of: $0.1) }

    var repeats: Int { frames - pictures }
    /// For how many frames a picture is shown, at most.
    var longest: Int { (frames + pictures - 1) / pictures }
    /// Of so many frames less than one in ten repeats: what has a picture lost for each repeat looks the same.
    var isRare: Bool { repeats * 10 < frames }

    /// Whether a picture may fall right between two frames: every second of 24 in 60 does.
    var canWaver: Bool { pictures.isMultiple(of: 2) }

    /// Whether a frame of the film shows another picture than the one before.
    ///
    /// - Parameter phase: from 0 to `frames`: how far the first frame of the film is into its picture. With each more, one
    ///   picture of a period comes a frame earlier.
    func isNew(_ frame: Int, _ phase: Int) -> Bool { news[phase % frames * frames + frame % frames] }

    /// For how many frames each picture is shown, the shortest first.
    var pattern: [Int] {
        var lengths: [Int] = []
        for isNew in news.prefix(frames) {
            if isNew || lengths.isEmpty { lengths.append(1) } else { lengths[lengths.count - 1] += 1 }
        }
        let turns = lengths.indices.map { Array(lengths[$0...] + lengths[..<$0]) }
        return turns.min { $0.lexicographicallyPrecedes($1) } ?? lengths
    }
}
