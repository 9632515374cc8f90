/// A day of the Gregorian calendar.
public struct CivilDay: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01.
    public var number: Int

    public init(number: Int) { self.number = number }

    /// Reads `2026-11-23`.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard text.utf8.count == 10, parts.count == 3, let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2]), (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        // The year begins in March here, so that the odd day comes last; an era is 400 years.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400, ofEra = shifted % 400
        let ofYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        number = era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }

    public static func < (a: CivilDay, b: CivilDay) -> Bool { a.number < b.number }
}

extension Profile {
    /// Days by which its limits are older than they should be; `nil` while they are fresh, or where it does not say.
    public func daysOverdue(on day: CivilDay) -> Int? {
        guard let gathered = self.asOf.flatMap({ CivilDay($0) }), let shelfLife = self.shelfLife,
            day.number - gathered.number > shelfLife
        else { return nil }
        return day.number - gathered.number - shelfLife
    }
}
