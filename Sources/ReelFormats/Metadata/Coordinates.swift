/// A place on the earth, as files state it in several ways.
struct Coordinates: Equatable {
    /// Degrees, north positive.
    let latitude: Double
    /// Degrees, east positive.
    let longitude: Double

    /// `nil` where the numbers are none of a place on the earth.
    init?(latitude: Double, longitude: Double) {
        guard (-90...90).contains(latitude), (-180...180).contains(longitude) else { return nil }
        self.latitude = latitude
        self.longitude = longitude
    }

    /// ISO 6709 Annex H, as QuickTime's `©xyz` and Apple's `location.ISO6709` hold it: a sign and digits for each,
    /// degrees with minutes and seconds run on behind them (`+48.2082+016.3738/`, `+4812.5+01622.4/`).
    init?(iso6709 text: String) {
        var parts: [(sign: Double, digits: String)] = []
        scan: for letter in text.prefix(64) {
            switch letter {
            case "+", "-":
                guard parts.count < 2 else { break scan }  // height follows
                parts.append((letter == "-" ? -1 : 1, ""))
            case "0"..."9", ".":
                guard !parts.isEmpty else { return nil }
                parts[parts.count - 1].digits.append(letter)
            default: break scan
            }
        }
        guard parts.count == 2, let north = Coordinates.degrees(parts[0].digits, whole: 2),
            let east = Coordinates.degrees(parts[1].digits, whole: 3)
        else { return nil }
        self.init(latitude: parts[0].sign * north, longitude: parts[1].sign * east)
    }

    /// - Parameter whole: how many digits the degrees have; two more are minutes, two more are seconds.
    private static func degrees(_ digits: String, whole: Int) -> Double? {
        let before = digits.prefix { $0 != "." }.count
        // Some write degrees without their leading zeros, which leaves no room for minutes.
        guard before > whole else { return Double(digits) }
        guard let number = Double(digits) else { return nil }
        if before <= whole + 2 {
            let degrees = (number / 100).rounded(.down)
            return degrees + (number - degrees * 100) / 60
        }
        let degrees = (number / 10_000).rounded(.down)
        let minutes = ((number - degrees * 10_000) / 100).rounded(.down)
        return degrees + minutes / 60 + (number - degrees * 10_000 - minutes * 100) / 3600
    }

    /// Degrees as XMP writes them (Adobe XMP Specification Part 2, 1.2.7.4 GPSCoordinate): `48,12.5N` or `48,12,30N`;
    /// a plain signed number where a maker writes that instead.
    static func degrees(xmp text: String) -> Double? {
        let trimmed = text.filter { $0 != " " }
        guard let last = trimmed.last else { return nil }
        guard "NSEWnsew".contains(last) else { return Double(trimmed) }
        let parts = trimmed.dropLast().split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        guard (1...3).contains(parts.count) else { return nil }
        var value = 0.0
        for part in parts.reversed() {
            guard let part, part >= 0 else { return nil }
            value = value / 60 + part
        }
        return "SWsw".contains(last) ? -value : value
    }

    /// Decimal degrees: "48.2082, 16.3738". Six digits are 11 cm.
    var text: String { "\(Coordinates.text(latitude)), \(Coordinates.text(longitude))" }

    private static func text(_ degrees: Double) -> String {
        let millionths = Int((abs(degrees) * 1_000_000).rounded())
        var fraction = String(millionths % 1_000_000)
        fraction = String(repeating: "0", count: 6 - fraction.count) + fraction
        while fraction.count > 1, fraction.last == "0" { fraction.removeLast() }
        let sign = degrees < 0 && millionths > 0 ? "-" : ""
        return "\(sign)\(millionths / 1_000_000).\(fraction)"
    }
}
