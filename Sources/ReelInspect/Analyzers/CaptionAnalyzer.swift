internal import ReelModel

/// Lettering that nobody asked for by its time: captions, titles, marks of their owner.
struct CaptionAnalyzer: PictureAnalyzer {
    static let analysis = Analysis.captions
    static let needs: PictureNeeds = .sketches

    private var search = CaptionSearch()
    private var size: (width: Int, height: Int)?
    private var hasChangedSize = false
    private var jumped = false
    private var last = -Double.infinity

    init() {}

    mutating func see(_ picture: Picture) {
        if picture.change?.isJump == true { jumped = true }
        guard let sketch = picture.sums.sketch, !hasChangedSize else { return }
        let span = picture.sums.span
        guard jumped || span.start - last >= SketchPlan.longInterval else { return }
        if let size, size != (sketch.width, sketch.height) {
            hasChangedSize = true
            return
        }
        size = (sketch.width, sketch.height)
        last = span.start
        search.add(sketch, at: span, afterCut: jumped)
        jumped = false
    }

    mutating func finish(into _: inout Measured, _ picture: inout PictureMeasurements) {
        guard let size else { return }
        picture.captions =
            if hasChangedSize {
                .unknown("the size of the picture changes")
            } else if min(size.width, size.height) < CaptionSearch.smallest {
                .unknown("the picture is too small to have letters")
            } else if search.windows < CaptionSearch.fewest {
                .unknown("no shot is long enough to tell lettering from the picture")
            } else {
                .known(Array(search.finished().prefix(PictureMeasurements.limit)))
            }
    }
}
