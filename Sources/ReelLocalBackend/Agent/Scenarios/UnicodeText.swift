extension Scenario {
    /// A mark that belongs to the letter before it comes in the next piece; a family is joined across pieces.
    static let unicode = Scenario(
        name: "unicode", words: ["unicode"], summary: "The text is cut inside characters that are made of several."
    ) { scene in
        Script(
            steps: [scene.opening] + scene.work + [
                .say(["Cafe", "\u{301} 完", "成 👩\u{200D}", "👩\u{200D}👧 🏳\u{FE0F}\u{200D}", "🌈 \u{202B}שלום\u{202C} ✅"])
            ])
    }
}
