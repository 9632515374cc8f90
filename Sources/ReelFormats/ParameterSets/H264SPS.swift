internal import ReelModel

/// A sequence parameter set of H.264 (ITU-T H.264, 7.3.2.1.1).
enum H264SPS {
    /// - Parameter nal: the NAL unit with its header byte; `nil` where it cannot be read as one.
    static func read(_ nal: Bytes) -> PictureFormat? {
        guard let header = nal.u8(0), header & 0x1F == 7 || header & 0x1F == 15, nal.count <= 64 << 10 else {
            return nil
        }
        var bits = BitReader(unescaping: nal.array.dropFirst())
        return try? parse(&bits)
    }

    /// The avcC record (ISO/IEC 14496-15, 5.3.3.1): the first parameter set in it.
    static func read(configuration: Bytes) -> PictureFormat? {
        guard configuration.u8(0) == 1, let count = configuration.u8(5), count & 0x1F > 0,
            let size = configuration.u16(6)
        else { return nil }
        return read(configuration.slice(from: 8, count: size))
    }

    private static func parse(_ bits: inout BitReader) throws(BitReader.End) -> PictureFormat? {
        var format = PictureFormat()
        let profile = try bits.bits(8)
        let constraints = try bits.bits(8)
        let level = try bits.bits(8)
        _ = try bits.ue()  // seq_parameter_set_id

        var chroma = 1
        var lumaDepth = 8
        var chromaDepth = 8
        var separatePlanes = false
        if [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135].contains(profile) {
            chroma = try bits.ue()
            guard chroma <= 3 else { return nil }
            if chroma == 3 { separatePlanes = try bits.bit() }
            lumaDepth = 8 + (try bits.ue())
            chromaDepth = 8 + (try bits.ue())
            guard lumaDepth <= 14, chromaDepth <= 14 else { return nil }
            try bits.skip(1)  // qpprime_y_zero_transform_bypass_flag
            if try bits.bit() { try skipScalingLists(&bits, count: chroma == 3 ? 12 : 8) }
        }
        _ = try bits.ue()  // log2_max_frame_num_minus4
        let orderCountType = try bits.ue()
        switch orderCountType {
        case 0: _ = try bits.ue()
        case 1:
            try bits.skip(1)
            _ = try bits.se()
            _ = try bits.se()
            let cycle = try bits.ue()
            guard cycle <= 255 else { return nil }
            for _ in 0..<cycle { _ = try bits.se() }
        default: break
        }
        let references = try bits.ue()
        guard references <= 16 else { return nil }
        try bits.skip(1)
        let widthInMacroblocks = try bits.ue() + 1
        let heightInMapUnits = try bits.ue() + 1
        let framesOnly = try bits.bit()
        if !framesOnly { try bits.skip(1) }  // mb_adaptive_frame_field_flag
        try bits.skip(1)  // direct_8x8_inference_flag
        guard widthInMacroblocks <= 1 << 16, heightInMapUnits <= 1 << 16 else { return nil }

        var width = widthInMacroblocks * 16
        var height = heightInMapUnits * 16 * (framesOnly ? 1 : 2)
        if try bits.bit() {
            let planar = chroma == 0 || separatePlanes
            let unitX = planar || chroma == 3 ? 1 : 2
            let unitY = (planar || chroma != 1 ? 1 : 2) * (framesOnly ? 1 : 2)
            let (left, right) = (try bits.ue(), try bits.ue())
            let (top, bottom) = (try bits.ue(), try bits.ue())
            width -= (left + right) * unitX
            height -= (top + bottom) * unitY
        }
        guard width > 0, height > 0 else { return nil }

        var vui: VUI?
        if try bits.bit() {
            // A set that ends inside its usability information still holds all that comes before.
            vui = try? VUI(&bits)
            if vui != nil { format.frameRate = (try? timing(&bits)) ?? nil }
            if vui != nil, let bound = try? reorderBound(&bits) { format.reorderFrames = bound }
        }
        format.referenceFrames = .known(references)
        let intraOnly = constraints & 0x10 != 0 && [44, 86, 100, 110, 122, 244].contains(profile)
        // Pictures are shown as they come (8.2.1.3), or none refers to another.
        if orderCountType == 2 || references == 0 || intraOnly { format.reorderFrames = .known(0) }
        format.profile = Known(name(profile: profile, constraints: constraints), else: "profile \(profile) has no name")
        format.level = .known(name(level: level, profile: profile, constraints: constraints))
        format.width = width
        format.height = height
        format.bitDepth = lumaDepth
        if lumaDepth == chromaDepth || chroma == 0 {
            format.pixelFormat = PictureFormat.pixelFormat(
                chroma: chroma, bitDepth: lumaDepth, fullRange: vui?.fullRange ?? false, rgb: vui?.matrix == 0)
        }
        format.sampleAspectRatio = vui?.sampleAspectRatio
        format.color = vui?.color ?? ColorFacts()
        format.progressive = framesOnly
        return format
    }

    private static func skipScalingLists(_ bits: inout BitReader, count: Int) throws(BitReader.End) {
        for list in 0..<count where try bits.bit() {
            var last = 8
            var next = 8
            for _ in 0..<(list < 6 ? 16 : 64) {
                if next != 0 { next = (last + (try bits.se()) + 256) & 0xFF }
                if next != 0 { last = next }
            }
        }
    }

    /// Two ticks a frame (ITU-T H.264, E.2.1).
    private static func timing(_ bits: inout BitReader) throws(BitReader.End) -> Rational? {
        guard try bits.bit() else { return nil }
        let unitsInTick = try bits.bits(32)
        let timeScale = try bits.bits(32)
        try bits.skip(1)  // fixed_frame_rate_flag
        guard unitsInTick > 0, timeScale > 0 else { return nil }
        return Rational(Int64(timeScale), 2 * Int64(unitsInTick))
    }

    /// What follows the timing in the usability information: `max_num_reorder_frames`.
    private static func reorderBound(_ bits: inout BitReader) throws(BitReader.End) -> Known<Int> {
        let network = try bits.bit()
        if network { try skipBufferModel(&bits) }
        let video = try bits.bit()
        if video { try skipBufferModel(&bits) }
        if network || video { try bits.skip(1) }
        try bits.skip(1)  // pic_struct_present_flag
        guard try bits.bit() else { return .unknown("the stream sets no bound") }
        try bits.skip(1)
        for _ in 0..<4 { _ = try bits.ue() }
        let frames = try bits.ue()
        return frames <= 16 ? .known(frames) : .unknown("the stream's bound is absurd")
    }

    /// ITU-T H.264, E.1.2.
    private static func skipBufferModel(_ bits: inout BitReader) throws(BitReader.End) {
        let count = try bits.ue() + 1
        guard count <= 32 else { throw BitReader.End() }
        try bits.skip(8)
        for _ in 0..<count {
            _ = try bits.ue()
            _ = try bits.ue()
            try bits.skip(1)
        }
        try bits.skip(20)
    }

    /// ITU-T H.264, A.2: constraint_set1 makes Baseline the part that every decoder has, constraint_set3 means intra.
    private static func name(profile: Int, constraints: Int) -> String? {
        let intra = constraints & 0x10 != 0 ? " Intra" : ""
        switch profile {
        case 66: return constraints & 0x40 != 0 ? "Constrained Baseline" : "Baseline"
        case 77: return "Main"
        case 88: return "Extended"
        case 100: return "High"
        case 110: return "High 10" + intra
        case 122: return "High 4:2:2" + intra
        case 244: return intra.isEmpty ? "High 4:4:4 Predictive" : "High 4:4:4 Intra"
        case 44: return "CAVLC 4:4:4"
        case 118: return "Multiview High"
        case 128: return "Stereo High"
        case 144: return "High 4:4:4"
        default: return nil
        }
    }

    /// ITU-T H.264, A.3: level 1b is 9, or 11 with constraint_set3 in the three oldest profiles.
    private static func name(level: Int, profile: Int, constraints: Int) -> String {
        if level == 9 || (level == 11 && constraints & 0x10 != 0 && [66, 77, 88].contains(profile)) { return "1b" }
        return "\(level / 10).\(level % 10)"
    }
}
