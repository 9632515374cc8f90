internal import ReelModel

/// EBML (RFC 8794): the document type in the header tells Matroska from WebM.
extension Sniff {
    static func matroska(_ head: Bytes) -> FileType? {
        guard head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) else { return nil }
        // Other documents are EBML too, and no reader of films takes them.
        switch EBMLHeader(head).docType {
        case "webm": return .webm
        case "matroska": return .mkv
        default: return nil
        }
    }
}
