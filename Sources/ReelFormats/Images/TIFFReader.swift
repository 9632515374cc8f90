internal import ReelModel

/// Reads the first directory of TIFF files (TIFF 6.0).
enum TIFFReader {
    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var image = ImageFacts()
        guard let directory = try TIFFDirectory(at: 0, limit: pager.length, &pager) else {
            let why = "its first directory could not be read"
            image.width = .unknown(why)
            image.height = .unknown(why)
            facts.describe(image)
            facts.missingBytes = .unknown(why)
            return
        }
        image.width = Known(directory.value(256), else: "no directory entry says it")
        image.height = Known(directory.value(257), else: "no directory entry says it")
        image.orientation = .known(directory.orientation ?? 1)
        image.bitDepth = .known(directory.value(258) ?? 1)
        image.frames = directory.hasNext ? .unknown("further directories may be pages or previews") : .known(1)
        image.colorProfile = .known(directory.count(34675) != nil)
        image.alpha = .known(directory.count(338) != nil)
        if let photometric = directory.value(262) {
            let names = [0: "gray", 1: "gray", 2: "rgb", 3: "palette", 5: "cmyk", 6: "ycbcr"]
            image.colorModel = Known(names[photometric], else: "photometric interpretation \(photometric) has no name")
        }
        facts.describe(image)
        facts.missingBytes =
            directory.end > pager.length
            ? .known(directory.end - pager.length) : .unknown("the strips were not followed")
    }
}
