internal import ReelModel

/// The Colour element of a track (RFC 9559, 5.1.4.1.28.16) and what block additions say of Dolby Vision.
struct MatroskaColor {
    private var codes: (primaries: Int?, transfer: Int?, matrix: Int?, range: Int?)
    private var luminance: (minimum: Double?, maximum: Double?)
    private var light: (maximum: Int?, average: Int?)
    private(set) var bitDepth: Int?
    private var dolbyVision: DolbyVision?

    init() {}

    mutating func read(_ element: EBMLElement, _ pager: inout Pager) throws {
        var parts = EBMLWalk(inside: element)
        while let part = try parts.next(&pager) {
            switch part.id {
            case 0x55B1: codes.matrix = try part.unsigned(&pager)
            case 0x55B9: codes.range = try part.unsigned(&pager)
            case 0x55BA: codes.transfer = try part.unsigned(&pager)
            case 0x55BB: codes.primaries = try part.unsigned(&pager)
            case 0x55B2: bitDepth = try part.unsigned(&pager).flatMap { $0 > 0 ? $0 : nil }
            case 0x55BC: light.maximum = try part.unsigned(&pager)
            case 0x55BD: light.average = try part.unsigned(&pager)
            case 0x55D0:
                var values = EBMLWalk(inside: part)
                while let value = try values.next(&pager) {
                    if value.id == 0x55D9 { luminance.maximum = try value.float(&pager) }
                    if value.id == 0x55DA { luminance.minimum = try value.float(&pager) }
                }
            default: continue
            }
        }
    }

    /// A BlockAdditionMapping whose kind is the four characters of an ISO BMFF box, with that box's contents.
    mutating func readMapping(_ element: EBMLElement, _ pager: inout Pager) throws {
        var kind = 0
        var record: Bytes?
        var parts = EBMLWalk(inside: element)
        while let part = try parts.next(&pager) {
            if part.id == 0x41E7 { kind = try part.unsigned(&pager) ?? 0 }
            if part.id == 0x41ED { record = try part.contents(limit: 64, &pager) }
        }
        // `dvcC`, `dvvC`, `dvwC`
        if [0x6476_6343, 0x6476_7643, 0x6476_7743].contains(kind), let record {
            var color = ColorFacts()
            color.takeDolbyVision(record)
            dolbyVision = color.dolbyVision
        }
    }

    var facts: ColorFacts {
        var color = ColorFacts(
            primaries: codes.primaries, transfer: codes.transfer, matrix: codes.matrix,
            fullRange: codes.range == 1 ? false : codes.range == 2 ? true : nil)
        if let minimum = luminance.minimum, let maximum = luminance.maximum, minimum.isFinite, maximum.isFinite,
            minimum >= 0, maximum > minimum
        {
            color.masteringLuminance = .known(LuminanceRange(minimum: minimum, maximum: maximum))
        }
        if let maximum = light.maximum {
            color.contentLight = .known(ContentLight(maximum: maximum, maximumFrameAverage: light.average ?? 0))
        }
        color.dolbyVision = dolbyVision
        return color
    }
}
