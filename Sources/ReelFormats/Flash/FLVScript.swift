internal import ReelModel

/// What a script tag says (E.4.4): values of AMF 0.
struct FLVScript {
    private(set) var numbers: [String: Double] = [:]
    private(set) var metadata: [MetadataEntry] = []

    private static let fieldLimit = 500

    /// Whether the tag is the film's own description, which FFmpeg counts as no stream.
    mutating func read(_ body: Bytes) -> Bool {
        guard body.u8(0) == 2, let length = body.u16(1), let name = body.text(3, min(length, 64)) else { return false }
        guard name == "onMetaData" else { return false }
        var at = 3 + length
        switch body.u8(at) {
        case 8: at += 5
        case 3: at += 1
        default: return true
        }
        for _ in 0..<Self.fieldLimit {
            guard let size = body.u16(at), size > 0, let kind = body.u8(at + 2 + size) else { return true }
            let key = String(decoding: body.slice(from: at + 2, count: min(size, 80)).array, as: UTF8.self)
            at += 3 + size
            switch kind {
            case 0:
                if let bits = body.u64(at) {
                    let value = Double(bitPattern: bits)
                    if value.isFinite { numbers[key.lowercased()] = value }
                }
                at += 8
            case 1: at += 1
            case 2:
                guard let length = body.u16(at) else { return true }
                let value = String(decoding: body.slice(from: at + 2, count: min(length, 1024)).array, as: UTF8.self)
                if let entry = TagName.entry(key, value) { metadata.append(entry) }
                at += 2 + length
            case 11: at += 10
            case 5, 6: continue
            // Objects and lists, such as an index of key frames, come last or matter not.
            default: return true
            }
        }
        return true
    }
}
