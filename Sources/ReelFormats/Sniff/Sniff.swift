public import ReelModel

/// What a file is, by its content alone: the first bytes, and further ones where those do not decide.
public enum Sniff {
    /// The type that the content shows. Unknown where no known type fits; the name plays no part.
    public static func type<Source: ByteSource>(of source: inout Source) throws -> Known<FileType> {
        var pager = Pager(source)
        defer { if let read = pager.source as? Source { source = read } }
        return try type(&pager)
    }

    /// How many first bytes every family sees.
    static let headSize = 4096

    static func type(_ pager: inout Pager) throws -> Known<FileType> {
        guard pager.length > 0 else { return .unknown("the file is empty") }
        let head = try pager.bytes(at: 0, count: headSize)
        // Families with a long signature come before those with a short one, and text comes last.
        if let type = try isoBMFF(head, &pager) ?? signature(head) { return .known(type) }
        if let type = try mpegSystem(head, &pager) { return .known(type) }
        if let type = bareVideo(head) { return .known(type) }
        if let type = try mpegAudio(&pager) { return .known(type) }
        if let type = bareAudio(head, whole: pager.length <= Int64(headSize)) { return .known(type) }
        if let type = text(head, whole: pager.length <= Int64(headSize)) { return .known(type) }
        if let type = try byItsEnd(head, &pager) { return .known(type) }
        return .unknown("its first bytes match no known type")
    }

    /// By a signature at the very start, or at the one place that a type keeps it.
    static func signature(_ head: Bytes) -> FileType? {
        matroska(head) ?? riff(head) ?? image(head) ?? video(head) ?? sound(head) ?? archive(head) ?? document(head)
            ?? program(head)
    }
}
