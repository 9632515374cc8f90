internal import ReelModel

/// A sequence parameter set of HEVC (ITU-T H.265, 7.3.2.2).
enum HEVCSPS {
    /// - Parameter nal: the NAL unit with its two header bytes; `nil` where it cannot be read as one.
    static func read(_ nal: Bytes) -> PictureFormat? {
        guard let header = nal.u8(0), header >> 1 & 0x3F == 33, nal.count <= 64 << 10 else { return nil }
        var bits = BitReader(unescaping: nal.array.dropFirst(2))
        return try? parse(&bits)
    }

    /// The hvcC record (ISO/IEC 14496-15, 8.3.3.1): the first parameter set in it, else what the record itself says.
    static func read(configuration: Bytes) -> PictureFormat? {
        guard configuration.u8(0) == 1, let arrays = configuration.u8(22) else { return nil }
        var at = 23
        var found: PictureFormat?
        var supplement = ColorFacts()
        for _ in 0..<arrays {
            guard let kind = configuration.u8(at), let count = configuration.u16(at + 1) else { break }
            at += 3
            for _ in 0..<count {
                guard let size = configuration.u16(at) else { break }
                let unit = configuration.slice(from: at + 2, count: size)
                switch kind & 0x3F {
                case 33: found = found ?? read(unit)
                case 39, 40: SEI.read(Bytes(BitReader.unescaped(unit.array.dropFirst(2))), into: &supplement)
                default: break
                }
                at += 2 + size
            }
        }
        if var format = found {
            format.color = supplement.filled(from: format.color)
            return format
        }
        guard let profile = configuration.u8(1), let level = configuration.u8(12),
            let chroma = configuration.u8(16), let depth = configuration.u8(17)
        else { return nil }
        var format = PictureFormat()
        format.profile = Known(name(profile: profile & 0x1F), else: "profile \(profile & 0x1F) has no name")
        format.level = .known(name(level: level))
        format.bitDepth = 8 + depth & 7
        format.pixelFormat = PictureFormat.pixelFormat(
            chroma: chroma & 3, bitDepth: 8 + depth & 7, fullRange: false, rgb: false)
        return format
    }

    private static func parse(_ bits: inout BitReader) throws(BitReader.End) -> PictureFormat? {
        var format = PictureFormat()
        try bits.skip(4)  // sps_video_parameter_set_id
        let subLayers = try bits.bits(3)
        try bits.skip(1)
        let tier = try profileTierLevel(&bits, subLayers: subLayers)
        _ = try bits.ue()  // sps_seq_parameter_set_id
        let chroma = try bits.ue()
        guard chroma <= 3 else { return nil }
        if chroma == 3 { try bits.skip(1) }
        var width = try bits.ue()
        var height = try bits.ue()
        guard width <= 1 << 16, height <= 1 << 16 else { return nil }
        if try bits.bit() {
            let unitX = chroma == 1 || chroma == 2 ? 2 : 1
            let unitY = chroma == 1 ? 2 : 1
            let (left, right) = (try bits.ue(), try bits.ue())
            let (top, bottom) = (try bits.ue(), try bits.ue())
            width -= (left + right) * unitX
            height -= (top + bottom) * unitY
        }
        let lumaDepth = 8 + (try bits.ue())
        let chromaDepth = 8 + (try bits.ue())
        guard width > 0, height > 0, lumaDepth <= 16, chromaDepth <= 16 else { return nil }

        format.profile = Known(name(profile: tier.profile), else: "profile \(tier.profile) has no name")
        format.level = .known(name(level: tier.level))
        format.width = width
        format.height = height
        format.bitDepth = lumaDepth
        switch (tier.progressive, tier.interlaced) {
        case (true, false): format.progressive = true
        case (false, true): format.progressive = false
        default: break
        }
        // A set that ends inside what follows still holds all that comes before.
        let vui = (try? usability(&bits, subLayers: subLayers, &format)) ?? nil
        if lumaDepth == chromaDepth || chroma == 0 {
            // FFmpeg has no name of its own for full range beyond 4:2:0 in HEVC.
            format.pixelFormat = PictureFormat.pixelFormat(
                chroma: chroma, bitDepth: lumaDepth, fullRange: vui?.fullRange == true && chroma == 1,
                rgb: vui?.matrix == 0)
        }
        format.sampleAspectRatio = vui?.sampleAspectRatio
        format.color = vui?.color ?? ColorFacts()
        return format
    }

    /// ITU-T H.265, 7.3.3.
    private static func profileTierLevel(_ bits: inout BitReader, subLayers: Int) throws(BitReader.End)
        -> (profile: Int, level: Int, progressive: Bool, interlaced: Bool)
    {
        try bits.skip(3)
        var profile = try bits.bits(5)
        let compatibility = try bits.bits(32)
        let progressive = try bits.bit()
        let interlaced = try bits.bit()
        try bits.skip(46)
        let level = try bits.bits(8)
        if profile == 0 {
            profile = (1...11).first { compatibility >> (31 - $0) & 1 == 1 } ?? 0
        }
        var present: [(profile: Bool, level: Bool)] = []
        for _ in 0..<subLayers { present.append((try bits.bit(), try bits.bit())) }
        if subLayers > 0 { try bits.skip(2 * (8 - subLayers)) }
        for layer in present {
            if layer.profile { try bits.skip(88) }
            if layer.level { try bits.skip(8) }
        }
        return (profile, level, progressive, interlaced)
    }

    /// What stands between the bit depths and the usability information, and the latter.
    private static func usability(
        _ bits: inout BitReader, subLayers: Int, _ format: inout PictureFormat
    ) throws(BitReader.End) -> VUI? {
        let orderCountBits = try bits.ue() + 4
        let everyLayer = try bits.bit()
        for _ in (everyLayer ? 0 : subLayers)...subLayers {
            // The last is the one that holds for all layers together (7.4.3.2.1).
            let (buffered, reordered) = (try bits.ue(), try bits.ue())
            _ = try bits.ue()
            guard buffered <= 15, reordered <= buffered else { continue }
            format.referenceFrames = .known(buffered)
            format.reorderFrames = .known(reordered)
        }
        for _ in 0..<6 { _ = try bits.ue() }
        if try bits.bit(), try bits.bit() { try skipScalingLists(&bits) }
        try bits.skip(2)
        if try bits.bit() {  // PCM
            try bits.skip(8)
            _ = try bits.ue()
            _ = try bits.ue()
            try bits.skip(1)
        }
        guard try skipReferenceSets(&bits) else { return nil }
        if try bits.bit() {  // long-term reference pictures
            let count = try bits.ue()
            guard count <= 32 else { return nil }
            for _ in 0..<count { try bits.skip(orderCountBits + 1) }
        }
        try bits.skip(2)
        return try bits.bit() ? try VUI(&bits) : nil
    }

    /// ITU-T H.265, 7.3.4.
    private static func skipScalingLists(_ bits: inout BitReader) throws(BitReader.End) {
        for size in 0..<4 {
            for _ in stride(from: 0, to: 6, by: size == 3 ? 3 : 1) {
                guard try bits.bit() else {
                    _ = try bits.ue()
                    continue
                }
                if size > 1 { _ = try bits.se() }
                for _ in 0..<min(64, 1 << (4 + size << 1)) { _ = try bits.se() }
            }
        }
    }

    /// ITU-T H.265, 7.3.7. A set may be written as the difference to the one before it.
    private static func skipReferenceSets(_ bits: inout BitReader) throws(BitReader.End) -> Bool {
        let count = try bits.ue()
        guard count <= 64 else { return false }
        var pictures = 0
        for index in 0..<count {
            if index > 0, try bits.bit() {
                try bits.skip(1)
                _ = try bits.ue()
                var kept = 0
                for _ in 0...pictures {
                    let used = try bits.bit()
                    if used {
                        kept += 1
                    } else if try bits.bit() {
                        kept += 1
                    }
                }
                pictures = kept
            } else {
                let negative = try bits.ue()
                let positive = try bits.ue()
                guard negative <= 16, positive <= 16 else { return false }
                pictures = negative + positive
                for _ in 0..<pictures {
                    _ = try bits.ue()
                    try bits.skip(1)
                }
            }
        }
        return true
    }

    private static func name(profile: Int) -> String? {
        switch profile {
        case 1: "Main"
        case 2: "Main 10"
        case 3: "Main Still Picture"
        case 4: "Rext"
        case 9: "Scc"
        default: nil
        }
    }

    /// Thirty times the level (ITU-T H.265, A.4.1).
    private static func name(level: Int) -> String { "\(level / 30).\(level % 30 / 3)" }
}
