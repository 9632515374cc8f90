/// Identifiers of the elements at the top of a segment (RFC 9559, 5.1).
enum MatroskaID {
    static let header = 0x1A45_DFA3
    static let segment = 0x1853_8067
    static let seekHead = 0x114D_9B74
    static let info = 0x1549_A966
    static let tracks = 0x1654_AE6B
    static let chapters = 0x1043_A770
    static let cluster = 0x1F43_B675
    static let cues = 0x1C53_BB6B
    static let attachments = 0x1941_A469
    static let tags = 0x1254_C367
    static let void = 0xEC
    static let crc = 0xBF

    static let levelOne: Set<Int> = [seekHead, info, tracks, chapters, cluster, cues, attachments, tags]

    static func name(_ id: Int) -> String {
        switch id {
        case seekHead: "seek head"
        case info: "segment information"
        case tracks: "list of tracks"
        case chapters: "list of chapters"
        case cluster: "cluster"
        case cues: "index (Cues)"
        case attachments: "list of attachments"
        case tags: "list of tags"
        default: "element 0x" + String(id, radix: 16, uppercase: true)
        }
    }
}
