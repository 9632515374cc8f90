public import ReelMedia
public import ReelModel

/// Makes films of storyboards: MP4 with its index first, H.264 High and AAC-LC, of exactly the size, frame rate and
/// length that the storyboard orders. The same storyboard gives the same bytes on the same machine.
public enum Renderer {
    /// Renders a storyboard.
    ///
    /// There is a sound track exactly where the storyboard has music, or a clip that has sound; it is as long as the
    /// picture. Pictures are kept one scene at a time, so memory does not grow with the film.
    /// - Parameters:
    ///   - assets: what the storyboard refers to, by place; the descriptors stay the caller's. Names are for messages.
    ///   - output: open for writing and reading, and empty.
    ///   - progress: told a fraction from 0 to 1 that never goes back.
    /// - Throws: a `Failure` that names the asset which could not be read, or else the output or the words which could
    ///   not be made; of kind `interrupted` where it was cancelled.
    public static func render(
        _ storyboard: Storyboard, assets: [(descriptor: CInt, name: String)], output: CInt, outputName: String,
        cancellation: Cancellation = Cancellation(), progress: (Double) -> Void = { _ in }
    ) throws(Failure) {
        let assets = assets.map { Asset(descriptor: $0.descriptor, name: $0.name) }
        try StoryboardCheck.run(storyboard, assets: assets.count, name: outputName)
        let timeline = Timeline(storyboard)
        let mixer = try Mixer(
            storyboard, assets: assets, timeline: timeline, blockSize: Film.soundBlock, cancellation: cancellation)
        let film = try Film(
            descriptor: output, name: outputName, canvas: storyboard.canvas, timeline: timeline, hasSound: mixer != nil,
            cancellation: cancellation)
        let canvas = try Canvas(storyboard.canvas)
        let scenes = SceneTrack(storyboard, assets: assets, timeline: timeline, cancellation: cancellation)
        let titles = TitleTrack(storyboard, timeline: timeline)
        progress(0)
        for index in 0..<timeline.frames {
            try cancellation.check(subject: outputName)
            try scenes.draw(frame: index, on: canvas)
            try titles.draw(on: canvas.frame, at: index) { picture throws(Failure) in
                try film.add(picture: picture, at: index)
            }
            // Sound keeps step with the picture, so that neither piles up in the container.
            while let mixer, mixer.position < timeline.samples(beforeFrame: index + 1) {
                let position = mixer.position
                try film.add(sound: mixer.next(), at: position)
            }
            // The index is still to be moved to the front.
            progress(Double(index + 1) / Double(timeline.frames + 1))
        }
        try film.finish()
        progress(1)
    }
}
