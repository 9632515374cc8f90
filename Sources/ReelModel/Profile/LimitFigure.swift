/// A limit's value in the shape that its kind has.
public enum LimitFigure: Sendable, Hashable {
    case whole(Int64)
    case number(Double)
    case flag(Bool)
    case text(String)
    case texts([String])
    case numbers([Double])
    /// Values by name, in the order of the file: the bit rates for each size of picture.
    case table([Row])

    public struct Row: Sendable, Hashable {
        public var name: String
        public var values: [String]

        public init(_ name: String, _ values: [String]) {
            self.name = name
            self.values = values
        }
    }

    /// What a kind of limit holds.
    public enum Shape: String, Sendable, Hashable, CaseIterable {
        case whole, number, flag, text, texts, numbers, table
    }

    public var json: JSON {
        switch self {
        case .whole(let value): JSON(value)
        case .number(let value): JSON(value)
        case .flag(let value): .bool(value)
        case .text(let value): .string(value)
        case .texts(let values): .array(values.map(JSON.string))
        case .numbers(let values): .array(values.map { JSON($0) })
        case .table(let rows): .object(rows.map { .init($0.name, .array($0.values.map(JSON.string))) })
        }
    }

    /// For people, without the unit.
    public var words: String {
        switch self {
        case .whole(let value): Figure.grouped(value)
        case .number(let value): Figure.decimal(value, places: 4)
        case .flag(let value): value ? "yes" : "no"
        case .text(let value): value
        case .texts(let values): values.joined(separator: ", ")
        case .numbers(let values): values.map { Figure.decimal($0, places: 4) }.joined(separator: ", ")
        case .table(let rows): rows.map { "\($0.name) \($0.values.joined(separator: "–"))" }.joined(separator: ", ")
        }
    }
}

/// A type that limits can have as their value.
public protocol LimitValue: Sendable, Hashable {
    static var shape: LimitFigure.Shape { get }
    init?(_ figure: LimitFigure)
    var figure: LimitFigure { get }
}

extension Int64: LimitValue {
    public static var shape: LimitFigure.Shape { .whole }
    public init?(_ figure: LimitFigure) {
        guard case .whole(let value) = figure else { return nil }
        self = value
    }
    public var figure: LimitFigure { .whole(self) }
}

extension Int: LimitValue {
    public static var shape: LimitFigure.Shape { .whole }
    public init?(_ figure: LimitFigure) {
        guard case .whole(let value) = figure else { return nil }
        self.init(exactly: value)
    }
    public var figure: LimitFigure { .whole(Int64(self)) }
}

extension Double: LimitValue {
    public static var shape: LimitFigure.Shape { .number }
    public init?(_ figure: LimitFigure) {
        guard case .number(let value) = figure else { return nil }
        self = value
    }
    public var figure: LimitFigure { .number(self) }
}

extension Bool: LimitValue {
    public static var shape: LimitFigure.Shape { .flag }
    public init?(_ figure: LimitFigure) {
        guard case .flag(let value) = figure else { return nil }
        self = value
    }
    public var figure: LimitFigure { .flag(self) }
}

extension String: LimitValue {
    public static var shape: LimitFigure.Shape { .text }
    public init?(_ figure: LimitFigure) {
        guard case .text(let value) = figure else { return nil }
        self = value
    }
    public var figure: LimitFigure { .text(self) }
}

extension [String]: LimitValue {
    public static var shape: LimitFigure.Shape { .texts }
    public init?(_ figure: LimitFigure) {
        guard case .texts(let values) = figure else { return nil }
        self = values
    }
    public var figure: LimitFigure { .texts(self) }
}

/// Several numbers.
public struct LimitNumbers: LimitValue {
    public var values: [Double]

    public init(_ values: [Double]) { self.values = values }

    public static var shape: LimitFigure.Shape { .numbers }
    public init?(_ figure: LimitFigure) {
        guard case .numbers(let values) = figure else { return nil }
        self.values = values
    }
    public var figure: LimitFigure { .numbers(values) }
}

/// Values by name.
public struct LimitTable: LimitValue {
    public var rows: [LimitFigure.Row]

    public init(_ rows: [LimitFigure.Row]) { self.rows = rows }

    public static var shape: LimitFigure.Shape { .table }
    public init?(_ figure: LimitFigure) {
        guard case .table(let rows) = figure else { return nil }
        self.rows = rows
    }
    public var figure: LimitFigure { .table(rows) }

    public subscript(name: String) -> [String]? { rows.first { $0.name == name }?.values }
}
