internal import ReelModel

/// A file in one line: `mp4 · h264 High 1080x1920 30 fps · aac 48 kHz stereo · 61.2 s · 231.4 MB`.
enum FactsLine {
    static func text(_ facts: Facts) -> String {
        var parts = [facts.type.value?.id ?? "unknown type"]
        if let image = facts.image {
            parts.append(self.image(image))
        } else {
            if let video = facts.mainVideo { parts.append(self.video(video)) }
            if let audio = facts.mainAudio { parts.append(self.audio(audio)) }
            if let duration = facts.duration.value { parts.append(Figure.decimal(duration, places: 2) + " s") }
        }
        parts.append(Figure.size(facts.bytes))
        return parts.map(Paint.safe).joined(separator: " · ")
    }

    private static func video(_ video: VideoFacts) -> String {
        var words = [video.codec.value ?? "video"]
        if let profile = video.profile.value { words.append(profile) }
        if let size = video.displaySize.value { words.append(size.description) }
        if let rate = video.frameRate.value { words.append(Figure.decimal(rate.doubleValue, places: 3) + " fps") }
        return words.joined(separator: " ")
    }

    private static func audio(_ audio: AudioFacts) -> String {
        var words = [audio.codec.value ?? "audio"]
        if let rate = audio.sampleRate.value { words.append(Figure.decimal(Double(rate) / 1000, places: 2) + " kHz") }
        if let channels = audio.channels.value { words.append(self.channels(channels)) }
        return words.joined(separator: " ")
    }

    static func channels(_ count: Int) -> String {
        switch count {
        case 1: "mono"
        case 2: "stereo"
        case _: "\(count) channels"
        }
    }

    private static func image(_ image: ImageFacts) -> String {
        var words = [image.displaySize.value?.description ?? "unknown size"]
        if let frames = image.frames.value, frames > 1 { words.append("\(frames) frames") }
        if let orientation = image.orientation.value, orientation != 1 { words.append("orientation \(orientation)") }
        if image.alpha.value == true { words.append("alpha") }
        return words.joined(separator: " ")
    }
}
