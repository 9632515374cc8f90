/// What a slice header of H.264 cannot be read without, of a sequence parameter set (ITU-T H.264, 7.3.2.1.1).
struct H264Sequence {
    var profile = 0
    var separatePlanes = false
    var chromaFormat = 1
    var bitDepth = 8
    var frameNumberBits = 4
    var gapsAllowed = false
    var orderType = 0
    var orderBits = 4
    var orderDeltaZero = false
    var framesOnly = true
    var macroblocks = 0

    /// Whether slices may come in any order (Baseline and Extended, ITU-T H.264, A.2.1).
    var arbitraryOrder: Bool { profile == 66 || profile == 88 }

    /// The set and its number; `nil` where it cannot be one.
    static func read(_ nal: CodedBytes) -> (id: Int, set: H264Sequence)? {
        var bits = CodedBits(nal, from: 1, escaped: true)
        var set = H264Sequence()
        set.profile = bits.bits(8)
        bits.skip(16)
        let id = bits.ue()
        if [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135].contains(set.profile) {
            set.chromaFormat = bits.ue()
            if set.chromaFormat == 3 { set.separatePlanes = bits.bit() }
            set.bitDepth = 8 + bits.ue()
            _ = bits.ue()
            bits.skip(1)
            if bits.bit() {
                for list in 0..<(set.chromaFormat == 3 ? 12 : 8) where bits.bit() {
                    skipScalingList(&bits, count: list < 6 ? 16 : 64)
                }
            }
        }
        set.frameNumberBits = 4 + bits.ue()
        set.orderType = bits.ue()
        if set.orderType == 0 {
            set.orderBits = 4 + bits.ue()
        } else if set.orderType == 1 {
            set.orderDeltaZero = bits.bit()
            _ = (bits.se(), bits.se())
            let cycle = bits.ue()
            guard cycle <= 255 else { return nil }
            for _ in 0..<cycle { _ = bits.se() }
        }
        _ = bits.ue()
        set.gapsAllowed = bits.bit()
        let (width, height) = (bits.ue() + 1, bits.ue() + 1)
        set.framesOnly = bits.bit()
        guard !bits.ended, id < 32, set.chromaFormat <= 3, set.bitDepth <= 14, set.frameNumberBits <= 16,
            set.orderType <= 2, set.orderBits <= 16, width <= 1 << 12, height <= 1 << 12
        else { return nil }
        set.macroblocks = width * height * (set.framesOnly ? 1 : 2)
        return (id, set)
    }

    private static func skipScalingList(_ bits: inout CodedBits, count: Int) {
        var (last, next) = (8, 8)
        for _ in 0..<count where !bits.ended {
            if next != 0 { next = (last + bits.se()) & 0xFF }
            if next != 0 { last = next }
        }
    }
}

/// The same of a picture parameter set (ITU-T H.264, 7.3.2.2).
struct H264PictureSet {
    var sequence = 0
    var arithmetic = false
    var bottomOrder = false
    var sliceGroups = 1
    var references = (first: 1, second: 1)
    var weighted = false
    var weightedBoth = 0
    var quantizer = 26
    var deblockingControl = false
    var redundant = false

    static func read(_ nal: CodedBytes) -> (id: Int, set: H264PictureSet)? {
        var bits = CodedBits(nal, from: 1, escaped: true)
        var set = H264PictureSet()
        let id = bits.ue()
        set.sequence = bits.ue()
        set.arithmetic = bits.bit()
        set.bottomOrder = bits.bit()
        set.sliceGroups = bits.ue() + 1
        // How groups of slices lie is long to read, and no encoder of today makes them.
        guard !bits.ended, id < 256, set.sequence < 32, set.sliceGroups <= 8 else { return nil }
        guard set.sliceGroups == 1 else { return (id, set) }
        set.references = (bits.ue() + 1, bits.ue() + 1)
        set.weighted = bits.bit()
        set.weightedBoth = bits.bits(2)
        set.quantizer = 26 + bits.se()
        _ = (bits.se(), bits.se())
        set.deblockingControl = bits.bit()
        bits.skip(1)
        set.redundant = bits.bit()
        guard !bits.ended, max(set.references.first, set.references.second) <= 32 else { return nil }
        return (id, set)
    }
}
