internal import ReelModel

/// Reads AIFF and AIFF-C files (Apple, "Audio Interchange File Format" 1.3 and its compressed form).
enum AIFFReader {
    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        facts.encrypted = .known(false)
        facts.others = .known([])
        let isCompressed = try pager.bytes(at: 8, count: 4).starts(with: "AIFC")
        var common: Bytes?
        var pictures: [Known<String>] = []
        var metadata: [MetadataEntry] = []
        var hasSound = false
        let stated = Int64(try pager.bytes(at: 4, count: 4).u32(0) ?? 0)
        var promisedEnd = 8 + stated
        var chunks = RIFFChunks(from: 12, to: min(pager.length, 8 + stated), bigEndian: true)
        while let chunk = try chunks.next(&pager) {
            promisedEnd = max(promisedEnd, chunk.promisedEnd)
            switch chunk.type {
            case "COMM": common = try pager.bytes(at: chunk.body, count: Int(min(chunk.size, 64)))
            case "SSND": hasSound = true
            case "ID3 ", "id3 ":
                let tag = try ID3Tag(at: chunk.body, &pager)
                pictures += tag.pictures
                metadata += tag.metadata
            case "NAME", "AUTH", "ANNO", "(c) ":
                let text = try pager.bytes(at: chunk.body, count: Int(min(chunk.size, 1024))).array.prefix { $0 != 0 }
                let value = TagName.trimmed(String(decoding: text, as: UTF8.self))
                let kind: MetadataEntry.Kind = chunk.type == "AUTH" ? .person : .text
                if !value.isEmpty { metadata.append(MetadataEntry(kind, key: chunk.type, value: value)) }
            default: continue
            }
        }
        facts.add(metadata)
        facts.video = .known(AttachedPictures.streams(pictures, from: 1))
        facts.missingBytes = .known(max(promisedEnd - pager.length, hasSound ? 0 : 8))
        var faults: [StructureFault] = []
        if 8 + stated < pager.length, stated > 0 {
            let offset = 8 + stated + stated & 1
            let rest = pager.length - offset
            if rest > 0 {
                faults.append(
                    StructureFault(
                        .strayBytes, offset: offset, bytes: rest, "\(rest) bytes follow the end of its structure"))
            }
        }
        facts.structureFaults = .known(faults)
        guard let common, let channels = common.u16(0), let frames = common.u32(2), let bits = common.u16(6),
            let rate = extended(common, 8), rate >= 1, rate < 1e7
        else {
            facts.note(missing: "its description of the sound could not be read")
            return
        }
        let format = isCompressed ? common.fourCC(18) ?? "NONE" : "NONE"
        var audio = AudioFacts(
            index: 0, codec: Known(codec(format, bits), else: "the coding \(format) is not known here"))
        audio.channels = channels > 0 ? .known(channels) : .unknown("it states none")
        audio.channelLayout = ChannelLayout.plain(channels: channels)
        audio.sampleRate = .known(Int(rate))
        audio.start = .known(0)
        // Blocks of fixed size hold several samples there.
        if let name = audio.codec.value, name.hasPrefix("pcm_") {
            audio.duration = .known(Double(frames) / rate)
            let width = Int64(name == "pcm_mulaw" || name == "pcm_alaw" ? 8 : (bits + 7) / 8 * 8)
            audio.bitRate = .known(Int64(rate).saturatingMultiply(width * Int64(channels)))
        } else {
            audio.duration = .unknown("its frames are of several samples each")
        }
        facts.audio = .known([audio])
        facts.duration = audio.duration
        facts.setBitRate()
    }

    private static func codec(_ format: String, _ bits: Int) -> String? {
        switch format {
        case "NONE", "twos", "in24", "in32":
            return bits <= 8 ? "pcm_s8" : bits <= 16 ? "pcm_s16be" : bits <= 24 ? "pcm_s24be" : "pcm_s32be"
        case "sowt": return bits <= 8 ? "pcm_s8" : bits <= 16 ? "pcm_s16le" : bits <= 24 ? "pcm_s24le" : "pcm_s32le"
        case "FL32": return "pcm_f32be"
        case "FL64": return "pcm_f64be"
        case "ULAW": return "pcm_mulaw"
        case "ALAW": return "pcm_alaw"
        default: return CodecNames.sound(format, bits: bits, linearFlags: nil)
        }
    }

    /// An 80-bit number of IEEE 754, as the processor of its time kept them.
    private static func extended(_ bytes: Bytes, _ at: Int) -> Double? {
        guard let exponent = bytes.u16(at), let mantissa = bytes.u64(at + 2), exponent & 0x8000 == 0 else { return nil }
        if mantissa == 0 { return 0 }
        let power = exponent - 16383 - 63
        guard (-1000...900).contains(power) else { return nil }
        return Double(sign: .plus, exponent: power, significand: Double(mantissa))
    }
}
