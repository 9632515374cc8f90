internal import ReelMedia
internal import ReelModel

/// Copies a coded picture as it is, without what is noted beside it: camera, time, place, people, comments, previews,
/// and whatever stands behind its end. What decides how it looks is kept: the colour profile, the transparency, the
/// animation, and the orientation in a note of its own.
struct WithoutNotes {
    private let type: FileType
    private let orientation: Int
    private let job: FitJob

    /// A file of more bytes is not held in memory.
    private static let most: Int64 = 256_000_000

    init(_ orientation: Int, output: FileType, _ job: FitJob) {
        type = output
        self.orientation = orientation
        self.job = job
    }

    func carryOut(_ progress: ProgressSpan) throws(Failure) -> FitOutcome {
        guard let strip = Self.strips[type] else {
            throw job.senseless("what is noted beside a picture of type \(type) cannot be left out")
        }
        let length = try job.input.bytes()
        guard length <= Self.most else {
            throw Failure(
                .notDone, subject: job.input.name, problem: "it is too large a picture to be held in memory",
                remedy: "Convert it to a smaller one")
        }
        var bytes = [UInt8](repeating: 0, count: Int(length))
        try job.input.read(&bytes, count: bytes.count, at: 0)
        progress.report(0.3)
        guard let kept = strip(bytes, (1...8).contains(orientation) ? orientation : 1) else {
            throw Failure(
                .unreadable, subject: job.input.name, problem: "its parts cannot be told from one another",
                remedy: "Check that the file is whole")
        }
        try job.output.write(kept)
        return FitOutcome(
            bytes: try job.output.bytes(), encodes: 0, saturated: false,
            losses: kept.count < bytes.count
                ? ["what was noted beside the picture (camera, time, place) was left out"] : [])
    }

    /// From the bytes of a file and its orientation to the bytes of the copy; `nil` where the file is not whole.
    typealias Strip = @Sendable ([UInt8], Int) -> [UInt8]?

    private static let strips: [FileType: Strip] = [
        .jpg: JPEGNotes.strip, .png: PNGNotes.strip, .webp: WebPNotes.strip, .gif: GIFNotes.strip,
    ]
}

/// A note that says the orientation alone: a TIFF header, a directory of one entry, no other (CIPA DC-008, 4.5 and
/// 4.6.4, tag 274).
enum OrientationNote {
    static func bytes(_ orientation: Int) -> [UInt8] {
        [
            0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, UInt8(orientation & 15), 0, 0, 0, 0,
            0,
            0,
        ]
    }
}

/// Big- and little-endian numbers of four bytes.
extension [UInt8] {
    func big(at place: Int) -> Int { self[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    func little(at place: Int) -> Int { self[place..<place + 4].reversed().reduce(0) { $0 << 8 | Int($1) } }
    func spells(_ text: String, at place: Int) -> Bool {
        place + text.utf8.count <= count && self[place..<place + text.utf8.count].elementsEqual(text.utf8)
    }
    static func little(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
    static func big(_ number: Int) -> [UInt8] { little(number).reversed() }
}
