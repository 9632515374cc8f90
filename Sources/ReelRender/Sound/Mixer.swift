internal import ReelMedia
internal import ReelModel

/// All that sounds in a film, mixed and limited, block by block from the first sample to the last.
final class Mixer {
    private enum Source {
        case bed(name: String)
        case asset(Asset, fromMilliseconds: Int64)
    }

    private enum Playing {
        case bed(Bed)
        case asset(AssetSound)
        case silent
    }

    private struct Part {
        let source: Source
        /// Samples of the film.
        let span: Range<Int>
        let envelope: Envelope
        /// Opened when it is heard first and let go of when it is over, so that memory does not grow with the film.
        var playing: Playing?
    }

    /// Samples of the whole film.
    let length: Int
    private let blockSize: Int
    private let cancellation: Cancellation
    private var parts: [Part] = []
    private var mixed = 0
    private var ahead: StereoBlock?
    private var limiter = Limiter()

    /// `nil` where the storyboard has no sound: neither music nor a clip that has some.
    init?(
        _ storyboard: Storyboard, assets: [Asset], timeline: Timeline, blockSize: Int, cancellation: Cancellation
    ) throws(Failure) {
        length = timeline.samples(beforeFrame: timeline.frames)
        self.blockSize = blockSize
        self.cancellation = cancellation
        for music in storyboard.music {
            let source: Source =
                if let asset = music.asset { .asset(assets[asset], fromMilliseconds: 0) } else {
                    .bed(name: music.name)
                }
            let span = samples(from: music.start, for: music.duration)
            parts.append(
                Part(source: source, span: span, envelope: .music(volume: music.volume, length: span.count)))
        }
        for scene in storyboard.scenes {
            guard case .clip(let asset, let from) = scene.picture,
                try AssetReader.has(.audio, assets[asset], cancellation: cancellation)
            else { continue }
            let span = samples(from: scene.start, for: scene.duration)
            parts.append(
                Part(
                    source: .asset(assets[asset], fromMilliseconds: from), span: span,
                    envelope: .clip(length: span.count)))
        }
        if parts.isEmpty { return nil }
    }

    /// How many samples have been given so far.
    private(set) var position = 0

    /// The next samples: `blockSize` of them, or fewer at the film's end.
    func next() throws(Failure) -> StereoBlock {
        var block =
            if let ahead { ahead } else { try mix() }
        let following = try mix()
        limiter.apply(
            &block, allowance: Limiter.allowance(peak: block.peak), next: Limiter.allowance(peak: following.peak))
        ahead = following
        position += block.count
        return block
    }

    private func mix() throws(Failure) -> StereoBlock {
        var block = StereoBlock(silence: min(blockSize, length - mixed))
        let span = mixed..<mixed + block.count
        mixed = span.upperBound
        for index in parts.indices {
            let heard = parts[index].span.clamped(to: span)
            guard !heard.isEmpty else { continue }
            let playing: Playing
            if let already = parts[index].playing { playing = already } else { playing = try open(parts[index].source) }
            let place = heard.lowerBound - parts[index].span.lowerBound
            let part = heard.lowerBound - span.lowerBound..<heard.upperBound - span.lowerBound
            switch playing {
            case .bed(let bed): bed.add(from: place, to: &block, in: part, parts[index].envelope)
            case .asset(let sound): try sound.add(from: place, to: &block, in: part, parts[index].envelope)
            case .silent: break
            }
            parts[index].playing = heard.upperBound < parts[index].span.upperBound ? playing : .silent
        }
        return block
    }

    private func open(_ source: Source) throws(Failure) -> Playing {
        switch source {
        case .bed(let name):
            return .bed(Bed(BedScore(name: name)))
        case .asset(let asset, let from):
            guard let sound = try AssetSound(asset, fromMilliseconds: from, cancellation: cancellation) else {
                throw Failure(
                    .unreadable, subject: asset.name, problem: "it is used as music, but holds no sound",
                    remedy: "Give a file with sound")
            }
            return .asset(sound)
        }
    }

    private func samples(from start: Int64, for duration: Int64) -> Range<Int> {
        let first = min(max(Timeline.sample(atMilliseconds: start), 0), length)
        return first..<min(max(Timeline.sample(atMilliseconds: start + duration), first), length)
    }
}
