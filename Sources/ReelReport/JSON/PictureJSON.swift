internal import ReelModel

/// What the frames of the main picture stream showed, as JSON.
struct PictureJSON {
    /// Path and reason of each unknown, in the order of the fields.
    private(set) var unknown: [JSON.Member] = []

    mutating func json(_ picture: PictureMeasurements) -> JSON {
        [
            "stream": JSON(picture.stream), "frames": JSON(picture.frames),
            "still": .array(
                picture.still.map {
                    Self.spanning(
                        $0.span, ["movingBefore": JSON($0.movingBefore), "movingAfter": JSON($0.movingAfter)])
                }),
            "stillShare": JSON(picture.stillShare),
            "singleColor": .array(
                picture.singleColor.map {
                    Self.spanning(
                        $0.span, ["luma": JSON($0.luma), "blue": Self.number($0.blue), "red": Self.number($0.red)])
                }),
            "garbage": .array(
                picture.garbage.map {
                    Self.spanning($0.span, ["kind": .string($0.kind.rawValue), "share": JSON($0.share)])
                }),
            "flashes": told("flashes", picture.flashes) { .array($0.map(Self.flash)) },
            "bars": told("bars", picture.bars, Self.bars),
            "levels": picture.levels.map(Self.levels) ?? .null,
            "emptyStart": picture.emptyStart.map(Self.end) ?? .null,
            "emptyEnd": picture.emptyEnd.map(Self.end) ?? .null,
            "cuts": .array(picture.cuts.map { JSON($0) }), "cutCount": JSON(picture.cutCount),
            "strays": .array(picture.strays.map { JSON($0) }),
            "cadence": Self.cadence(picture.cadence), "combing": told("combing", picture.combing, Self.combing),
            "flicker": .array(
                picture.flicker.map {
                    Self.spanning($0.span, ["perSecond": JSON($0.perSecond), "amplitude": JSON($0.amplitude)])
                }),
            "blocks": told("blocks", picture.blocks) { .array($0.map(Self.strength)) },
            "bands": told("bands", picture.bands) { .array($0.map(Self.band)) },
            "blur": told("blur", picture.blur) { .array($0.map(Self.strength)) },
            "lettering": lettering(picture.lettering),
            "captions": told("captions", picture.captions) { .array($0.map(Self.caption)) },
            "tooSmall": [
                "bands": JSON(picture.tooSmall.bands), "blocks": JSON(picture.tooSmall.blocks),
                "blur": JSON(picture.tooSmall.blur),
                "combing": JSON(picture.tooSmall.combing),
            ],
        ]
    }

    private mutating func told<Value>(_ name: String, _ value: Known<Value>, _ write: (Value) -> JSON) -> JSON {
        switch value {
        case .known(let value): return write(value)
        case .unknown(let why):
            unknown.append(.init("measured.picture.\(name)", .string(why)))
            return .null
        }
    }

    private mutating func lettering(_ titles: [Lettering]) -> JSON {
        var entries: [JSON] = []
        for (place, title) in titles.enumerated() {
            let strokes = told("lettering[\(place)].strokes", title.strokes, Self.strokes)
            entries.append(Self.spanning(title.span, ["strokes": strokes]))
        }
        return .array(entries)
    }

    private static func strokes(_ strokes: StandingStrokes) -> JSON {
        [
            "frames": JSON(strokes.frames), "rows": JSON(strokes.rows), "oneSidedRows": JSON(strokes.oneSidedRows),
            "place": strokes.place.map(Self.area) ?? .null,
            "elsewhere": JSON(strokes.elsewhere), "goesOn": .bool(strokes.goesOn),
        ]
    }

    private static func caption(_ caption: Caption) -> JSON {
        spanning(caption.span, ["place": area(caption.place), "rows": JSON(caption.rows)])
    }

    private static func area(_ area: PictureArea) -> JSON {
        ["left": JSON(area.left), "top": JSON(area.top), "right": JSON(area.right), "bottom": JSON(area.bottom)]
    }

    private static func spanning(_ span: TimeRange, _ more: JSON) -> JSON {
        .object((JSON(span).members ?? []) + (more.members ?? []))
    }

    private static func number(_ value: Double?) -> JSON { value.map { JSON($0) } ?? .null }

    private static func flash(_ flash: FlashSpan) -> JSON {
        spanning(
            flash.span,
            ["kind": .string(flash.kind.rawValue), "perSecond": JSON(flash.perSecond), "area": JSON(flash.area)])
    }

    private static func bars(_ bars: PictureBars) -> JSON {
        ["top": JSON(bars.top), "bottom": JSON(bars.bottom), "left": JSON(bars.left), "right": JSON(bars.right)]
    }

    private static func levels(_ levels: LevelExcess) -> JSON {
        [
            "below": JSON(levels.below), "above": JSON(levels.above), "frames": JSON(levels.frames),
            "span": levels.span.map { JSON($0) } ?? .null,
        ]
    }

    private static func end(_ end: EmptyEnd) -> JSON { ["duration": JSON(end.duration), "step": JSON(end.step)] }

    private static func cadence(_ cadence: Cadence) -> JSON {
        [
            "moving": JSON(cadence.moving), "repeats": JSON(cadence.repeats),
            "period": cadence.period.map { JSON($0) } ?? .null, "irregular": JSON(cadence.irregular),
            "irregularTimes": .array(cadence.irregularTimes.map { JSON($0) }),
            "steady": .array(
                cadence.steady.map {
                    spanning(
                        $0.span,
                        ["pattern": .array($0.pattern.map { JSON($0) }), "pictureRate": JSON($0.pictureRate)])
                }),
            "steadyShare": cadence.steadyShare.map { JSON($0) } ?? .null,
        ]
    }

    private static func combing(_ combing: Combing) -> JSON {
        [
            "moving": JSON(combing.moving), "combed": JSON(combing.combed), "flagged": JSON(combing.flagged),
            "span": combing.span.map { JSON($0) } ?? .null,
        ]
    }

    private static func band(_ band: BandSpan) -> JSON {
        spanning(band.span, ["step": JSON(band.step), "share": JSON(band.share)])
    }

    private static func strength(_ span: StrengthSpan) -> JSON {
        spanning(span.span, ["strength": JSON(span.strength)])
    }
}
