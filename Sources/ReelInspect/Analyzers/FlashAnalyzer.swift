internal import ReelModel

/// Flashes that can hurt people with photosensitive epilepsy, by the definitions of ITU-R BT.1702 and WCAG 2.x: a pair
/// of opposite changes of relative luminance by a tenth of its maximum, the darker picture below 0.8 of it, or of
/// saturated red, by a quarter of the picture at once. In high dynamic range the same in cd/m2, and between brighter
/// pictures what BT.1702-3 has for them.
struct FlashAnalyzer: PictureAnalyzer {
    static let analysis = Analysis.flashes
    /// A flash has two changes; fewer than two flashes in a second are not told of.
    private static let leastChanges = 4

    private var field = FlashField()
    private var luminance = FlashCount(kind: .luminance)
    private var red = FlashCount(kind: .red)
    private var isLightKnown = true

    init() {}

    mutating func see(_ picture: Picture) {
        isLightKnown = isLightKnown && picture.sums.isLumaAndDifferences
        if !isLightKnown || picture.change?.isNone == true { return }
        field.read(picture.sums)
        luminance.add(field.luminance, at: picture.span)
        red.add(field.red, at: picture.span)
    }

    mutating func finish(into _: inout Measured, _ picture: inout PictureMeasurements) {
        luminance.close()
        red.close()
        let spans = luminance.spans.strongest + red.spans.strongest
        picture.flashes =
            isLightKnown
            ? .known(spans.sorted { ($0.span.start, $0.kind.rawValue) < ($1.span.start, $1.kind.rawValue) })
            : .unknown("its planes hold ICtCp, of which light is not read")
    }

    /// Counts the changes of one kind in any one second.
    private struct FlashCount: Sendable {
        let kind: FlashSpan.Kind
        private(set) var spans = StrongestEntries<FlashSpan>(limit: PictureMeasurements.limit) { $0.perSecond }
        /// When the changes of the last second were.
        private var times: [Double] = []
        private var direction = 0
        private var span: TimeRange?
        private var most = 0
        private var area = 0.0

        init(kind: FlashSpan.Kind) {
            self.kind = kind
            times.reserveCapacity(128)
        }

        mutating func add(_ changes: FlashField.Changes, at picture: TimeRange) {
            if let span, picture.start - span.end >= 1 { close() }
            let up = changes.up >= FlashField.area
            let down = changes.down >= FlashField.area
            guard up || down else { return }
            // Two parts of the picture that take turns change in both directions at once.
            let here = up && down ? 0 : up ? 1 : -1
            if here != 0, here == direction { return }
            direction = here
            // A change exactly one second ago lies outside: three flashes in a second are six changes.
            times.removeAll { picture.start - $0 >= 1 - 1e-3 }
            if times.count < 127 { times.append(picture.start) }
            area = max(times.count == 1 && span == nil ? 0 : area, changes.up, changes.down)
            guard times.count >= FlashAnalyzer.leastChanges else { return }
            most = max(most, times.count)
            span = TimeRange(start: span?.start ?? times[0], end: picture.end)
        }

        mutating func close() {
            defer {
                span = nil
                most = 0
                area = 0
            }
            guard let span else { return }
            spans.add(FlashSpan(kind: kind, span: span, perSecond: Double(most) / 2, area: area))
        }
    }
}
