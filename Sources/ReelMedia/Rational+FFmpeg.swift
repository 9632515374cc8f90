internal import CFFmpeg
public import ReelModel

extension Rational {
    /// `nil` where the library says that it does not know (0/1, 0/0).
    init?(_ ratio: AVRational) {
        guard ratio.num != 0, ratio.den != 0 else { return nil }
        self.init(Int64(ratio.num), Int64(ratio.den))
    }

    /// The nearest that the library's 32-bit terms can hold; exact for every rate and time base in use.
    var ffmpeg: AVRational {
        var ratio = AVRational()
        av_reduce(&ratio.num, &ratio.den, numerator, denominator, Int64(CInt.max))
        return ratio
    }

    /// One millionth of a second, the unit of the libraries' own times.
    public static let microsecond = microseconds(1)

    private static func microseconds(_ count: Int64) -> Rational { Rational(count, 1_000_000) ?? Rational(0) }

    /// A time stamp in this time base, in seconds.
    public func seconds(_ stamp: Int64) -> Double {
        Double(stamp) * Double(numerator) / Double(denominator)
    }

    /// A time stamp in this time base, told in another, rounded to the nearest.
    public func convert(_ stamp: Int64, to other: Rational) -> Int64 { av_rescale_q(stamp, ffmpeg, other.ffmpeg) }
}
