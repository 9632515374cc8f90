#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension EncodeLadder {
    /// What each picture took, told at one factor, and spread evenly over the pictures that are coded together.
    static func weights(_ coded: [Coded], count: Int, halving: Double) -> (weights: [Double], reference: Double) {
        let total = coded.reduce(0) { $0 + $1.bytes }
        let reference = coded.reduce(0) { $0 + $1.factor * $1.bytes } / max(total, 1)
        let mean = total / Double(max(coded.count, 1))
        let known = (coded.map(\.place).max() ?? -1) + 1
        var weights = [Double](repeating: mean, count: max(known, min(count, known)))
        for group in groups(coded) {
            let bytes = group.pictures.reduce(0) { $0 + $1.bytes * exp2(($1.factor - reference) / halving) }
            for place in group.places where weights.indices.contains(place) {
                weights[place] = bytes / Double(group.places.count)
            }
        }
        return (weights, reference)
    }

    /// Pictures that are shown later than all before them, each with those that are coded after it and shown before it.
    private static func groups(_ coded: [Coded]) -> [(places: ClosedRange<Int>, pictures: ArraySlice<Coded>)] {
        var found: [(places: ClosedRange<Int>, pictures: ArraySlice<Coded>)] = []
        var last = -1
        var start = coded.startIndex
        for (index, one) in coded.enumerated() where one.place > last {
            if !found.isEmpty { found[found.count - 1].pictures = coded[start..<index] }
            found.append((one.isKey ? one.place...one.place : last + 1...one.place, []))
            start = index
            last = one.place
        }
        if !found.isEmpty { found[found.count - 1].pictures = coded[start...] }
        return found
    }
}
