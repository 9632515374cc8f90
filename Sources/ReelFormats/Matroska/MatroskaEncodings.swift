/// What was done to a track's frames before they were stored (RFC 9559, 5.1.4.1.31).
struct MatroskaEncodings {
    private(set) var encrypted = false
    /// Whether frames, and the codec's configuration, are packed in a way that is not undone here.
    private(set) var framesPacked = false
    private(set) var configurationPacked = false
    /// Bytes that every frame begins with and that were left out.
    private(set) var strippedHeader: [UInt8] = []

    init() {}

    init(_ list: EBMLElement, _ pager: inout Pager) throws {
        var encodings = EBMLWalk(inside: list)
        while let encoding = try encodings.next(&pager) {
            guard encoding.id == 0x6240 else { continue }
            var scope = 1
            var kind = 0
            // Without an element of its own, compression is zlib's.
            var method = 0
            var settings: [UInt8] = []
            var parts = EBMLWalk(inside: encoding)
            while let part = try parts.next(&pager) {
                switch part.id {
                case 0x5032: scope = try part.unsigned(&pager) ?? 1
                case 0x5033: kind = try part.unsigned(&pager) ?? 0
                case 0x5034:
                    var values = EBMLWalk(inside: part)
                    while let value = try values.next(&pager) {
                        if value.id == 0x4254 { method = try value.unsigned(&pager) ?? 0 }
                        if value.id == 0x4255 { settings = try value.contents(limit: 256, &pager).array }
                    }
                default: continue
                }
            }
            if kind == 1 {
                encrypted = true
            } else if method == 3 {
                if scope & 1 != 0 { strippedHeader += settings }
                if scope & 2 != 0 { configurationPacked = true }
            } else {
                framesPacked = framesPacked || scope & 1 != 0
                configurationPacked = configurationPacked || scope & 2 != 0
            }
        }
    }
}
