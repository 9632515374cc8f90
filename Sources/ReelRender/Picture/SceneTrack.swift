internal import ReelMedia
internal import ReelModel

/// The scenes of a film, of which one at a time is open.
final class SceneTrack {
    private let scenes: [(frames: Range<Int>, picture: Storyboard.Scene.Picture)]
    private let assets: [Asset]
    private let timeline: Timeline
    private let cancellation: Cancellation
    /// `nil` is the black between scenes.
    private var place: Int?
    private var picture: (any ScenePicture)?
    private var firstFrame = 0

    init(_ storyboard: Storyboard, assets: [Asset], timeline: Timeline, cancellation: Cancellation) {
        scenes = storyboard.scenes.map { scene in
            (timeline.frames(start: scene.start, duration: scene.duration), scene.picture)
        }
        self.assets = assets
        self.timeline = timeline
        self.cancellation = cancellation
    }

    /// Draws a frame of the film; frames come in order.
    func draw(frame: Int, on canvas: Canvas) throws(Failure) {
        // Of scenes that overlap all the same, the later one is shown.
        let due = scenes.lastIndex { $0.frames.contains(frame) }
        if picture == nil || due != place {
            picture = nil
            picture = try open(due, canvas: canvas.size)
            place = due
            firstFrame = frame
        }
        try picture?.draw(frame: frame - firstFrame, on: canvas)
    }

    private func open(_ place: Int?, canvas: Size) throws(Failure) -> any ScenePicture {
        guard let place else { return BlackPicture() }
        let scene = scenes[place]
        switch scene.picture {
        case .still(let asset):
            return try StillPicture(
                assets[asset], canvas: canvas, frames: scene.frames.count, cancellation: cancellation)
        case .clip(let asset, let from):
            return try ClipPicture(
                assets[asset], fromMilliseconds: from, canvas: canvas, frameRate: timeline.frameRate,
                cancellation: cancellation)
        case .card(let words):
            return CardPicture(words, canvas: canvas)
        }
    }
}
