public import ReelModel

/// What helps a prompt along. Specific prompts are worked on faster and cost fewer rounds.
public enum PromptAdvice {
    /// One hint for a prompt that names nothing to work on; `nil` for one that does.
    public static func hint(for prompt: String) -> String? {
        let words = Words.tokens(of: prompt[...]).filter { !Router.filler.contains($0) }
        guard !words.isEmpty, words.allSatisfy(vague.contains) else { return nil }
        return "Specific prompts work better and faster: say what, how long and in which style, as in "
            + "\"create a realistic image of a mountain sunset with a lake reflection\"."
    }

    /// Words that say that something is wanted, and not what.
    private static let vague: Set<String> = [
        "make", "better", "improve", "improved", "nicer", "nice", "good", "great", "best", "cool", "cooler", "awesome",
        "amazing", "pretty", "prettier", "beautiful", "edit", "fix", "enhance", "change", "more", "really", "very",
        "look", "looks", "professional", "perfect", "interesting", "engaging", "pop", "work", "create", "generate",
        "viral", "fun", "polish", "polished", "optimize", "upgrade", "surprise", "anything", "bit", "little", "one",
        "优化", "更好", "好看", "漂亮", "改进", "美化", "生成", "制作", "做", "修改", "好", "一点", "更",
    ]
}

/// What could be asked for next.
public enum NextSteps {
    /// Two or three, the most useful first, for a timeline as it is.
    /// - Parameter hasMedia: whether files were sent that could be used.
    public static func after(_ draft: Draft?, hasMedia: Bool) -> [String] {
        guard let draft, draft.isExportable else {
            if hasMedia { return ["make a 10 second video of it, 9:16, with calm music", "upload another.jpg"] }
            return ["generate a 10 second clip of a city at night, 9:16", "upload clip.mp4"]
        }
        let kinds = Set(draft.tracks.filter { !$0.segments.isEmpty }.map(\.kind))
        var steps: [String] = []
        if !kinds.contains(.audio) { steps.append("add calm background music at 35%") }
        if !kinds.contains(.text) { steps.append("add the title \"Urban Dreams\" for the first 3 seconds") }
        if steps.isEmpty {
            // Nothing is advised that has been done.
            let music = draft.tracks.filter { $0.kind == .audio }.flatMap(\.segments).compactMap(\.volume).max()
            let isLow = music.map { $0 <= 0.2 } ?? false
            let longer = (draft.duration.value ?? 5000) / 1000 + 5
            steps.append(isLow ? "make it \(longer) seconds long" : "lower the music to 20%")
        }
        return Array((steps + ["export"]).suffix(3))
    }

    /// What a person who has said nothing yet may try.
    public static let greeting = [
        "generate three product photos of a red running shoe on white",
        "turn this description into a 1080p MP4: waves at dawn, 10 seconds, calm music",
        "create a realistic image of a mountain sunset with a lake reflection",
        "upload clip.mp4",
    ]
}
