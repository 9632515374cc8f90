#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
internal import ReelModel

/// A point in time as servers send it.
enum Moment {
    /// Seconds since 1970, of ISO 8601 with or without fractions of a second, or of epoch seconds or milliseconds.
    static func seconds(_ json: JSON) -> Double? {
        if let number = json.double, number > 0 {
            // Seconds of the year 5138 are milliseconds of 1973: nothing in this service is that old or that young.
            return number < 1e11 ? number : number / 1000
        }
        guard let text = json.text else { return nil }
        for style in [
            Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true),
        ] {
            if let date = try? style.parse(text) { return date.timeIntervalSince1970 }
        }
        return nil
    }

    static var now: Double { Date().timeIntervalSince1970 }
}
