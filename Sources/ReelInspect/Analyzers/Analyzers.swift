/// The one list of analyzers.
enum Analyzers {
    static let ofPicture: [any PictureAnalyzer.Type] = [
        BandAnalyzer.self,
        BarsAnalyzer.self,
        BlackAnalyzer.self,
        BlockAnalyzer.self,
        BlurAnalyzer.self,
        CadenceAnalyzer.self,
        CaptionAnalyzer.self,
        CombingAnalyzer.self,
        EdgeAnalyzer.self,
        FlashAnalyzer.self,
        FlickerAnalyzer.self,
        GarbageAnalyzer.self,
        JumpAnalyzer.self,
        LetteringAnalyzer.self,
        LevelAnalyzer.self,
        SingleColorAnalyzer.self,
        StillAnalyzer.self,
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
