/// The one list of analyzers.
enum Analyzers {
    static let ofPicture: [any PictureAnalyzer.Type] = [
        BlackAnalyzer.self
    ]
    static let ofSound: [any SoundAnalyzer.Type] = [
        SilenceAnalyzer.self,
        LoudnessAnalyzer.self,
        PeakAnalyzer.self,
        ClippingAnalyzer.self,
        ChannelAnalyzer.self,
        StereoAnalyzer.self,
        LevelStepAnalyzer.self,
    ]
}
