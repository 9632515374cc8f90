/// A slice header of H.264 (ITU-T H.264, 7.3.3), read to its end and held against what its fields can be.
struct H264Slice {
    /// 0 P, 1 B, 2 I, 3 SP, 4 SI.
    var type = 0
    var firstMacroblock = 0
    var pictureSet = 0
    var pictureNumber = 0
    var isField = false
    /// Whether picture numbers begin anew after it (memory management control operation 5).
    var resets = false
    /// What is impossible in it.
    var wrong: String?

    var isIntra: Bool { type == 2 || type == 4 }

    /// - Parameter sets: gives a picture's parameter sets by number, `nil` where they have not come.
    /// - Returns: `nil` where parameter sets are missing.
    static func read(
        _ nal: CodedBytes, sets: (Int) -> (H264Sequence, H264PictureSet)?
    ) -> H264Slice? {
        let isIDR = nal[0] & 0x1F == 5
        let isReference = nal[0] & 0x60 != 0
        var bits = CodedBits(nal, from: 1, escaped: true)
        var slice = H264Slice()
        slice.firstMacroblock = bits.ue()
        let type = bits.ue()
        let picture = bits.ue()
        guard type <= 9 else { return slice.with("its slice is of type \(type), there are ten from 0 on") }
        slice.type = type % 5
        if isIDR, !slice.isIntra { return slice.with("it is a picture to begin with, and refers to others") }
        guard picture < 256, !bits.ended else { return slice.with("its slice header cannot be read") }
        slice.pictureSet = picture
        guard let (sequence, set) = sets(picture) else { return nil }
        guard slice.firstMacroblock < max(sequence.macroblocks, 1) else {
            return slice.with(
                "its slice begins with block \(slice.firstMacroblock), the picture has \(sequence.macroblocks)")
        }
        slice.readPicture(&bits, sequence, set, isIDR: isIDR)
        // Slice groups: their sets were not read to the end.
        guard slice.wrong == nil, set.sliceGroups == 1 else { return slice }
        slice.readReferences(&bits, sequence, set, isIDR: isIDR, isReference: isReference)
        guard slice.wrong == nil else { return slice }
        slice.readEnd(&bits, sequence, set)
        return slice
    }

    private func with(_ wrong: String) -> H264Slice {
        var copy = self
        copy.wrong = wrong
        return copy
    }

    private mutating func readPicture(
        _ bits: inout CodedBits, _ sequence: H264Sequence, _ set: H264PictureSet, isIDR: Bool
    ) {
        if sequence.separatePlanes, bits.bits(2) > 2 { wrong = "its slice is of a fourth colour plane" }
        pictureNumber = bits.bits(sequence.frameNumberBits)
        if isIDR, pictureNumber != 0 { wrong = "it is a picture to begin with, and its number is \(pictureNumber)" }
        if !sequence.framesOnly, bits.bit() {
            isField = true
            bits.skip(1)
        }
        if isIDR, bits.ue() > 65_535 { wrong = "its slice header cannot be read" }
        if sequence.orderType == 0 {
            bits.skip(sequence.orderBits)
            if set.bottomOrder, !isField { _ = bits.se() }
        } else if sequence.orderType == 1, !sequence.orderDeltaZero {
            _ = bits.se()
            if set.bottomOrder, !isField { _ = bits.se() }
        }
        if bits.ended { wrong = "its slice header cannot be read" }
    }

    private mutating func readReferences(
        _ bits: inout CodedBits, _ sequence: H264Sequence, _ set: H264PictureSet, isIDR: Bool, isReference: Bool
    ) {
        if set.redundant, bits.ue() > 127 { wrong = "its slice header cannot be read" }
        if type == 1 { bits.skip(1) }
        let lists = isIntra ? 0 : type == 1 ? 2 : 1
        var counts = (set.references.first, set.references.second)
        if lists > 0, bits.bit() {
            counts.0 = bits.ue() + 1
            if lists == 2 { counts.1 = bits.ue() + 1 }
        }
        let most = isField ? 32 : 16
        if lists > 0, counts.0 > most || (lists == 2 && counts.1 > most) {
            wrong = "it refers to more than \(most) pictures"
            return
        }
        for _ in 0..<lists where bits.bit() { readReordering(&bits) }
        if wrong == nil, (set.weighted && lists == 1) || (set.weightedBoth == 1 && lists == 2) {
            let colour = sequence.chromaFormat != 0 && !sequence.separatePlanes
            if bits.ue() > 7 || (colour && bits.ue() > 7) { wrong = "its weights cannot be" }
            readWeights(&bits, count: counts.0, colour: colour)
            if lists == 2 { readWeights(&bits, count: counts.1, colour: colour) }
        }
        if wrong == nil, isReference { readMarking(&bits, isIDR: isIDR) }
        if bits.ended { wrong = wrong ?? "its slice header cannot be read" }
    }

    /// 7.3.3.1.
    private mutating func readReordering(_ bits: inout CodedBits) {
        for _ in 0...66 {
            let operation = bits.ue()
            if operation == 3 { return }
            guard operation < 3, !bits.ended else { break }
            _ = bits.ue()
        }
        wrong = "its list of references has no end"
    }

    /// 7.3.3.2.
    private func readWeights(_ bits: inout CodedBits, count: Int, colour: Bool) {
        for _ in 0..<count where !bits.ended {
            if bits.bit() { _ = (bits.se(), bits.se()) }
            if colour, bits.bit() { _ = (bits.se(), bits.se(), bits.se(), bits.se()) }
        }
    }

    /// 7.3.3.3.
    private mutating func readMarking(_ bits: inout CodedBits, isIDR: Bool) {
        if isIDR {
            bits.skip(2)
            return
        }
        guard bits.bit() else { return }
        for _ in 0...66 {
            let operation = bits.ue()
            if operation == 0 { return }
            guard operation <= 6, !bits.ended else { break }
            if operation == 5 {
                resets = true
            } else {
                _ = bits.ue()
                if operation == 3 { _ = bits.ue() }
            }
        }
        wrong = "its marks of references have no end"
    }

    private mutating func readEnd(_ bits: inout CodedBits, _ sequence: H264Sequence, _ set: H264PictureSet) {
        if set.arithmetic, !isIntra, bits.ue() > 2 { wrong = "its slice header cannot be read" }
        let quantizer = set.quantizer + bits.se()
        if quantizer > 51 || quantizer < -6 * (sequence.bitDepth - 8) {
            wrong = "its quantizer is \(quantizer)"
        }
        if type >= 3 {
            if type == 3 { bits.skip(1) }
            _ = bits.se()
        }
        if set.deblockingControl {
            let control = bits.ue()
            if control > 2 { wrong = "its slice header cannot be read" }
            if control != 1, abs(bits.se()) > 6 || abs(bits.se()) > 6 { wrong = "its deblocking cannot be" }
        }
        if bits.ended { wrong = "its slice header cannot be read" }
        // 7.3.4: before arithmetic coding a slice is filled up to the byte with ones.
        if wrong == nil, set.arithmetic {
            let count = bits.bitsToByte
            if bits.bits(count) != (1 << count) - 1 { wrong = "its slice header cannot be read" }
        }
    }
}
