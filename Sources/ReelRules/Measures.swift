internal import ReelModel

/// A shape: displayed width over height.
struct Aspect {
    let size: Size

    init(_ size: Size) { self.size = size }

    var ratio: Double { size.height > 0 ? Double(size.width) / Double(size.height) : 0 }

    /// Limits are stated with four digits at most, so that a picture of exactly that shape must not fall outside by
    /// their rounding.
    private static let rounding = 0.00005

    func isBelow(_ limit: Double) -> Bool { ratio < limit - Self.rounding }
    func isAbove(_ limit: Double) -> Bool { ratio > limit + Self.rounding }
    /// Within what even sides and usual sizes come to: one pixel in a hundred.
    func isNear(_ wanted: Double) -> Bool { abs(ratio - wanted) <= wanted / 100 }

    var words: String { "\(size) (\(Self.words(ratio)))" }

    private static let usual: [(Double, String)] = [
        (9 / 16, "9:16"), (2 / 3, "2:3"), (0.8, "4:5"), (1, "1:1"), (1.5, "3:2"), (4 / 3, "4:3"), (3 / 4, "3:4"),
        (16 / 9, "16:9"), (1 / 3, "1:3"), (3, "3:1"), (1.91, "1.91:1"), (0.5, "1:2"), (2.4, "2.4:1"),
        (1 / 2.4, "1:2.4"), (0.1, "1:10"), (10, "10:1"), (0.01, "1:100"), (0.05, "1:20"), (20, "20:1"),
    ]

    static func words(_ ratio: Double) -> String {
        usual.first { abs($0.0 - ratio) <= rounding }?.1 ?? Figure.decimal(ratio, places: 3) + ":1"
    }
}

/// Frames a second, compared as the fraction that they are.
enum FrameRate {
    /// `60.02 (3001/50) frames a second`.
    static func words(_ rate: Rational) -> String {
        let figure = Figure.decimal(rate.doubleValue, places: 3)
        return figure + (rate.denominator == 1 ? "" : " (\(rate))") + " frames a second"
    }

    /// Whether a rate is that one, or its sister of television (1000/1001).
    static func isUsual(_ rate: Rational, as wanted: Double) -> Bool {
        abs(rate.doubleValue - wanted) < 0.001 || abs(rate.doubleValue - wanted * 1000 / 1001) < 0.001
    }
}

extension Rational {
    func isMore(than limit: Double) -> Bool { Double(numerator) > limit * Double(denominator) }
    func isLess(than limit: Double) -> Bool { Double(numerator) < limit * Double(denominator) }
}

/// Bits a second, for people.
enum BitRate {
    static func words(_ rate: Int64) -> String {
        rate >= 1_000_000
            ? Figure.decimal(Double(rate) / 1e6, places: 2) + " Mb/s"
            : Figure.decimal(Double(rate) / 1e3, places: 1) + " kb/s"
    }
}

/// How a pixel format samples colour.
enum Chroma {
    /// `4:2:0`, `4:2:2`, `4:4:4` … by FFmpeg's name of the format; `nil` where the name does not tell.
    static func sampling(of format: String) -> String? {
        for (part, name) in [
            ("420", "4:2:0"), ("422", "4:2:2"), ("444", "4:4:4"), ("440", "4:4:0"), ("411", "4:1:1"), ("410", "4:1:0"),
        ]
        where format.contains(part) {
            return name
        }
        for (start, name) in [
            ("nv12", "4:2:0"), ("nv21", "4:2:0"), ("p010", "4:2:0"), ("p016", "4:2:0"), ("gray", "4:0:0"),
            ("gbr", "4:4:4"), ("rgb", "4:4:4"), ("bgr", "4:4:4"),
        ]
        where format.hasPrefix(start) {
            return name
        }
        return nil
    }
}

extension Facts {
    /// Frames a second, from the header or else from the packets.
    func frameRate(of video: VideoFacts) -> Known<Rational> {
        guard video.frameRate.value == nil, let rates = packets(of: video.index)?.frameRates.value else {
            return video.frameRate
        }
        return Known(Rational(nearest: rates.average, upTo: 1_000_000), else: "its pictures have no times")
    }

    /// Whether frames last unequally long: by the tables of the header, or by the times of the packets, which may
    /// differ by the millisecond to which some containers round.
    func variableFrameRate(of video: VideoFacts) -> Known<Bool> {
        guard video.variableFrameRate.value == nil, let rates = packets(of: video.index)?.frameRates.value,
            rates.minimum > 0, rates.maximum > 0
        else { return video.variableFrameRate }
        return .known(1 / rates.minimum - 1 / rates.maximum > 0.0025)
    }

    /// Bits a second of a stream, from the header or else from its packets.
    func bitRate(of video: VideoFacts) -> Known<Int64> {
        guard video.bitRate.value == nil, let packets = packets(of: video.index),
            let length = packets.span?.duration, length > 0
        else { return video.bitRate }
        return .known(Int64(saturating: Double(packets.bytes) * 8 / length))
    }
}
