/// Numbers as people read them, the same in every locale.
public enum Figure {
    /// `231,400,000`.
    public static func grouped(_ number: Int64) -> String {
        let digits = String(number.magnitude)
        var text = number < 0 ? "-" : ""
        var left = digits.utf8.count
        for digit in digits {
            text.append(digit)
            left -= 1
            if left > 0, left % 3 == 0 { text.append(",") }
        }
        return text
    }

    /// With at most that many decimals (up to 6), none of them a closing zero: `61.2`, `10`.
    public static func decimal(_ number: Double, places: Int) -> String {
        let places = min(max(places, 0), 6)
        let factor: Double = (0..<places).reduce(1) { product, _ in product * 10 }
        let scaled = (number * factor).rounded()
        guard scaled.isFinite, abs(scaled) < 9e15 else { return "\(number)" }
        let whole = Int64(abs(scaled)), unit = Int64(factor)
        var text = String(whole / unit)
        var fraction = String(whole % unit)
        fraction = String(repeating: "0", count: places - min(places, fraction.count)) + fraction
        while fraction.last == "0" { fraction.removeLast() }
        if places > 0, !fraction.isEmpty { text += "." + fraction }
        return (scaled < 0 ? "-" : "") + text
    }

    /// `9.967 s`.
    public static func seconds(_ seconds: Double) -> String { decimal(seconds, places: 3) + " s" }

    /// A share of 1: `12.5 %`.
    public static func percent(_ share: Double) -> String { decimal(share * 100, places: 1) + " %" }

    /// In the decimal unit that suits: `231.4 MB`, `812 bytes`.
    public static func size(_ bytes: Int64) -> String {
        let units: [(Int64, String)] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB")]
        for (unit, name) in units where bytes >= unit {
            return decimal(Double(bytes) / Double(unit), places: 1) + " " + name
        }
        return "\(bytes) byte\(bytes == 1 ? "" : "s")"
    }
}
