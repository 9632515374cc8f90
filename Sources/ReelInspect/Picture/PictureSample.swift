internal import CKernels

/// A sample of a plane, with the kernels for it.
protocol PictureSample: FixedWidthInteger & UnsignedInteger {
    typealias Row = UnsafePointer<Self>
    typealias Strip = (Row?, Int, Int, CUnsignedInt, UnsafeMutablePointer<UInt16>?) -> Void
    typealias Ranges = (Row?, Int, Int, UnsafeMutablePointer<UInt16>?) -> Void
    typealias Extremes = (Row?, Int, Int, UnsafeMutablePointer<Self>?) -> Void
    typealias Detail = (
        Row?, Int, CUnsignedInt, UInt32, UnsafeMutablePointer<UInt32>?, UnsafeMutablePointer<UInt32>?
    ) -> Void

    typealias Fields = (Row?, Int, Row?, Row?, Int, UnsafeMutablePointer<UInt32>?) -> Void

    typealias Sketch = (Row?, Int, Int, CUnsignedInt, UnsafeMutablePointer<UInt8>?) -> Void

    typealias Zigzags = (Row?, Int, Int, UInt32, UnsafeMutablePointer<UInt32>?) -> Void

    static var strip: Strip { get }
    static var ranges: Ranges { get }
    static var extremes: Extremes { get }
    static var detail: Detail { get }
    static func countAtMost(_ row: Row, _ count: Int, _ limit: Self) -> Int
    static func combed(_ above: Row, _ row: Row, _ below: Row, _ count: Int, _ limit: Int) -> Int
    static var fields: Fields { get }
    static var zigzags: Zigzags { get }
    static var sketch: Sketch { get }
    static func litParts(_ line: Row, _ stride: Int, _ count: Int, _ limit: Int) -> Int
}

extension UInt8: PictureSample {
    static var strip: Strip { reel_strip_u8 }
    static var ranges: Ranges { reel_ranges_u8 }
    static var extremes: Extremes { reel_extremes_u8 }
    static var detail: Detail { reel_detail_u8 }
    static var fields: Fields { reel_fields_u8 }
    static var zigzags: Zigzags { reel_zigzags_u8 }
    static var sketch: Sketch { reel_sketch_u8 }

    static func countAtMost(_ row: Row, _ count: Int, _ limit: UInt8) -> Int {
        Int(reel_count_at_most_u8(row, count, limit))
    }

    static func combed(_ above: Row, _ row: Row, _ below: Row, _ count: Int, _ limit: Int) -> Int {
        Int(reel_combed_u8(above, row, below, count, UInt32(limit)))
    }

    static func litParts(_ line: Row, _ stride: Int, _ count: Int, _ limit: Int) -> Int {
        reel_lit_parts_u8(line, stride, count, UInt32(limit))
    }
}

extension UInt16: PictureSample {
    static var strip: Strip { reel_strip_u16 }
    static var ranges: Ranges { reel_ranges_u16 }
    static var extremes: Extremes { reel_extremes_u16 }
    static var detail: Detail { reel_detail_u16 }
    static var fields: Fields { reel_fields_u16 }
    static var zigzags: Zigzags { reel_zigzags_u16 }
    static var sketch: Sketch { reel_sketch_u16 }

    static func countAtMost(_ row: Row, _ count: Int, _ limit: UInt16) -> Int {
        Int(reel_count_at_most_u16(row, count, limit))
    }

    static func combed(_ above: Row, _ row: Row, _ below: Row, _ count: Int, _ limit: Int) -> Int {
        Int(reel_combed_u16(above, row, below, count, UInt32(limit)))
    }

    static func litParts(_ line: Row, _ stride: Int, _ count: Int, _ limit: Int) -> Int {
        reel_lit_parts_u16(line, stride, count, UInt32(limit))
    }
}
