internal import ReelModel

/// Reads Matroska and WebM files (RFC 9559): a segment's elements from its start to its end, clusters stepped over.
enum MatroskaReader {
    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        let header = EBMLHeader(try pager.bytes(at: 0, count: 4096))
        var documents = EBMLWalk(from: header.end, to: pager.length)
        var found: EBMLElement?
        while found == nil, let element = try documents.next(&pager) {
            if element.id == MatroskaID.segment { found = element }
        }
        guard let segment = found else {
            facts.note(missing: "it holds no segment")
            facts.missingBytes = .unknown("it holds no segment")
            return
        }

        var file = MatroskaFile(segment)
        var structure = MatroskaStructure(segment)
        try structure.follow(&pager, into: &file)
        // What was not reached on the way is reached directly.
        for id in [MatroskaID.info, MatroskaID.tracks, MatroskaID.cues, MatroskaID.tags, MatroskaID.attachments] {
            guard !structure.isComplete, !file.seen.contains(id), let place = file.seeks.first(where: { $0.id == id })
            else { continue }
            var target = EBMLWalk(from: segment.body.saturatingAdd(place.position), to: segment.end)
            if let element = try target.next(&pager), element.id == id { try file.read(element, &pager) }
        }
        try file.readFirstBlocks(&pager)
        try structure.check(file, documents.position, &pager)

        file.describe(in: &facts)
        facts.missingBytes = structure.missingBytes(in: pager.length)
        facts.structureFaults =
            structure.isComplete || !structure.faults.isEmpty
            ? .known(Array(structure.faults.prefix(StructureFault.limit)))
            : .unknown("it has more clusters than are followed")
    }
}

extension Facts {
    /// Streams that could not be found, for one reason.
    mutating func note(missing why: String) {
        video = .unknown(why)
        audio = .unknown(why)
        others = .unknown(why)
        duration = .unknown(why)
    }
}
