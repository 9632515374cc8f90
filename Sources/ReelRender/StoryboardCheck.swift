internal import ReelModel

/// Refuses storyboards that make no sense, before anything is opened.
enum StoryboardCheck {
    /// What H.264 level 6.2 allows at most on a side (ITU-T H.264, A.3.1), of even lengths.
    private static let sides = 16...8192
    private static let frameRates = 1.0...240.0
    /// A day: far beyond any draft, and small enough that no product of times and rates overflows.
    private static let longest: Int64 = 86_400_000

    static func run(_ storyboard: Storyboard, assets: Int, name: String) throws(Failure) {
        func refuse(_ problem: String, _ remedy: String) -> Failure {
            Failure(.usage, subject: name, problem: problem, remedy: remedy)
        }
        let canvas = storyboard.canvas
        guard sides.contains(canvas.width), sides.contains(canvas.height), canvas.width % 2 == 0, canvas.height % 2 == 0
        else {
            throw refuse("a canvas of \(canvas) cannot be made", "Give even sides from 16 to 8192")
        }
        let rate = storyboard.frameRate
        guard frameRates.contains(rate.doubleValue), rate.denominator <= 1_000_000, rate.numerator <= 240_000_000 else {
            throw refuse("a frame rate of \(rate) cannot be made", "Give one from 1 to 240 per second")
        }
        guard storyboard.duration > 0, storyboard.duration <= longest, Timeline(storyboard).frames > 0 else {
            throw refuse(
                "a film of \(storyboard.duration) ms cannot be made",
                "Give a duration of a frame at least, a day at most")
        }
        let spans =
            storyboard.scenes.map { ($0.start, $0.duration) } + storyboard.titles.map { ($0.start, $0.duration) }
            + storyboard.music.map { ($0.start, $0.duration) }
        guard spans.allSatisfy({ abs($0.0.clamped) <= longest && (0...longest).contains($0.1) }) else {
            throw refuse("a part of it begins or ends nowhere", "Give starts and durations within a day")
        }
        for scene in storyboard.scenes {
            switch scene.picture {
            case .still(let asset): try require(asset, of: assets, name)
            case .clip(let asset, let from):
                try require(asset, of: assets, name)
                guard (0...longest).contains(from) else {
                    throw refuse("a clip cannot begin at \(from) ms", "Give a point within the clip")
                }
            case .card: break
            }
        }
        for music in storyboard.music {
            if let asset = music.asset { try require(asset, of: assets, name) }
        }
    }

    private static func require(_ asset: Int, of count: Int, _ name: String) throws(Failure) {
        guard (0..<count).contains(asset) else {
            throw Failure(
                .usage, subject: name, problem: "the storyboard refers to asset \(asset), but \(count) were given",
                remedy: "Hand over every asset that it refers to, in its order")
        }
    }
}

extension Int64 {
    /// Without the one number that has no opposite.
    fileprivate var clamped: Int64 { Swift.max(self, -Int64.max) }
}
