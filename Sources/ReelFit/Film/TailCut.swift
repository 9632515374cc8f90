internal import ReelModel

/// Makes the last coding of a film safe, whatever it came to: pictures that are decoded last are left out, as many as it
/// is over by. Nothing that stays refers to them, and the picture before them is shown until the end.
enum TailCut {
    /// More than that is no film that fits, but another one.
    private static let mostSeconds = 0.5
    private static let mostShare = 8

    /// How many of so many pictures may be left out.
    /// - Parameter pace: seconds from one to the next.
    static func most(of pictures: Int, pace: Double) -> Int {
        let moment = (mostSeconds / max(pace, 1e-6)).rounded(.down)
        return max(min(pictures / mostShare, Int(Int64(saturating: moment))), min(pictures - 1, 1))
    }

    /// The least that have to be left out.
    /// - Parameters:
    ///   - bytes: of every picture, in the order of decoding.
    ///   - excess: bytes that there are too many.
    /// - Returns: `nil` where more than `most` would have to be.
    static func count(_ bytes: [Int], excess: Int64, most: Int) -> Int? {
        var saved: Int64 = 0
        for (count, one) in bytes.reversed().prefix(most).enumerated() {
            saved += Int64(one)
            if saved >= excess { return count + 1 }
        }
        return nil
    }
}
