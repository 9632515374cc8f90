internal import ReelModel

/// Reads Matroska and WebM files (RFC 9559): what stands before the first cluster, and what the seek head points to.
/// Clusters are stepped over.
enum MatroskaReader {
    private enum ID {
        static let segment = 0x1853_8067
        static let seekHead = 0x114D_9B74
        static let info = 0x1549_A966
        static let tracks = 0x1654_AE6B
        static let cluster = 0x1F43_B675
        static let tags = 0x1254_C367
        static let attachments = 0x1941_A469
    }

    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var documents = EBMLWalk(from: EBMLHeader(try pager.bytes(at: 0, count: 4096)).end, to: pager.length)
        var found: EBMLElement?
        while let element = try documents.next(&pager), found == nil {
            if element.id == ID.segment { found = element }
        }
        guard let segment = found else {
            facts.note(missing: "it holds no segment")
            facts.missingBytes = .unknown("it holds no segment")
            return
        }

        var file = MatroskaFile()
        var seeks: [Int: Int64] = [:]
        var seen: Set<Int> = []
        var elements = EBMLWalk(inside: segment)
        while let element = try elements.next(&pager) {
            if element.id == ID.cluster {
                file.firstCluster = element
                break
            }
            if element.id == ID.seekHead { try readSeekHead(element, &pager, into: &seeks) }
            if seen.insert(element.id).inserted { try file.read(element, &pager) }
        }
        // What stands behind the clusters is reached directly.
        for id in [ID.info, ID.tracks, ID.tags, ID.attachments] where !seen.contains(id) {
            guard let place = seeks[id] else { continue }
            var target = EBMLWalk(from: segment.body.saturatingAdd(place), to: segment.end)
            if let element = try target.next(&pager), element.id == id { try file.read(element, &pager) }
        }
        try file.readFirstBlocks(&pager)

        file.describe(in: &facts)
        if let promised = segment.promisedEnd {
            facts.missingBytes = .known(max(promised - pager.length, 0))
        } else {
            facts.missingBytes = .unknown("its segment leaves its size open")
        }
    }

    /// 5.1.1: places count from the start of the segment's contents.
    private static func readSeekHead(_ head: EBMLElement, _ pager: inout Pager, into seeks: inout [Int: Int64]) throws {
        var entries = EBMLWalk(inside: head)
        while let entry = try entries.next(&pager) {
            guard entry.id == 0x4DBB else { continue }
            var id: Int?
            var place: Int64?
            var parts = EBMLWalk(inside: entry)
            while let part = try parts.next(&pager) {
                if part.id == 0x53AB { id = try part.unsigned(&pager) }
                if part.id == 0x53AC { place = try part.unsigned(&pager).map { Int64($0) } }
            }
            if let id, let place, seeks[id] == nil, seeks.count < 100 { seeks[id] = place }
        }
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
