internal import ReelModel

/// Follows the elements of a segment to its end, and checks against them what the file's own tables say.
struct MatroskaStructure {
    private let segment: EBMLElement
    private(set) var faults: [StructureFault] = []
    private var clusters: Set<Int64> = []
    /// The furthest end that an element promises.
    private var promisedEnd: Int64
    /// Whether every element up to the end, or up to where none can be read, was met.
    private(set) var isComplete = false
    private var damaged = false

    /// A film's worth at the usual five seconds or five megabytes each; each costs one read.
    private static let clusterLimit = 1024
    /// In clusters that leave their size open, every block is met.
    private static let openBlockLimit = 100_000
    private static let zeroLimit: Int64 = 1 << 20

    init(_ segment: EBMLElement) {
        self.segment = segment
        promisedEnd = segment.promisedEnd ?? 0
    }

    mutating func follow(_ pager: inout Pager, into file: inout MatroskaFile) throws {
        var walk = EBMLWalk(inside: segment)
        while let element = try walk.next(&pager) {
            if let promised = element.promisedEnd {
                promisedEnd = max(promisedEnd, promised)
                if let whole = segment.promisedEnd, promised > whole { noteTooLong(element, whole) }
            }
            if element.id == MatroskaID.cluster {
                guard clusters.count < Self.clusterLimit else { return }
                clusters.insert(element.start)
                file.noteCluster(element)
                if element.promisedEnd == nil {
                    guard let end = try openEnd(of: element, &pager) else { return }
                    walk = EBMLWalk(from: end, to: segment.end)
                }
            } else {
                try file.read(element, &pager)
                if element.promisedEnd == nil, MatroskaID.levelOne.contains(element.id) { return }
            }
        }
        isComplete = true
        if walk.position < segment.end { try noteDamage(at: walk.position, &pager) }
    }

    /// RFC 8794, 6.2: an element of open size ends where one begins that cannot be inside it.
    private func openEnd(of cluster: EBMLElement, _ pager: inout Pager) throws -> Int64? {
        var parts = EBMLWalk(from: cluster.body, to: segment.end)
        for _ in 0..<Self.openBlockLimit {
            guard let part = try parts.next(&pager) else { return parts.position }
            if MatroskaID.levelOne.contains(part.id) || part.id == MatroskaID.header { return part.start }
        }
        return nil
    }

    private mutating func noteTooLong(_ element: EBMLElement, _ whole: Int64) {
        faults.append(
            StructureFault(
                .impossibleSize, offset: element.start, bytes: (element.promisedEnd ?? whole) - whole,
                "a \(MatroskaID.name(element.id)) ends \((element.promisedEnd ?? whole) - whole) bytes behind the "
                    + "segment that holds it"))
    }

    /// Where no element can be read, though the segment goes on.
    private mutating func noteDamage(at offset: Int64, _ pager: inout Pager) throws {
        let rest = segment.end - offset
        // A header that the end of the file cut.
        if rest < 12, segment.promisedEnd ?? .max > pager.length {
            promisedEnd = max(promisedEnd, segment.end + 1)
            return
        }
        damaged = true
        var zeros: Int64 = 0
        while zeros < min(rest, Self.zeroLimit) {
            let piece = try pager.bytes(at: offset + zeros, count: Int(min(rest - zeros, 64 << 10)))
            let run = piece.array.firstIndex { $0 != 0 } ?? piece.count
            zeros += Int64(run)
            if run < piece.count || run == 0 { break }
        }
        if zeros >= 16 {
            faults.append(
                StructureFault(
                    .zeroedRange, offset: offset, bytes: zeros,
                    "at least \(zeros) zero bytes stand where a cluster should"))
        } else {
            faults.append(
                StructureFault(
                    .brokenFraming, offset: offset, bytes: rest,
                    "no element can be read \(rest) bytes before the segment's end"))
        }
    }

    /// - Parameter next: where the file goes on behind the segment.
    mutating func check(_ file: MatroskaFile, _ next: Int64, _ pager: inout Pager) throws {
        faults += file.faults
        try checkSeeks(file, &pager)
        try checkCues(file, &pager)
        guard segment.promisedEnd != nil, next < pager.length else { return }
        // Padding may stand there, and nothing else.
        var behind = EBMLWalk(from: next, to: pager.length)
        var place = next
        while let element = try behind.next(&pager), element.id == MatroskaID.void || element.id == MatroskaID.crc,
            element.promisedEnd == element.end
        {
            place = element.end
        }
        if place < pager.length {
            let rest = pager.length - place
            faults.append(
                StructureFault(.strayBytes, offset: place, bytes: rest, "\(rest) bytes follow the segment's end"))
        }
    }

    private mutating func checkSeeks(_ file: MatroskaFile, _ pager: inout Pager) throws {
        for seek in file.seeks.prefix(16) {
            let place = segment.body.saturatingAdd(seek.position)
            guard place < pager.length else {
                faults.append(
                    StructureFault(
                        .brokenIndex, offset: place,
                        "the seek head looks for the \(MatroskaID.name(seek.id)) behind the file's end"))
                continue
            }
            // What the walk met needs no second look.
            if file.starts.contains(place) || clusters.contains(place) { continue }
            let there = EBMLNumber.identifier(try pager.bytes(at: place, count: 4), 0)?.value
            if there != seek.id {
                faults.append(
                    StructureFault(
                        .brokenIndex, offset: place,
                        "the seek head looks for the \(MatroskaID.name(seek.id)) where there is none"))
            }
        }
    }

    /// 5.1.5: every entry leads to a cluster.
    private mutating func checkCues(_ file: MatroskaFile, _ pager: inout Pager) throws {
        let places = file.cues.map { segment.body.saturatingAdd($0) }
        let outside = places.filter { $0 >= pager.length }
        if let first = outside.min() {
            faults.append(
                StructureFault(
                    .samplesOutsideFile, offset: first,
                    "\(outside.count) of \(places.count) entries of the index lie behind the file's end"))
        }
        let inside = Set(places.filter { $0 < pager.length })
        var wrong: [Int64] = []
        if isComplete, !damaged {
            wrong = inside.filter { !clusters.contains($0) }
        } else {
            let some = inside.sorted()
            for place in Set([some.first, some.last, some.isEmpty ? nil : some[some.count / 2]].compactMap { $0 }) {
                let there = EBMLNumber.identifier(try pager.bytes(at: place, count: 4), 0)?.value
                if there != MatroskaID.cluster { wrong.append(place) }
            }
        }
        if let first = wrong.min() {
            faults.append(
                StructureFault(
                    .brokenIndex, offset: first,
                    "\(wrong.count) entries of the index lead to a place where no cluster begins"))
        }
    }

    func missingBytes(in length: Int64) -> Known<Int64> {
        // Without a cluster there is nothing to see or hear; the header of an empty one has five bytes.
        if clusters.isEmpty, isComplete, !damaged { return .known(max(promisedEnd - length, 5)) }
        if segment.promisedEnd != nil { return .known(max(promisedEnd - length, 0)) }
        if promisedEnd > length { return .known(promisedEnd - length) }
        return isComplete && !damaged ? .known(0) : .unknown("its segment leaves its size open")
    }
}
