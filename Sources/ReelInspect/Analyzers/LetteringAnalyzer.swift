internal import ReelModel

/// What stands still in the spans in which titles are asked for, and is not there beside them. Where none is asked for,
/// nothing is looked at.
struct LetteringAnalyzer: PictureAnalyzer {
    static let analysis = Analysis.lettering
    static let needs: PictureNeeds = .titleSketches
    /// Titles that are watched at a time: each takes a few bytes for each sample of a sketch.
    private static let atOnce = 16

    private var titles: [TimeRange] = []
    /// Those that are watched, by their places in the list, and the next one.
    private var watches: [(place: Int, watch: TitleWatch)] = []
    private var order: [Int] = []
    private var next = 0
    private var found: [Int: Lettering] = [:]

    init() {}

    mutating func prepare(for scope: Scope) {
        titles = Array(scope.titles.prefix(PictureMeasurements.limit))
        order = titles.indices.sorted { titles[$0].start < titles[$1].start }
    }

    mutating func see(_ picture: Picture) {
        guard !titles.isEmpty else { return }
        let time = picture.span.start
        while next < order.count {
            let watch = TitleWatch(titles[order[next]])
            guard !watch.begins(after: time) else { break }
            if watches.count < Self.atOnce {
                watches.append((order[next], watch))
            } else {
                found[order[next]] = Lettering(
                    span: watch.span, strokes: .unknown("more titles are shown at a time than are looked at"))
            }
            next += 1
        }
        var isOver = false
        for place in watches.indices {
            watches[place].watch.see(picture)
            if watches[place].watch.isOver(at: time) { isOver = true }
        }
        guard isOver else { return }
        for (place, watch) in watches where watch.isOver(at: time) { found[place] = watch.lettering }
        watches.removeAll { $0.watch.isOver(at: time) }
    }

    mutating func finish(into _: inout Measured, _ picture: inout PictureMeasurements) {
        for (place, watch) in watches { found[place] = watch.lettering }
        picture.lettering = titles.indices.map { place in
            found[place] ?? Lettering(span: titles[place], strokes: .unknown("the film has no picture then"))
        }
    }
}
