/// The one list of analyzers.
enum Analyzers {
    static let all: [any Analyzer.Type] = [
        BlackAnalyzer.self,
        SilenceAnalyzer.self,
    ]
}
