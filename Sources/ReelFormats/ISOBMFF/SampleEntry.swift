internal import ReelModel

/// How the samples of a track are coded (ISO/IEC 14496-12, 8.5.2): the first entry of its sample description.
struct SampleEntry {
    /// The coding, behind the mask of an encrypted one.
    private(set) var format = ""
    private(set) var encrypted = false
    private(set) var codec: Known<String> = .unknown("the sample entry could not be read")
    private(set) var picture = PictureFormat()
    private(set) var profile: Known<String> = .unknown(Facts.notInHeader)
    private(set) var channels: Known<Int> = .unknown(Facts.notInHeader)
    private(set) var sampleRate: Known<Int> = .unknown(Facts.notInHeader)
    private(set) var statedBitRate: Int64?
    /// How many descriptions the track has.
    private(set) var descriptions = 0
    /// Why the configuration of the coding is not to be trusted.
    private(set) var flaw: String?
    private(set) var channelLayout: Known<String> = .unknown(Facts.notInHeader)

    /// Entries that cannot be decoded without their configuration (ISO/IEC 14496-15, 5.4.2.1 and 8.4.1.1). The others
    /// may have their parameter sets in the samples.
    private static let records = [
        "avc1": "avcC", "avc2": "avcC", "hvc1": "hvcC", "hvc2": "hvcC", "dvh1": "hvcC", "dva1": "avcC", "av01": "av1C",
    ]

    /// The largest entry that is read: codec configurations are a few hundred bytes.
    private static let sizeLimit = 64 << 10
    private static let descriptionLimit = 1000
    fileprivate static let masks: Set<String> = ["encv", "enca", "enct", "encs", "drmi", "drms"]

    init?(_ description: Box, handler: String, isQuickTime: Bool, _ pager: inout Pager) throws {
        var entries = BoxWalk(inside: description, skipping: 8)
        guard let entry = try entries.next(&pager) else { return nil }
        descriptions = 1
        while descriptions < SampleEntry.descriptionLimit, let further = try entries.next(&pager) {
            descriptions += 1
            // Protected media often opens with a part that is not, in a description of its own.
            if SampleEntry.masks.contains(further.type) { encrypted = true }
        }
        let body = try entry.contents(limit: SampleEntry.sizeLimit, &pager)
        format = entry.type
        switch handler {
        case "vide": try readPicture(entry, body, &pager)
        case "soun": try readSound(entry, body, isQuickTime, &pager)
        default: codec = Known(CodecNames.other[format], else: "the coding \(format) is not known here")
        }
        if encrypted { codec = codec.value == nil ? .unknown("the stream is encrypted") : codec }
    }

    // MARK: Pictures (12.1.3)

    private mutating func readPicture(_ entry: Box, _ body: Bytes, _ pager: inout Pager) throws {
        picture.width = body.u16(24)
        picture.height = body.u16(26)
        var parts = BoxWalk(inside: entry, skipping: 78)
        var configuration: (type: String, bytes: Bytes)?
        var color = ColorFacts()
        var ratio: Rational?
        while let part = try parts.next(&pager) {
            switch part.type {
            case "avcC", "hvcC", "av1C", "vpcC", "esds", "glbl":
                configuration = (part.type, try part.contents(limit: SampleEntry.sizeLimit, &pager))
            case "pasp":  // 12.1.4
                let pasp = try part.contents(limit: 8, &pager)
                if let h = pasp.u32(0), let v = pasp.u32(4), h > 0, v > 0 { ratio = Rational(Int64(h), Int64(v)) }
            // 12.1.5; beside the code points there may be a colour profile in a box of the same type.
            case "colr": color = color.filled(from: try SampleEntry.color(part, &pager))
            case "btrt": statedBitRate = try part.contents(limit: 12, &pager).u32(8).map { Int64($0) }
            case "sinf": try readProtection(part, &pager)
            case "fiel":  // QuickTime File Format: fields a frame
                let fields = try part.contents(limit: 2, &pager)
                picture.progressive = fields.u8(0).map { $0 == 1 }
                // 1 and 14 show the top field first, 6 and 9 the bottom one.
                picture.fieldOrder = fields.u8(1).flatMap { [1: "top", 14: "top", 6: "bottom", 9: "bottom"][$0] }
            case "mdcv": color.takeMasteringDisplay(try part.contents(limit: 24, &pager))
            case "clli": color.takeContentLight(try part.contents(limit: 4, &pager))
            case "dvcC", "dvvC", "dvwC": color.takeDolbyVision(try part.contents(limit: 24, &pager))
            default: continue
            }
        }
        codec = Known(CodecNames.video[format], else: "the coding \(format) is not known here")
        let stated = picture
        var coded: PictureFormat?
        switch configuration?.type {
        case "avcC": coded = configuration.flatMap { H264SPS.read(configuration: $0.bytes) }
        case "hvcC": coded = configuration.flatMap { HEVCSPS.read(configuration: $0.bytes) }
        case "av1C": coded = configuration.flatMap { AV1SequenceHeader.read(configuration: $0.bytes) }
        case "vpcC": coded = configuration.flatMap { VP9Format.read(configuration: $0.bytes.slice(from: 4)) }
        case "esds":
            if let stream = configuration.flatMap({ ElementaryStream($0.bytes) }) {
                codec = Known(stream.codec, else: "object type \(stream.objectType) is not known here")
            }
        default: break
        }
        if codec.value == "vp8" {
            coded?.profile = .unknown(Facts.notInHeader)
            if coded == nil { coded = VP8Format.fixed }
        }
        if let coded { picture = coded }
        if picture.width == nil || picture.height == nil {
            picture.width = stated.width
            picture.height = stated.height
        }
        if let progressive = stated.progressive, picture.progressive == nil || progressive == false {
            picture.progressive = progressive
        }
        picture.fieldOrder = stated.fieldOrder
        picture.sampleAspectRatio = ratio ?? picture.sampleAspectRatio
        picture.color = picture.color.filled(from: color)
        // What the record needs is in the stream where only the name of the entry says so.
        if picture.color.dolbyVision == nil, ["dvh1", "dvhe", "dva1", "dvav", "dav1"].contains(format) {
            picture.color.dynamicRange = .known(.dolbyVision)
        } else {
            picture.color.settleDynamicRange()
        }
        if coded == nil, let record = SampleEntry.records[format],
            configuration.map({ $0.type == record }) ?? true
        {
            let what = configuration == nil ? "is missing" : "cannot be read"
            flaw = "the decoder's configuration (\(record)) \(what)"
        }
        if let name = CodecNames.proresProfiles[format] { picture.profile = .known(name) }
    }

    private static func color(_ box: Box, _ pager: inout Pager) throws -> ColorFacts {
        let body = try box.contents(limit: 11, &pager)
        guard let kind = body.fourCC(0), kind == "nclx" || kind == "nclc" else { return ColorFacts() }
        return ColorFacts(
            primaries: body.u16(4), transfer: body.u16(6), matrix: body.u16(8),
            fullRange: kind == "nclx" ? body.u8(10).map { $0 & 0x80 != 0 } : nil)
    }

    // MARK: Sound (12.2.3; QuickTime File Format, sound sample descriptions)

    private mutating func readSound(_ entry: Box, _ body: Bytes, _ isQuickTime: Bool, _ pager: inout Pager) throws {
        let version = body.u16(8) ?? 0
        channels = Known(body.u16(16).flatMap { $0 > 0 ? $0 : nil }, else: Facts.notInHeader)
        sampleRate = Known(body.u16(24).flatMap { $0 > 0 ? $0 : nil }, else: Facts.notInHeader)
        var bits = body.u16(18) ?? 16
        var skipped: Int64 = 28
        var linearFlags: Int?
        if isQuickTime || version == 2 {
            if version == 1 { skipped = 44 }
            if version == 2 {
                skipped = 64
                if let raw = body.u64(32) {
                    let rate = Double(bitPattern: raw)
                    if rate >= 1, rate <= 10_000_000 { sampleRate = .known(Int(rate)) }
                }
                channels = Known(body.u32(40), else: Facts.notInHeader)
                bits = body.u32(48) ?? bits
                linearFlags = body.u32(52)
            }
        }
        codec = Known(
            CodecNames.sound(format, bits: bits, linearFlags: linearFlags),
            else: "the coding \(format) is not known here")
        // 3GPP TS 26.244, 6.5: one channel at a fixed rate, whatever the fields say.
        if let rate = ["samr": 8000, "sawb": 16000][format] { (channels, sampleRate) = (.known(1), .known(rate)) }
        try readSoundParts(BoxWalk(from: entry.body + skipped, to: entry.end), depth: 0, &pager)
        if channelLayout.value == nil, let name = channels.value.flatMap(ChannelLayout.name(channels:)) {
            channelLayout = .known(name)
        }
    }

    private mutating func readSoundParts(_ walk: BoxWalk, depth: Int, _ pager: inout Pager) throws {
        var parts = walk
        while let part = try parts.next(&pager) {
            switch part.type {
            case "esds":
                guard let stream = ElementaryStream(try part.contents(limit: 4096, &pager)) else { continue }
                codec = Known(stream.codec, else: "object type \(stream.objectType) is not known here")
                statedBitRate = stream.averageBitRate ?? statedBitRate
                guard stream.codec == "aac", let configuration = stream.configuration.flatMap(AudioSpecificConfig.init)
                else { continue }
                profile = configuration.profile
                if configuration.isLossless {
                    codec = .known("mp4als")
                } else {
                    sampleRate = configuration.sampleRate
                }
                channels = configuration.channels.filled(from: channels)
                channelLayout = configuration.channelLayout
            case "dOps":  // Encapsulation of Opus in ISO Base Media File Format, 4.3.2: always played at 48 kHz
                let head = try part.contents(limit: 11, &pager)
                channels = Known(head.u8(1), else: Facts.notInHeader)
                sampleRate = .known(48000)
                if head.u8(10) == 1 {
                    channelLayout = Known(channels.value.flatMap(ChannelLayout.name(vorbis:)), else: Facts.notInHeader)
                }
            case "dac3", "dec3":  // ETSI TS 102 366, F.4 and F.6
                guard let layout = ChannelLayout(dolby: try part.contents(limit: 5, &pager), part.type) else {
                    continue
                }
                channels = .known(layout.channels)
                channelLayout = .known(layout.name)
            case "alac" where part.bodySize >= 28:
                let cookie = try part.contents(limit: 28, &pager)
                channels = Known(cookie.u8(13).flatMap { $0 > 0 ? $0 : nil }, else: Facts.notInHeader)
                sampleRate = Known(cookie.u32(24).flatMap { $0 > 0 ? $0 : nil }, else: Facts.notInHeader)
            case "chan": channelLayout = ChannelLayout.name(quickTime: try part.contents(limit: 12, &pager))
            case "dfLa":  // Encapsulation of FLAC in ISO Base Media File Format, 3.3.2
                let block = try part.contents(limit: 42, &pager)
                if let packed = block.u24(18), packed >> 4 > 0 { sampleRate = .known(packed >> 4) }
            case "btrt": statedBitRate = try part.contents(limit: 12, &pager).u32(8).map { Int64($0) }
            case "sinf": try readProtection(part, &pager)
            case "enda":  // QuickTime: little-endian samples
                if try part.contents(limit: 2, &pager).u16(0) == 1, let name = codec.value, name.hasSuffix("be") {
                    codec = .known(name.dropLast(2) + "le")
                }
            case "wave" where depth == 0:
                try readSoundParts(BoxWalk(inside: part), depth: 1, &pager)
            default: continue
            }
        }
    }

    /// MP4's count of channels is two whatever there are, where the coding tells them itself (ISO/IEC 14496-12, 12.2.3:
    /// a template's value). MP3 has no configuration, and tells them in each frame.
    mutating func settleChannels(firstSample: Int64?, _ pager: inout Pager) throws {
        guard codec.value == "mp3", !isProtected else { return }
        let frame = try firstSample.flatMap { MPEGAudioFrame(Bytes(try pager.fetch(at: $0, count: 4))) }
        channels = Known(frame?.channels, else: "its frames were not read, and the index does not hold it")
        channelLayout = Known(channels.value.flatMap(ChannelLayout.name(channels:)), else: Facts.notInHeader)
    }

    // MARK: Protection (8.12)

    private mutating func readProtection(_ box: Box, _ pager: inout Pager) throws {
        encrypted = true
        guard let original = try box.child("frma", &pager) else { return }
        format = try original.contents(limit: 4, &pager).fourCC(0) ?? format
        if let name = CodecNames.video[format] ?? CodecNames.sound(format, bits: 16, linearFlags: nil) {
            codec = .known(name)
        }
    }
}

extension SampleEntry {
    /// Whether the coding is masked as encrypted, even where the original format is not told.
    var isProtected: Bool { encrypted || SampleEntry.masks.contains(format) }
}
