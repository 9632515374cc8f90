internal import CFFmpeg

/// How a picture's samples lie in memory, by the library's names: `yuv420p`, `rgba` …
public struct PixelFormat: Sendable, Hashable {
    let raw: AVPixelFormat

    init?(_ raw: AVPixelFormat) {
        guard raw != AV_PIX_FMT_NONE, av_pix_fmt_desc_get(raw) != nil else { return nil }
        self.raw = raw
    }

    /// The format of that name.
    public init?(named name: String) { self.init(av_get_pix_fmt(name)) }

    private init(known raw: AVPixelFormat) { self.raw = raw }

    public static let yuv420p = PixelFormat(known: AV_PIX_FMT_YUV420P)
    /// 4:2:0 in full range, as JPEG has it.
    public static let yuvj420p = PixelFormat(known: AV_PIX_FMT_YUVJ420P)
    public static let yuvj444p = PixelFormat(known: AV_PIX_FMT_YUVJ444P)
    public static let rgb24 = PixelFormat(known: AV_PIX_FMT_RGB24)
    public static let bgra = PixelFormat(known: AV_PIX_FMT_BGRA)
    public static let rgba = PixelFormat(known: AV_PIX_FMT_RGBA)
    /// Of a palette of at most 256 colours.
    public static let pal8 = PixelFormat(known: AV_PIX_FMT_PAL8)
    public static let gray8 = PixelFormat(known: AV_PIX_FMT_GRAY8)

    public var name: String { av_get_pix_fmt_name(raw).map { String(cString: $0) } ?? "" }

    /// Bits of each sample of the first component.
    public var bitDepth: Int { descriptor.map { Int($0.comp.0.depth) } ?? 0 }
    public var components: Int { descriptor.map { Int($0.nb_components) } ?? 0 }
    public var planes: Int { max(Int(av_pix_fmt_count_planes(raw)), 0) }
    public var hasAlpha: Bool { has(AV_PIX_FMT_FLAG_ALPHA) }
    public var isRGB: Bool { has(AV_PIX_FMT_FLAG_RGB) }
    public var isPalette: Bool { has(AV_PIX_FMT_FLAG_PAL) }
    public var isBigEndian: Bool { has(AV_PIX_FMT_FLAG_BE) }
    public var isBitPacked: Bool { has(AV_PIX_FMT_FLAG_BITSTREAM) }
    /// Whether 4:2:0 and the like come in full range by name (`yuvj…`).
    public var isFullRangeByName: Bool { name.hasPrefix("yuvj") }
    /// By how many bits a chroma plane's width and height are shifted down.
    public var chromaShift: (horizontal: Int, vertical: Int) {
        descriptor.map { (Int($0.log2_chroma_w), Int($0.log2_chroma_h)) } ?? (0, 0)
    }

    /// Where the samples of the first component lie in plane 0: its first byte in a row, the bytes from one to the
    /// next, and by how many bits each is shifted up. `nil` where the first component is not in plane 0.
    public var firstComponent: (offset: Int, step: Int, shift: Int)? {
        guard let component = descriptor?.comp.0, component.plane == 0 else { return nil }
        return (Int(component.offset), Int(component.step), Int(component.shift))
    }

    private var descriptor: AVPixFmtDescriptor? { av_pix_fmt_desc_get(raw)?.pointee }
    private func has(_ flag: CInt) -> Bool { descriptor.map { $0.flags & UInt64(flag) != 0 } ?? false }

    public static func == (a: PixelFormat, b: PixelFormat) -> Bool { a.raw.rawValue == b.raw.rawValue }
    public func hash(into hasher: inout Hasher) { hasher.combine(raw.rawValue) }
}

extension PixelFormat: CustomStringConvertible {
    public var description: String { name }
}
