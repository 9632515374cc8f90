internal import CFFmpeg
public import ReelModel

extension Frame {
    /// A picture of a palette, with what is noted of another picture: its time, its colour profile.
    ///
    /// - Parameters:
    ///   - colors: at most 256, as alpha, red, green and blue from the highest byte down.
    ///   - index: the place of a pixel's colour, by row and column.
    public static func of(
        palette colors: [UInt32], like other: borrowing Frame, _ index: (Int, Int) -> UInt8
    ) throws(Failure) -> Frame {
        let frame = try Frame(video: other.size, pixelFormat: .pal8)
        guard av_frame_copy_props(frame.raw, other.raw) == 0, let palette = frame.raw.pointee.data.1,
            colors.count <= 256
        else {
            throw Failure.noMemory("a palette")
        }
        palette.withMemoryRebound(to: UInt32.self, capacity: 256) { table in
            for place in 0..<256 { table[place] = place < colors.count ? colors[place] : 0 }
        }
        try frame.withWritablePlane(0) { rows in
            for row in 0..<rows.count {
                let bytes = rows[row]
                for column in bytes.indices { bytes[column] = index(row, column) }
            }
        }
        return frame
    }
}
